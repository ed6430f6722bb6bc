import { expect, it } from "vitest";
import { noneChosen } from "../../src/cli/none-chosen.ts";
import type { ContractCase, Probe } from "../../src/core/contract.ts";
import type { Vendor } from "../../src/core/vendor.ts";

const vendor = (title: string, ids: readonly string[] = []): Vendor => {
  const own = ids.map((id) => ({ id }));
  const contract = { cases: own as ContractCase[], probes: own as Probe[] };
  return { title, contract } as unknown as Vendor;
};
const [TINY, FULL] = [vendor("Tiny"), vendor("Full", ["full.a", "full.b"])];

it.each<[string, Parameters<typeof noneChosen>, string]>([
  [
    "a vendor that has no probes",
    ["probe", [TINY], undefined],
    "There are no probes for Tiny: choose another vendor with --vendor.",
  ],
  [
    "vendors that have no cases, whatever the prefix",
    ["case", [TINY, vendor("Wee")], ["full"]],
    "There are no cases for Tiny and Wee: choose another vendor with --vendor.",
  ],
  [
    "a prefix that no case id has",
    ["case", [TINY, FULL], ["nope"]],
    'No case id starts with "nope": run fauxdr cases to list them.',
  ],
  [
    "prefixes that no probe id has",
    ["probe", [FULL], ["nope", "b"]],
    'No probe id starts with "nope" or "b": run fauxdr cases --probes to list them.',
  ],
  [
    "probes that all need something",
    ["probe", [FULL], ["nope", "full"]],
    "No chosen probe could run: the lines above say what each one needs.",
  ],
])("says what to do about %s", (_, given, sentence) => {
  expect(noneChosen(...given).message).toBe(sentence);
});
