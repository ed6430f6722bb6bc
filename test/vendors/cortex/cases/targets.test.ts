import { targetCases } from "../../../../src/vendors/cortex/cases/targets.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(targetCases);
