import { errorCases } from "../../../../src/vendors/cortex/cases/errors.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(errorCases);
