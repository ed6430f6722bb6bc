import { expect, it } from "vitest";
import { certificates } from "../../../../src/vendors/qualys/cases/certificates.ts";
import { describeQualysCases } from "../../../support/broken-qualys/describe.ts";

describeQualysCases(certificates);

it("a certificate that turns wrong after the first reply needs a task of more than one call", () => {
  const later = certificates.filter(({ impostor }) => impostor === "unknown-ca-later");
  expect(later.map(({ input }) => input["wait"])).toEqual([true]);
});
