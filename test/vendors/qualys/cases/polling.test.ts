import { polling } from "../../../../src/vendors/qualys/cases/polling.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(polling);
