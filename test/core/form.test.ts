import { expect, it } from "vitest";
import { MOST_FIELDS, readForm, readFormObject } from "../../src/core/form.ts";

const form = (fields: number): string => Array(fields).fill("a=1").join("&");

it("a form is read up to its last lawful field", () => {
  expect(readForm(form(MOST_FIELDS))?.getAll("a")).toHaveLength(MOST_FIELDS);
  expect(readFormObject("a=1&b=%20+&a=2")).toEqual({ a: "2", b: "  " });
  expect(readFormObject("")).toEqual({});
});

it.each([form(MOST_FIELDS + 1), "&".repeat(MOST_FIELDS), "&".repeat(1_000_000)])(
  "a form with more fields is not read",
  (text) => {
    expect([readForm(text), readFormObject(text)]).toEqual([undefined, undefined]);
  },
);
