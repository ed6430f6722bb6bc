import { certificates } from "../../../../src/vendors/qualys/cases/certificates.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(certificates);
