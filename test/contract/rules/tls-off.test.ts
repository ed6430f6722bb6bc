import { expect, it } from "vitest";
import { tlsOff } from "../../../src/contract/rules/tls-off.ts";
import { flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (...schemes: NonNullable<Step["scheme"]>[]) =>
  flawsOf([tlsOff], "tls.off", journal(...schemes.map((scheme) => ({ scheme }))));

it("names the calls over http if others used https, in one finding", () => {
  expect(found("https", "http", "https", "http")).toEqual([["must", 2, 4]]);
});

it("says which call was the first of them", () => {
  const steps = [
    { scheme: "https" },
    { scheme: "http", op: "status" },
    { scheme: "http" },
  ] as const;
  expect(tlsOff.judge(journal(...steps))).toMatchObject([
    { what: "status was sent over http, while other calls were sent over https" },
  ]);
});

it.each<NonNullable<Step["scheme"]>[][]>([[["https", "https"]], [["http", "http"]]])(
  "has nothing against %j: a mock may serve one of them alone",
  (schemes) => {
    expect(found(...schemes)).toEqual([]);
  },
);
