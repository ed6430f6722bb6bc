import { quarantineCases } from "../../../../src/vendors/cortex/cases/quarantine.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(quarantineCases);
