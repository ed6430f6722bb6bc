import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { rulesFor } from "../../../src/contract/judge.ts";
import { BASES, SEVERITIES } from "../../../src/core/basis.ts";
import type { Rule } from "../../../src/core/contract.ts";
import { vendors } from "../../../src/vendors/index.ts";
import { files } from "../../support/repository.ts";

describe.each(vendors)("the rules for $name", (vendor) => {
  const rules = rulesFor(vendor);

  it("say what to do in one sentence, and where it is written", () => {
    for (const { id, title, fix, source } of rules) {
      expect([id, title.length > 10, /\S\.$/.test(fix), source.length > 10]).toEqual([
        id,
        true,
        true,
        true,
      ]);
    }
  });

  it("have ids of two words, each once for a severity", () => {
    const names = rules.map(({ id, severity }) => `${id} ${severity}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { id } of rules) expect(id).toMatch(/^[a-z]+(\.[a-z0-9-]+)+$/);
  });

  it("have a severity and a basis", () => {
    const bases: readonly string[] = ["yours", ...BASES];
    const isOdd = ({ severity, basis }: Rule) =>
      !(SEVERITIES.includes(severity) && bases.includes(basis));
    expect(rules.filter(isOdd)).toEqual([]);
  });

  it("are all that the vendor's folder has", async () => {
    for (const file of files(`src/vendors/${vendor.name}/rules`)) {
      const name = basename(file, ".ts");
      const module = await import(`../../../src/vendors/${vendor.name}/rules/${name}.ts`);
      const made = Object.values(module).flat() as Rule[];
      const own = made.filter((one) => typeof one.judge === "function");
      expect(rules, file).toEqual(expect.arrayContaining(own));
    }
  });

  it("find nothing in an empty journal", () => {
    expect(rules.flatMap((rule) => rule.judge([]))).toEqual([]);
  });

  it("ask for a fresh login only where there is a login", () => {
    expect(rules.some(({ id }) => id === "login.after-401")).toBe(
      vendor.contract.logins.length > 0,
    );
  });
});
