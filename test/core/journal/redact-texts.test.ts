import { expect, it } from "vitest";
import { REDACTED, redactor } from "../../../src/core/journal/redact.ts";
import { redactTexts } from "../../../src/core/journal/redact-texts.ts";

const KEY = "fauxdr-standard-key";

it("a value of JSON stays JSON: credentials are taken out of its texts, one by one", () => {
  const value = { why: `${KEY} is no key`, count: 3, list: [`a "${KEY}"`, null] };
  expect(redactTexts(value, redactor([KEY]))).toEqual({
    why: `${REDACTED} is no key`,
    count: 3,
    list: [`a "${REDACTED}"`, null],
  });
});
