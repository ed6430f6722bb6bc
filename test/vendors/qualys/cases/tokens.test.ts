import { tokens } from "../../../../src/vendors/qualys/cases/tokens.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(tokens);
