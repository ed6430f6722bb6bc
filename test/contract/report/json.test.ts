import { expect, it } from "vitest";
import { jsonReport } from "../../../src/contract/report/json.ts";
import { createReport } from "../../../src/contract/report/report.ts";
import { journal } from "../../support/journals.ts";
import { failed, result, TERMS } from "../../support/results.ts";

it("with a trace holds the calls of what passed as well, each with a command that makes it again", () => {
  const results = [result({ exchanges: journal({ body: "it's", answer: { a: 1 } }) })];
  const { results: rows } = JSON.parse(jsonReport(createReport(results, TERMS), { trace: true }));
  expect(rows[0].exchanges).toMatchObject([
    {
      id: 1,
      reply: { status: 200 },
      curl: `curl -sS -X POST 'http://localhost/acme/strike' --data-raw 'it'\\''s'`,
    },
  ]);
});

it("holds every result, and the exchanges of those that did not pass", () => {
  const exchanges = journal({});
  const results = [result({ exchanges }), { ...failed("a", "x"), exchanges }, failed("b", "x")];
  const baseline = { "b (document)": ["x"] };
  const terms = { title: "t", failOn: "must" as const, failOnAssumed: false, baseline, all: true };
  const value = JSON.parse(jsonReport(createReport(results, terms)));
  expect(value).toMatchObject({ title: "t", exitCode: 1, stale: [], assumed: [] });
  expect(
    value.results.map((one: { outcome: string; exchanges?: unknown[] }) => [
      one.outcome,
      one.exchanges?.length,
    ]),
  ).toEqual([
    ["pass", undefined],
    ["fail", 1],
    ["known", 0],
  ]);
});
