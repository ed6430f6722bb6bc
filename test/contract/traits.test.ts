import { describe, expect, it } from "vitest";
import { fitCase, isWorthALook, profileOf, readProfile } from "../../src/contract/traits.ts";
import type { ContractCase, Trait } from "../../src/core/contract.ts";
import { journal } from "../support/journals.ts";

const TRAITS: readonly Trait[] = [
  {
    id: "signs",
    title: "signs its calls",
    usual: false,
    seenIn: (exchanges) => (exchanges.length > 0 ? true : undefined),
    as: "signing key",
  },
  { id: "waits", title: "waits for the end", usual: true },
];
const ACME = { name: "acme", contract: { traits: TRAITS } } as never;
const CASE = { id: "acme.one", outcomes: ["failed"] } as unknown as ContractCase;

describe("a client's traits", () => {
  it.each<[string, Record<string, boolean>, number, Record<string, boolean>]>([
    ["are the usual ones where nothing is known", {}, 0, { signs: false, waits: true, tls: false }],
    ["are those that its calls show", {}, 1, { signs: true, waits: true, tls: false }],
    [
      "are what its author says, whatever its calls show",
      { signs: false, waits: false },
      1,
      { signs: false, waits: false, tls: false },
    ],
  ])("%s", (_, declared, calls, profile) => {
    expect(profileOf(ACME, declared, journal(...Array(calls).fill({})))).toEqual(profile);
  });

  it("are observed if the author has not declared all", () => {
    expect([isWorthALook(ACME, {}), isWorthALook(ACME, { signs: true })]).toEqual([true, false]);
  });

  it("are read as the author says them", () => {
    expect(readProfile([ACME], ["signs"], ["waits"])).toEqual({ signs: true, waits: false });
  });

  it("are none of a vendor that has none", () => {
    const plain = { name: "plain", contract: {} } as never;
    expect(() => readProfile([plain], ["flies"], [])).toThrow("there are none");
    expect(readProfile([plain], [], [])).toEqual({});
    expect(profileOf(plain, {}, [])).toEqual({ tls: false });
  });

  it.each<[string, readonly string[], readonly string[], string]>([
    ["one that there is not", ["flies"], [], 'There is no trait "flies": signs, waits.'],
    [
      "one both ways",
      ["signs"],
      ["signs"],
      'A client cannot both have and lack the trait "signs".',
    ],
    ["the one that the URL tells", ["tls"], [], 'There is no trait "tls"'],
  ])("are not read: %s", (_, has, lacks, sentence) => {
    expect(() => readProfile([ACME], has, lacks)).toThrow(sentence);
  });
});

describe("a case", () => {
  it.each<[string, readonly string[], Record<string, boolean>, string | undefined]>([
    ["is for a client that has the trait", ["waits"], { waits: true }, undefined],
    [
      "is not for one that lacks it",
      ["waits"],
      { waits: false },
      "only for a client that waits for the end",
    ],
    ["is for a client without the trait", ["!signs"], {}, undefined],
    [
      "is not for one that has it",
      ["!signs"],
      { signs: true },
      "only for a client that does not have this: it signs its calls",
    ],
  ])("%s", (_, needs, profile, skipped) => {
    const fitted = fitCase({ ...CASE, needs }, ACME, profile);
    expect("skipped" in fitted ? fitted.skipped : undefined).toBe(skipped);
  });

  it("is what its variant makes of it for a client with the trait, and for no other", () => {
    const one = { ...CASE, variants: { signs: { outcomes: ["refused" as const] } } };
    expect(fitCase(one, ACME, { signs: true })).toMatchObject({ one: { outcomes: ["refused"] } });
    expect(fitCase(one, ACME, {})).toMatchObject({ one: { outcomes: ["failed"] } });
  });

  it("gives the credentials of the trait where it names none", () => {
    expect(fitCase(CASE, ACME, { signs: true })).toMatchObject({ one: { as: "signing key" } });
    expect(fitCase({ ...CASE, as: "revoked" }, ACME, { signs: true })).toMatchObject({
      one: { as: "revoked" },
    });
  });

  it("is for a client with an https URL where it asks for that", () => {
    expect(fitCase({ ...CASE, needs: ["tls"] }, ACME, { tls: true })).toHaveProperty("one");
    expect(fitCase({ ...CASE, needs: ["tls"] }, ACME, {})).toEqual({
      skipped: "only for a client that is given an https URL",
    });
  });

  it("has no credentials of its own where neither it nor a trait names some", () => {
    const fitted = fitCase(CASE, ACME, { waits: true });
    expect(fitted).toEqual({ one: CASE });
  });

  it("may name no trait that there is not", () => {
    expect(() => fitCase({ ...CASE, needs: ["!flies"] }, ACME, {})).toThrow(
      "names the trait flies",
    );
  });
});
