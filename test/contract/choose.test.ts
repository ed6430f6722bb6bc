import { expect, it } from "vitest";
import { caseFilter } from "../../src/contract/choose.ts";
import { KitError } from "../../src/core/errors.ts";

const of = (name: string, ...ids: readonly string[]) =>
  ({ name, contract: { cases: ids.map((id) => ({ id })) } }) as never;

const ACME = of("acme", "acme.errors.html", "acme.errors.empty", "acme.targets.two");
const OTHER = of("other", "other.errors.html");

it.each([
  [undefined, ["acme.errors.html", "acme.targets.two", "other.errors.html"]],
  [["acme.errors"], ["acme.errors.html"]],
  [
    ["acme.targets", "other."],
    ["acme.targets.two", "other.errors.html"],
  ],
  [[], []],
])("chooses by %j", (prefixes, chosen) => {
  const isChosen = caseFilter([ACME, OTHER], prefixes);
  const ids = ["acme.errors.html", "acme.targets.two", "other.errors.html"];
  expect(ids.filter(isChosen)).toEqual(chosen);
});

it.each([
  [["acme.erorrs"], 'No case id starts with "acme.erorrs": did you mean "acme.errors"?'],
  [
    ["acme", "acme.errors.htm1"],
    'No case id starts with "acme.errors.htm1": did you mean "acme.errors.html"?',
  ],
  [["acm.targets"], 'No case id starts with "acm.targets": did you mean "acme.targets"?'],
  [["nothing-alike"], 'No case id starts with "nothing-alike": run fauxdr cases to list them.'],
])("refuses %j, which would choose nothing", (prefixes, message) => {
  expect(() => caseFilter([ACME, OTHER], prefixes)).toThrow(new KitError(message));
});

it("refuses the prefix of a vendor that was not chosen", () => {
  expect(() => caseFilter([ACME], ["other."])).toThrow('No case id starts with "other."');
});
