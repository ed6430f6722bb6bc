import { refusals } from "../../../../src/vendors/qualys/cases/refusals.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(refusals);
