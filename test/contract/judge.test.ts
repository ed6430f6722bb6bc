import { describe, expect, it } from "vitest";
import { judge, judging, ownFaultIn, rulesFor } from "../../src/contract/judge.ts";
import type { Rule } from "../../src/core/contract.ts";
import { KitError } from "../../src/core/errors.ts";
import { startMock } from "../../src/mock.ts";
import { acmeContract, journal } from "../support/journals.ts";

const acme = { name: "acme", contract: acmeContract };
const ids = (findings: ReturnType<typeof judge>) =>
  findings.map(({ vendor, rule, severity }) => [vendor, rule, severity]);

it("names the most severe findings first, with the vendor and how to fix them", () => {
  const exchanges = journal(
    { url: "/acme/strike/" },
    { url: "/acme/strike/" },
    { status: 400, refusal: { kind: "malformed", reason: "no JSON" } },
  );
  const findings = judge(exchanges, [acme]);
  expect(ids(findings)).toEqual([
    ["acme", "request.off-spec", "must"],
    ["acme", "destructive.twice", "should"],
    ["acme", "path.slash-drift", "info"],
  ]);
  expect(findings[0]).toMatchObject({
    exchanges: [3],
    fix: expect.stringMatching(/^Write the body/),
  });
});

it("judges a vendor by that vendor's exchanges alone", () => {
  const exchanges = journal({}, {}).map((exchange) => ({ ...exchange, vendor: "other" }));
  expect(judge(exchanges, [acme])).toEqual([]);
});

it("finds the same in pieces: one for each exchange that is read, and for each rule", () => {
  const exchanges = journal({ url: "/acme/strike/" }, { url: "/acme/strike/" });
  const work = judging(exchanges, [acme])[Symbol.iterator]();
  let pieces = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) pieces++;
  expect(step.value).toEqual(judge(exchanges, [acme]));
  expect(pieces).toBe(exchanges.length + rulesFor(acme).length);
});

it("reports a rule that throws, because the client was not judged", () => {
  const broken: Rule = {
    id: "acme.broken",
    title: "A rule",
    severity: "info",
    basis: "documented",
    source: "A document",
    fix: "Fix it.",
    judge: () => {
      throw new TypeError("boom");
    },
  };
  const vendor = { name: "acme", contract: { ...acmeContract, rules: [broken] } };
  expect(() => judge(journal({}), [acme, vendor])).toThrow(
    new KitError("fauxdr itself failed: its rule acme.broken (acme) threw: TypeError: boom"),
  );
});

describe("against a real mock", () => {
  it("a path of no vendor is the client's flaw and not fauxdr's fault", async () => {
    await using mock = await startMock();
    await fetch(`${mock.url}/api/v2/nothing`);
    const exchanges = mock.journal.entries();
    expect(ids(judge(exchanges, [acme]))).toEqual([["none", "request.unknown-path", "should"]]);
    expect(ownFaultIn(exchanges)).toBeUndefined();
  });

  it("a call of the control API is no flaw", async () => {
    await using mock = await startMock();
    await fetch(`${mock.url}/__admin/health`);
    expect(judge(mock.journal.entries(), [acme])).toEqual([]);
  });
});

it("a flaw's own basis, source and fix replace those of its rule, and set how severe it is", () => {
  const rule: Rule = {
    id: "acme.own",
    title: "A rule",
    severity: "must",
    basis: "documented",
    source: "A document",
    fix: "Fix it.",
    judge: () => [
      { exchanges: [1], what: "usual" },
      { exchanges: [1], what: "guessed", basis: "assumed", source: "A guess", fix: "Look." },
    ],
  };
  const vendor = { name: "acme", contract: { ...acmeContract, rules: [rule] } };
  expect(judge(journal({}), [vendor]).filter(({ rule: id }) => id === "acme.own")).toMatchObject([
    { what: "usual", severity: "must", basis: "documented", source: "A document", fix: "Fix it." },
    { what: "guessed", severity: "info", basis: "assumed", source: "A guess", fix: "Look." },
  ]);
});

it("an error of a call to no vendor is not fauxdr's own, unless it could not be recorded", () => {
  const [{ vendor: _, ...foreign }] = journal({}) as [ReturnType<typeof journal>[0]];
  expect(ownFaultIn([{ ...foreign, error: "it broke" }])).toBeUndefined();
  expect(ownFaultIn([{ ...foreign, error: "it broke", unrecorded: true }])).toBe("it broke");
  expect(ownFaultIn(journal({}))).toBeUndefined();
});

it("keeps what a rule threw as the cause", () => {
  const thrown = new TypeError("boom");
  const throws = () => {
    throw thrown;
  };
  const [first] = rulesFor(acme);
  const rules = [{ ...(first as Rule), id: "acme.broken", judge: throws }];
  const vendor = { name: "acme", contract: { ...acmeContract, rules } };
  expect(() => judge(journal({}), [vendor])).toThrow(expect.objectContaining({ cause: thrown }));
});

it("an error of fauxdr itself is reported, with its text", () => {
  const [exchange] = journal({});
  expect(ownFaultIn([{ ...exchange, error: "it broke" } as never])).toBe("it broke");
});
