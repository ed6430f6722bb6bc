import { expect, it } from "vitest";
import { certificateCases } from "../../../../src/vendors/cortex/cases/certificates.ts";
import { describeCortexCases } from "../../../support/broken-cortex/describe.ts";

describeCortexCases(certificateCases);

it("a certificate that turns wrong after the first reply needs a task of more than one call", () => {
  const later = certificateCases.filter(({ impostor }) => impostor === "unknown-ca-later");
  expect(later.map(({ input }) => input["wait"])).toEqual([true]);
});
