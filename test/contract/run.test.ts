import { describe, expect, it } from "vitest";
import { createReport } from "../../src/contract/report/report.ts";
import { generalRules } from "../../src/contract/rules/general.ts";
import { judgeRun, type RunSeen } from "../../src/contract/run.ts";
import { createWorlds } from "../../src/contract/worlds.ts";
import { KitError } from "../../src/core/errors.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { acmeContract, journal } from "../support/journals.ts";
import { TERMS } from "../support/results.ts";

const ended = (exitCode: number | undefined, rest = {}): RunSeen["ended"] => ({
  exitCode,
  timedOut: false,
  stdout: "",
  stderr: "",
  ...rest,
});

function judged(exchanges: readonly Exchange[], rest: Partial<RunSeen> = {}, most = 100) {
  const worlds = createWorlds(most);
  for (const exchange of exchanges) worlds.add(exchange);
  return judgeRun({
    command: ["npm", "test"],
    ended: ended(0),
    durationMs: 5,
    stallMs: 0,
    worlds,
    vendors: [
      { name: "acme", contract: acmeContract },
      { name: "other", contract: acmeContract },
    ],
    wire: "document",
    failOn: "must" as const,
    ...rest,
  });
}

const bad = (results: ReturnType<typeof judged>) =>
  results.filter(({ outcome }) => outcome !== "pass").map(({ id, outcome }) => [id, outcome]);

const garbage = (reason: string): Exchange[] =>
  journal({ status: 0, refusal: { kind: "malformed", reason } }).map((exchange) => ({
    ...exchange,
    request: { ...exchange.request, method: "" },
  }));

it("has a result for the command and for each rule of the vendors that were called, each once", () => {
  const results = judged(journal({}));
  expect(bad(results)).toEqual([]);
  const names = results.map(({ id, vendor }) => `${vendor} ${id}`);
  expect(names).toEqual(expect.arrayContaining(["none run.command", "acme retry.hopeless"]));
  expect(new Set(names).size).toBe(names.length);
  expect(names.some((name) => name.startsWith("other"))).toBe(false);
});

describe("the command", () => {
  it.each<[string, RunSeen["ended"], RegExp]>([
    ["with another exit code than 0", ended(3), /^npm test ended with exit code 3$/],
    ["that a signal ended", ended(undefined), /a signal ended it$/],
    ["that took too long", ended(undefined, { timedOut: true }), /time limit$/],
  ])("%s has failed", (_, end, what) => {
    const [command] = judged(journal({}), { ended: end });
    expect(command).toMatchObject({ id: "run.command", outcome: "fail" });
    expect(command?.findings[0]?.what).toMatch(what);
  });

  const late = ended(undefined, { timedOut: true });

  it("that took too long while fauxdr stood still is inconclusive, and what it sent is judged", () => {
    const calls = journal({ status: 400 }, { status: 400 });
    const results = judged(calls, { ended: late, stallMs: 3000 });
    expect(bad(results)).toEqual([
      ["run.command", "inconclusive"],
      ["retry.hopeless", "fail"],
    ]);
    expect(results[0]).toMatchObject({
      findings: [],
      reason: expect.stringMatching(/time limit, but fauxdr stood still for 3\.0 s/),
    });
  });

  it("that took too long has failed if fauxdr only paused", () => {
    expect(bad(judged(journal({}), { ended: late, stallMs: 2999 }))).toEqual([
      ["run.command", "fail"],
    ]);
  });

  it("that printed a secret and took too long has failed, whatever fauxdr did", () => {
    const leaking = { ...late, leaks: ["stdout"] as const };
    const [command] = judged(journal({}), { ended: leaking, stallMs: 9000 });
    expect(command).toMatchObject({ outcome: "fail", findings: [{ rule: "secret.printed" }] });
  });

  it("with an exit code other than 0 fails as it is, and is told that fauxdr stood still", () => {
    const [command] = judged(journal({}), { ended: ended(1), stallMs: 9500 });
    expect(command?.findings[0]?.what).toMatch(
      /code 1\. Perhaps because fauxdr stood still for 9\.5 s/,
    );
    expect(bad(judged(journal({}), { ended: ended(0), stallMs: 9500 }))).toEqual([]);
  });

  it.each<[string, readonly Exchange[], RunSeen["ended"], RegExp]>([
    ["that sent nothing", [], ended(0), /nothing was sent/],
    ["that failed and sent nothing", [], ended(1), /nothing was sent/],
    [
      "that could not be started",
      [],
      ended(undefined, { notStarted: "ENOENT" }),
      /started: ENOENT/,
    ],
    [
      "against which fauxdr failed",
      journal({}).map((exchange) => ({ ...exchange, error: "off its spec" })),
      ended(0),
      /itself failed: off its spec/,
    ],
    [
      "one of whose calls could not be recorded, whichever vendor was meant",
      journal({}, {}).map(({ vendor, ...exchange }, index) =>
        index === 0 && vendor
          ? { vendor, ...exchange }
          : { ...exchange, unrecorded: true, error: "too long to render" },
      ),
      ended(0),
      /itself failed: too long to render/,
    ],
    [
      "that sent what is no HTTP",
      garbage("TLS on the plain port"),
      ended(0),
      /TLS on the plain port/,
    ],
    [
      "that called no vendor",
      journal({}).map(({ vendor: _, ...exchange }) => exchange),
      ended(0),
      /no call had a path of a vendor/,
    ],
  ])("%s cannot be judged, and is not green", (_, exchanges, end, reason) => {
    const results = judged(exchanges, { ended: end });
    const [command] = results;
    expect(createReport(results, TERMS).exitCode).not.toBe(0);
    expect([command?.outcome, command?.reason]).toEqual([
      "inconclusive",
      expect.stringMatching(reason),
    ]);
  });
});

it("has no verdict where a rule throws", () => {
  const judge = () => {
    throw new TypeError("boom");
  };
  const [rule] = generalRules(acmeContract);
  if (!rule) throw new Error("there are no rules");
  const contract = { ...acmeContract, rules: [{ ...rule, id: "acme.broken", judge }] };
  expect(() => judged(journal({}), { vendors: [{ name: "acme", contract }] })).toThrow(KitError);
});

it("fails by the broken rule only", () => {
  const refusal = { kind: "malformed", reason: "no JSON" } as const;
  expect(bad(judged(journal({ status: 400, refusal })))).toEqual([["request.off-spec", "fail"]]);
});

it("fails by a should only with --strict", () => {
  expect(bad(judged(journal({}, {})))).toEqual([]);
  expect(bad(judged(journal({}, {}), { failOn: "should" }))).toEqual([
    ["destructive.twice", "fail"],
  ]);
});

it("does not join calls before and after a reset, or of two tenants, to one task", () => {
  const [first] = journal({}) as [Exchange];
  expect(bad(judged([first, first, { ...first, tenant: "two" }], { failOn: "should" }))).toEqual(
    [],
  );
});

it("names the tenant where it is not the default one", () => {
  const refusal = { kind: "malformed", reason: "no JSON" } as const;
  const exchanges = journal({ refusal }).map((one) => ({ ...one, tenant: "two" }));
  const [broken] = judged(exchanges).filter(({ outcome }) => outcome === "fail");
  expect(broken?.findings[0]?.what).toMatch(/^tenant two: /);
});

it("is inconclusive if there were too many calls to judge", () => {
  const [command] = judged(journal({}, {}), {}, 1);
  expect(command).toMatchObject({
    outcome: "inconclusive",
    reason: expect.stringMatching(/^1 calls were not judged, .*raise --journal-entries/),
  });
});

const MALFORMED = { kind: "malformed", reason: "no JSON" } as const;

it("shows beside a rule the calls that broke it, of its vendor only", () => {
  const [good, broken, again] = journal({}, { refusal: MALFORMED }, { refusal: MALFORMED });
  // Ids are counted in each tenant.
  const elsewhere = { ...(broken as Exchange), vendor: "other", tenant: "two", id: 2 };
  const calls = [good, broken, again] as Exchange[];
  const own = judged([...calls, { ...elsewhere, refusal: undefined } as never]).find(
    ({ id, vendor }) => id === "request.off-spec" && vendor === "acme",
  );
  expect(own).toMatchObject({
    vendor: "acme",
    outcome: "fail",
    output: { stdout: "", stderr: "" },
    durationMs: 0,
    wire: "document",
  });
  expect(own?.title).toMatch(/^[A-Z]/);
  expect(own?.exchanges.map(({ vendor, id }) => [vendor, id])).toEqual([
    ["acme", 2],
    ["acme", 3],
  ]);
  expect(own?.findings.map(({ what }) => what.startsWith("strike: "))).toEqual([true, true]);
});

it("has the rules of a vendor of which one call came among others", () => {
  const [first, second] = journal({}, {}) as [Exchange, Exchange];
  const results = judged([first, { ...second, vendor: "other" }]);
  const names = results.map(({ vendor }) => vendor);
  expect(new Set(names)).toEqual(new Set(["none", "acme", "other"]));
});

it("reports a path of no vendor by itself", () => {
  const [{ vendor: _, operation: __, ...foreign }] = journal({}) as [Exchange];
  const results = judged([...journal({}), foreign as Exchange], { failOn: "should" });
  expect(bad(results)).toEqual([["request.unknown-path", "fail"]]);
  expect(results[1]).toMatchObject({ id: "request.unknown-path", vendor: "none" });
});

describe("the result of the command", () => {
  it("is complete", () => {
    const exchanges = journal({});
    const [command] = judged(exchanges);
    expect(command).toEqual({
      id: "run.command",
      title: "The command ends with exit code 0",
      vendor: "none",
      wire: "document",
      outcome: "pass",
      findings: [],
      exchanges,
      output: { stdout: "", stderr: "" },
      durationMs: 5,
    });
  });

  it("says what the command did, and where to look", () => {
    const [command] = judged(journal({}), { ended: ended(1) });
    expect(command?.findings).toEqual([
      {
        rule: "run.command",
        vendor: "none",
        severity: "must",
        basis: "documented",
        what: "npm test ended with exit code 1",
        fix: "Read what it printed; fauxdr has passed it on.",
        source: "The command's own verdict",
        exchanges: [],
      },
    ]);
  });

  it.each([
    [["sh", "-c", "a\n\t b"], "sh -c a b"],
    [["x".repeat(100)], "x".repeat(100)],
    [["x".repeat(101)], `${"x".repeat(100)}…`],
  ])("names a command in one line of a hundred letters: %#", (command, name) => {
    const [first] = judged(journal({}), { command, ended: ended(1) });
    expect(first?.findings[0]?.what).toBe(`${name} ended with exit code 1`);
  });

  it("has a secret that the command printed", () => {
    const [command] = judged(journal({}), { ended: ended(0, { leaks: ["stderr"] }) });
    expect([command?.outcome, command?.findings.map(({ rule }) => rule)]).toEqual([
      "fail",
      ["secret.printed"],
    ]);
  });

  it("fails for what was seen, though not all calls could be judged", () => {
    const [command] = judged(journal({}, {}), { ended: ended(1) }, 1);
    expect(command?.outcome).toBe("fail");
    expect(command?.reason).toMatch(/^1 calls were not judged/);
  });

  it("says nothing of an exit code where the command could not be started", () => {
    const end = ended(undefined, { notStarted: "ENOENT" });
    const [command] = judged([], { ended: end });
    expect(command?.findings).toEqual([]);
    expect(command?.reason).toBe("the command could not be started: ENOENT");
  });
});
