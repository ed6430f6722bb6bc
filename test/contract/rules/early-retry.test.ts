import { expect, it } from "vitest";
import { earlyRetry } from "../../../src/contract/rules/early-retry.ts";
import { flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (...steps: Step[]) => flawsOf([earlyRetry], "retry.early", journal(...steps));

const told = (retryAfter: string, status = 429): Step => ({ status, retryAfter });
/** Two seconds after the journal's beginning, which is 2023-11-14T22:13:20Z. */
const DATE = "Tue, 14 Nov 2023 22:13:22 GMT";

it.each<[string, Step, Step]>([
  ["at once", told("2"), { atMs: 3 }],
  ["in the very millisecond of the reply", { ...told("2"), durationMs: 2.4 }, { atMs: 2 }],
  ["after half of the time", told("2"), { atMs: 1000 }],
  ["just before the end of it", told("2"), { atMs: 1940 }],
  ["long before the end of it", told("10"), { atMs: 5000 }],
  ["and failed again", told("1", 503), { atMs: 500, status: 503 }],
  ["more than a second before the date", told(DATE), { atMs: 500 }],
])("finds a client that returns %s", (_, first, again) => {
  expect(found(first, again)).toEqual([["must", 1, 2]]);
});

it("looks at the first one that comes back", () => {
  expect(found(told("2"), { atMs: 500 }, { op: "status", atMs: 900 })).toEqual([["must", 1, 2]]);
});

it("says how long the client had to wait, and how long it did", () => {
  expect(earlyRetry.judge(journal(told("2"), { atMs: 1502 }))).toMatchObject([
    { what: "strike was told to wait 2 s and came back after 1.5 s" },
  ]);
});

it("ignores other calls in between", () => {
  expect(found(told("2"), { op: "status", atMs: 500 }, { atMs: 1000 })).toEqual([["must", 1, 3]]);
});

it.each<[string, Step[]]>([
  ["who waits as long as told", [told("2"), { atMs: 2002 }]],
  ["whose timer is let go 50 ms early", [told("2"), { atMs: 1952 }]],
  [
    "who had the reply before its exchange ended",
    [{ ...told("2"), durationMs: 300, replyMs: 3 }, { atMs: 2010 }],
  ],
  ["who waits longer", [told("2"), { atMs: 9000 }]],
  ["who waits for the date", [told(DATE), { atMs: 2000 }]],
  ["who comes in the second before the date", [told(DATE), { atMs: 1010 }]],
  ["who does not come back", [told("2")]],
  ["who was told nothing", [{ status: 503 }, { atMs: 5 }]],
  ["who got no reply", [{ status: 0 }, { atMs: 5 }]],
  ["who was told what nobody understands", [told("soon"), { atMs: 5 }]],
  ["who was told a time in a unit of its own", [told("2s"), { atMs: 5 }]],
  ["who was told a time below none", [told("-2"), { atMs: 5 }]],
  ["who sends another request meanwhile", [told("2"), { body: '{"b":1}', atMs: 5 }]],
  ["who did not stay for the reply", [{ ...told("2"), aborted: true }, { atMs: 5 }]],
  [
    "who had sent the second one before the reply",
    [{ ...told("2"), durationMs: 100 }, { atMs: 50 }],
  ],
  ["when the clock stands still", [{ ...told("2"), durationMs: 0.4 }, { atMs: 0 }]],
])("has nothing against one %s", (_, steps) => {
  expect(found(...steps)).toEqual([]);
});
