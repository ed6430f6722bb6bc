import { signingCases } from "../../../../src/vendors/cortex/cases/signing.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";
import { SIGNING_EXAMPLE } from "../../../support/signing.ts";

describeCortexCases(signingCases, { program: SIGNING_EXAMPLE, profile: { signs: true } });
