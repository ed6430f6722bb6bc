import { certificateCases } from "../../../../src/vendors/cortex/cases/certificates.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(certificateCases);
