import { refusalCases } from "../../../../src/vendors/cortex/cases/refusals.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(refusalCases);
