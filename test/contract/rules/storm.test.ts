import { expect, it } from "vitest";
import { storm } from "../../../src/contract/rules/storm.ts";
import { faulted, flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (steps: readonly Step[]) => flawsOf([storm], "retry.storm", journal(...steps));

const failing = (times: number, everyMs: number, step: Step = { status: 503 }): Step[] =>
  Array.from({ length: times }, (_, index) => ({ ...step, atMs: index * everyMs }));

it.each<[string, readonly Step[]]>([
  ["503", failing(6, 100)],
  ["500", failing(6, 100, { status: 500 })],
  ["429", failing(6, 100, { status: 429 })],
  ["503, two seconds apart", failing(6, 2000)],
  ["a reply that the client gave up", failing(6, 100, { aborted: true })],
  ["no reply", failing(6, 100, { status: 0, fault: faulted("EMPTY_RESPONSE") })],
  ["503, and a last one that went well", [...failing(5, 100), { atMs: 500 }]],
])("six of the same within ten seconds are a finding: %s", (_, steps) => {
  expect(found(steps)).toEqual([["should", 1, 2, 3, 4, 5, 6]]);
});

it("names the longest of several rows", () => {
  const shorter = failing(6, 100).map((step) => ({ ...step, atMs: 60_000 + (step.atMs ?? 0) }));
  expect(found([...failing(7, 100), ...shorter])).toEqual([["should", 1, 2, 3, 4, 5, 6, 7]]);
});

it("names the first of two that are equally long, and its beginning only", () => {
  const later = failing(6, 100).map((step) => ({ ...step, atMs: 60_000 + (step.atMs ?? 0) }));
  expect(found([...failing(6, 100), ...later])).toEqual([["should", 1, 2, 3, 4, 5, 6]]);
});

it("says how often the request was sent again", () => {
  expect(storm.judge(journal(...failing(6, 100)))).toMatchObject([
    { what: "strike failed and was sent again 5 times within 10 seconds" },
  ]);
});

it.each<[string, readonly Step[]]>([
  ["five tries", failing(5, 100)],
  ["six tries with a second more each time", failing(6, 2500)],
  ["six good calls", failing(6, 100, {})],
  ["six refusals of another kind", failing(6, 100, { status: 400 })],
  ["six calls of which the third went well", failing(6, 100).with(2, { atMs: 200 })],
  [
    "six failures of different requests",
    failing(6, 100).map((step, index) => ({ ...step, body: String(index) })),
  ],
  ["six failures while the clock stands still", failing(6, 0)],
])("has nothing against %s", (_, steps) => {
  expect(found(steps)).toEqual([]);
});
