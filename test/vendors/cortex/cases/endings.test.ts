import { endingCases } from "../../../../src/vendors/cortex/cases/endings.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(endingCases);
