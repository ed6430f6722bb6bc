import { expect, it } from "vitest";
import { slashDrift } from "../../../src/contract/rules/slash-drift.ts";
import { flawsOf, journal } from "../../support/journals.ts";

const found = (...urls: string[]) =>
  flawsOf([slashDrift], "path.slash-drift", journal(...urls.map((url) => ({ url }))));

it("names every call of an operation that ends in a slash, in one finding", () => {
  expect(found("/acme/strike/", "/acme/strike", "/acme/strike/?x=1")).toEqual([["info", 1, 3]]);
});

it("says which call it is", () => {
  expect(slashDrift.judge(journal({ url: "/acme/strike/" }))).toMatchObject([
    { what: "strike is called with a slash at the end of its path" },
  ]);
});

it.each(["/acme/strike", "/acme/strike?path=/", "/acme/strike?a=/b/", "/"])(
  "has nothing against %s",
  (url) => {
    expect(found(url)).toEqual([]);
  },
);
