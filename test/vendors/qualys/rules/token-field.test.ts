import { expect, it } from "vitest";
import { tokenField } from "../../../../src/vendors/qualys/rules/token-field.ts";
import { journalOf } from "../../../support/broken-qualys/journal.ts";

const login = (body: string, operation = "login"): ReturnType<typeof journalOf> =>
  journalOf({ operation, body, status: 201 });

it.each([
  ["username=jd&password=[redacted]&token=[redacted]"],
  ["token=true&username=jd&password=[redacted]&permissions=true"],
  ["username=jd&password=[redacted]&token=True"],
])("accepts a form with a field token: %s", (form) => {
  expect(tokenField.judge(login(form))).toEqual([]);
});

it("accepts a login without a form", () => {
  expect(tokenField.judge(login("", "loginOidc"))).toEqual([]);
});

it.each([
  ["username=jd&password=[redacted]"],
  ["username=jd&password=[redacted]&permissions=true"],
  ["username=jd&password=token"],
])("finds a form without it: %s", (form) => {
  expect(tokenField.judge(login(form))).toEqual([
    { exchanges: [1], what: "the form has no field token" },
  ]);
});
