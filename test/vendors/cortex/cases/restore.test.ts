import { restoreCases } from "../../../../src/vendors/cortex/cases/restore.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";
import { RESTORING } from "../../../support/correct-clients.ts";

describeCortexCases(restoreCases, {
  program: RESTORING.program,
  profile: { signs: false, restores: true },
});
