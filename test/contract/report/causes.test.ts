import { describe, expect, it } from "vitest";
import { causeOfAll, causesOf, reasonsOf } from "../../../src/contract/report/causes.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { journal } from "../../support/journals.ts";
import { failed, finding, result } from "../../support/results.ts";

const report = (...results: CaseResult[]) => ({ results, known: new Set<CaseResult>() });

describe("causes", () => {
  it("come in order of their severity, then of their cases, then of their findings", () => {
    const often = (rule: string, times: number, rest = {}) =>
      Array.from({ length: times }, () => finding({ rule, ...rest }));
    const results = [
      result({ findings: often("noted", 9, { severity: "info" }) }),
      failed("a", "once"),
      failed("b", "thrice", "thrice", "thrice"),
      failed("c", "shared"),
      failed("d", "shared"),
    ];
    expect(causesOf(report(...results)).map(({ name }) => name)).toEqual([
      "shared",
      "thrice",
      "once",
      "noted",
    ]);
  });

  it("of known failures are left out", () => {
    const one = failed("a", "x");
    expect(causesOf({ results: [one], known: new Set([one]) })).toEqual([]);
  });

  it("of a case's own promise are named by what is wrong, unless calls show it", () => {
    const own = (exchanges: number[]) =>
      result({ id: "a", findings: [finding({ rule: "a", what: "wrong\nmore", exchanges })] });
    expect(causesOf(report(own([]))).map(({ name }) => name)).toEqual(["wrong"]);
    expect(causesOf(report(own([1]))).map(({ name }) => name)).toEqual(["a"]);
    const other = result({ id: "b", findings: [finding({ rule: "a", what: "wrong" })] });
    expect(causesOf(report(other)).map(({ name }) => name)).toEqual(["a"]);
  });
});

describe("the cause of every call", () => {
  const showing = (calls: number, rest = {}) =>
    result({
      exchanges: journal(...Array.from({ length: calls }, () => ({}))),
      findings: [finding({ rule: "auth", exchanges: [1, 2], ...rest })],
    });

  it("is the one that all of them show", () => {
    expect(causeOfAll(report(showing(2)))?.name).toBe("auth");
    expect(causeOfAll(report(showing(3)))).toBeUndefined();
  });

  it("is missing for a single call", () => {
    expect(causeOfAll(report(showing(1)))).toBeUndefined();
  });

  it("is missing where it need not be fixed", () => {
    expect(causeOfAll(report(showing(2, { severity: "should" })))).toBeUndefined();
  });
});

it("gives each reason once, the most frequent first, with the names of its results", () => {
  const skipped = (id: string, reason?: string) =>
    result({ id, outcome: "skipped", ...(reason !== undefined && { reason }) });
  const results = [skipped("a", "rare"), skipped("b", "usual"), skipped("c", "usual"), result()];
  expect(reasonsOf(report(...results), "skipped")).toEqual([
    ["usual", ["b (document)", "c (document)"]],
    ["rare", ["a (document)"]],
  ]);
  expect(reasonsOf(report(skipped("d")), "skipped")).toEqual([["", ["d (document)"]]]);
});
