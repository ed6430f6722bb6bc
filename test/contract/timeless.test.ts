import { expect, it } from "vitest";
import { judge } from "../../src/contract/judge.ts";
import { leakFindings } from "../../src/contract/leaks.ts";
import { timeless } from "../../src/contract/timeless.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { acmeContract, journal } from "../support/journals.ts";
import { finding } from "../support/results.ts";

const vendor = { name: "acme", contract: acmeContract };

const lasting = (exchanges: readonly Exchange[]) =>
  timeless(judge(exchanges, [vendor]), exchanges, vendor).map(({ rule, exchanges }) => [
    rule,
    ...exchanges,
  ]);

const invalid = {
  status: 400,
  refusal: {
    kind: "invalid",
    problem: { where: "/name", what: "is missing", basis: "documented" },
  },
} as const;

it("keeps a printed secret", () => {
  const leaks = leakFindings(["stderr"], "acme");
  expect(timeless([...leaks, finding()], [], vendor)).toEqual(leaks);
});

it("keeps what is wrong with a request", () => {
  expect(lasting(journal({}, invalid))).toEqual([["request.off-spec", 2]]);
});

it("keeps a finding about several calls if each of them shows it", () => {
  const slash = { url: "/acme/strike/" };
  expect(lasting(journal(slash, {}, slash))).toEqual([["path.slash-drift", 1, 3]]);
});

it("drops what only several calls together show", () => {
  const lost = { status: 0, aborted: true } as const;
  const calls = journal(lost, {}, { ...invalid, atMs: 3000 }, { ...invalid, atMs: 3001 });
  expect(judge(calls, [vendor]).map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(["destructive.twice", "retry.hopeless"]),
  );
  expect(lasting(calls)).toEqual([
    ["request.off-spec", 3],
    ["request.off-spec", 4],
  ]);
});

it("drops what is wrong with a call that was cut off, perhaps by a client that gave up", () => {
  expect(lasting(journal({ ...invalid, aborted: true }))).toEqual([]);
});
