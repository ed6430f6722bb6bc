import { describe, expect, it } from "vitest";
import {
  beganAt,
  callName,
  grouped,
  isOk,
  isReadable,
  isSame,
  isTakenOn,
  keyOf,
  nextSame,
  repliedAt,
  waited,
} from "../../../src/contract/rules/reading.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { faulted, journal, type Step } from "../../support/journals.ts";

const [first, second] = journal({}, {}) as [Exchange, Exchange];
const changed = (request: Partial<Exchange["request"]>): Exchange => ({
  ...second,
  request: { ...second.request, ...request },
});
const cut = (sha256: string): Partial<Exchange["request"]> => ({
  body: { text: "", bytes: 9, cut: true, sha256 },
});

it("a request is the same at any time", () => {
  expect(isSame(first, second)).toBe(true);
  expect(keyOf(first)).toBe(keyOf(second));
});

it.each<[string, Exchange, Exchange]>([
  ["operation", first, { ...second, operation: "status" }],
  ["method", first, changed({ method: "PUT" })],
  ["address", first, changed({ url: "/acme/strike?x" })],
  ["body", first, changed({ body: { text: "[]", bytes: 2 } })],
  ["body, of which the journal has the hash alone", changed(cut("a")), changed(cut("b"))],
])("a request with another %s is another one", (_what, one, other) => {
  expect(isSame(one, other)).toBe(false);
  expect(keyOf(one)).not.toBe(keyOf(other));
});

it("knows for each request where the same one comes next", () => {
  const calls = journal({ body: "a" }, { body: "b" }, { body: "a" }, { body: "a" }, { body: "c" });
  expect(nextSame(calls)).toEqual([2, -1, 3, -1, -1]);
  expect(nextSame(calls)).toBe(nextSame(calls));
});

const one = (step: Step): Exchange => journal(step)[0] as Exchange;

describe("a call", () => {
  it("is named by its operation, or by method and path", () => {
    const { operation: _, ...unmatched } = one({ url: "/x" });
    expect([callName(one({})), callName(unmatched)]).toEqual(["strike", "POST /x"]);
  });

  const refusal = { kind: "rate-limited" } as Exchange["refusal"] & object;

  it.each<[string, Step, { ok: boolean; takenOn: boolean; readable: boolean }]>([
    ["that went well", {}, { ok: true, takenOn: true, readable: true }],
    ["that failed", { status: 500 }, { ok: false, takenOn: false, readable: true }],
    ["without a reply", { status: 0 }, { ok: false, takenOn: false, readable: false }],
    ["that was refused", { refusal, cause: "ok" }, { ok: true, takenOn: false, readable: true }],
    ["that was cut off", { aborted: true }, { ok: true, takenOn: true, readable: false }],
    [
      "whose reply a fault dropped after it took effect",
      { status: 0, fault: faulted("EMPTY_RESPONSE", true) },
      { ok: false, takenOn: true, readable: false },
    ],
    [
      "that a fault answered",
      { fault: faulted("broken-json") },
      { ok: true, takenOn: false, readable: false },
    ],
    [
      "that was delayed",
      { fault: faulted("delay", true) },
      { ok: true, takenOn: true, readable: true },
    ],
    [
      "whose reply came slowly",
      { fault: faulted("slow-body", true) },
      { ok: true, takenOn: true, readable: true },
    ],
    [
      "whose reply has more fields",
      { fault: faulted("extra-fields", true) },
      { ok: true, takenOn: true, readable: true },
    ],
  ])("%s is read as such", (_, step, expected) => {
    const call = one(step);
    const read = { ok: isOk(call), takenOn: isTakenOn(call), readable: isReadable(call) };
    expect(read).toEqual(expected);
  });
});

describe("the time of a call", () => {
  const at = (atMs: number, durationMs = 100, replyMs?: number): Exchange =>
    one({ atMs, durationMs, ...(replyMs !== undefined && { replyMs }) });
  const start = beganAt(at(0));

  it("is when it began, and when its reply was handed over or else when it ended", () => {
    expect(start).toBe(1_700_000_000_000);
    expect([repliedAt(at(5)), repliedAt(at(5, 100, 30))]).toEqual([start + 105, start + 35]);
  });

  it("without a date is the beginning of time", () => {
    expect(beganAt({ ...at(5), at: "never" })).toBe(0);
  });

  it.each([
    ["the wait after a reply", at(1000), 900],
    ["none right after the reply", at(100), 0],
    ["none for a time that was cut", at(99), 0],
    ["unknown before the reply", at(98), undefined],
    ["unknown at the same time", at(0), undefined],
  ])("gives %s", (_, next, ms) => {
    expect(waited(at(0), next)).toBe(ms);
  });

  it("gives no wait under a frozen clock, however long the call took", () => {
    expect(waited(at(0, 0), at(0))).toBeUndefined();
  });
});

it("groups calls by a key, in their order, and leaves out those without one", () => {
  const calls = journal({ op: "a" }, { op: "b" }, { op: "a" }, { op: "none" });
  const groups = grouped(calls, ({ operation }) => (operation === "none" ? undefined : operation));
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([[1, 3], [2]]);
});
