import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { type Expectation, type Pattern, verify } from "../../../src/core/journal/verify.ts";
import { journalOf, type Seen } from "../../support/exchanges.ts";

/** A device that is added, by its id. */
const added = (id: string, more: Seen = {}): Seen => ({ body: JSON.stringify({ id }), ...more });

const THREE = [added("a"), added("b"), added("c", { operation: "getDevice" })];

const word = (expectation: Expectation, seen: readonly Seen[] = THREE): string =>
  verify(journalOf(seen), expectation).verdict;

describe("an expectation of a number", () => {
  it.each<[Expectation, "passed" | "failed"]>([
    [{}, "passed"],
    [{ operation: "addDevice" }, "passed"],
    [{ operation: "addDevice", times: 2 }, "passed"],
    [{ operation: "addDevice", times: 1 }, "failed"],
    [{ operation: "addDevice", times: 3 }, "failed"],
    [{ operation: "addDevice", times: 0 }, "failed"],
    [{ operation: "nothing" }, "failed"],
    [{ operation: "nothing", times: 0 }, "passed"],
    [{ atLeast: 3 }, "passed"],
    [{ atLeast: 4 }, "failed"],
    [{ atMost: 3 }, "passed"],
    [{ atMost: 2 }, "failed"],
    [{ operation: "nothing", atMost: 0 }, "passed"],
    [{ operation: "addDevice", atLeast: 1, atMost: 2 }, "passed"],
    [{ atLeast: 1, atMost: 2 }, "failed"],
    [{ operation: "getDevice", atLeast: 2, atMost: 3 }, "failed"],
    [{ where: { "/id": "b" }, times: 1 }, "passed"],
    [{ where: { "/id": { oneOf: ["a", "c"] } }, times: 2 }, "passed"],
    [{ operation: "addDevice", where: { "/id": "c" }, times: 0 }, "passed"],
    [{ where: {}, times: 3 }, "passed"],
  ])("%j has %s", (expectation, expected) => {
    expect(word(expectation)).toBe(expected);
  });

  it.each([[{ times: 0 }], [{ atMost: 0 }], [{ atLeast: 0 }]])(
    "of nothing is met by an empty journal: %j",
    (expectation) => {
      expect(word(expectation, [])).toBe("passed");
    },
  );

  it("of anything is not met by an empty journal", () => {
    expect(verify(journalOf([]), {})).toEqual({
      verdict: "failed",
      message: "expected at least 1 exchange, saw 0",
      matched: [],
      nearest: [],
    });
  });
});

describe("an exchange fits by", () => {
  const fault: Exchange["fault"] = { rule: "r", kind: "broken-json", effect: true };
  const one = { vendor: "acme", method: "PUT", principal: "7", status: 402, fault };

  it.each<[keyof Pattern, string | number, string | number]>([
    ["vendor", "acme", "other"],
    ["operation", "addDevice", "adddevice"],
    ["method", "PUT", "POST"],
    ["principal", "7", "8"],
    ["status", 402, 200],
    ["fault", "broken-json", "delay"],
  ])("%s: %s is it, %s is not", (field, right, wrong) => {
    expect(word({ [field]: right, times: 1 }, [one])).toBe("passed");
    expect(word({ [field]: wrong, times: 0 }, [one])).toBe("passed");
    expect(verify(journalOf([one]), { [field]: wrong }).nearest).toEqual([
      { id: 1, differences: [{ where: field, expected: String(wrong), actual: String(right) }] },
    ]);
  });

  it.each(["vendor", "operation", "principal", "fault"])("no %s where there was none", (field) => {
    const journal = journalOf([]);
    journal.open((id) => ({
      id,
      at: "2026-01-31T12:00:00.000Z",
      tenant: "default",
      request: {
        scheme: "http",
        method: "GET",
        url: "/",
        headers: {},
        body: { text: "", bytes: 0 },
      },
      durationMs: 0,
    }));
    expect(verify(journal, { [field]: "undefined" }).nearest).toMatchObject([
      { differences: [{ where: field, actual: "nothing" }] },
    ]);
    expect(verify(journal, { status: 200 }).message).toContain("#1 GET / -> no reply");
  });
});

describe("an order", () => {
  const seen = [added("a"), added("b"), added("a", { status: 429 }), added("c")];
  const of = (...inOrder: Pattern[]): Expectation => ({ inOrder });
  const id = (value: string): Pattern => ({ where: { "/id": value } });

  it.each<[string, Expectation, number[]]>([
    ["one", of(id("b")), [2]],
    ["some, with others between them", of(id("a"), id("c")), [1, 4]],
    ["all", of(id("a"), id("b"), { status: 429 }, id("c")), [1, 2, 3, 4]],
    ["the same pattern twice", of(id("a"), id("a")), [1, 3]],
    ["patterns that fit everything", of({}, {}, {}, {}), [1, 2, 3, 4]],
  ])("is kept by %s", (_what, expectation, matched) => {
    expect(verify(journalOf(seen), expectation)).toEqual({
      verdict: "passed",
      message: "all came in this order",
      matched,
      nearest: [],
    });
  });

  it.each<[string, Expectation, number[], string]>([
    ["none", of(id("z")), [], 'expected exchange (/id "z"), saw none'],
    ["the other way round", of(id("b"), { status: 200 }, id("b")), [2, 4], "after #4"],
    ["one exchange for two patterns", of(id("b"), id("b")), [2], "after #2"],
    ["more than there were", of({}, {}, {}, {}, {}), [1, 2, 3, 4], "after #4"],
  ])("is not kept by %s", (_what, expectation, matched, message) => {
    const verdict = verify(journalOf(seen), expectation);
    expect([verdict.verdict, verdict.matched]).toEqual(["failed", matched]);
    expect(verdict.message).toContain(message);
  });

  it("shows what came after the last that was in order", () => {
    const { message, nearest } = verify(journalOf(seen), of(id("a"), { ...id("b"), status: 201 }));
    expect(nearest.map((one) => one.id)).toEqual([2, 3, 4]);
    expect(message.split("\n").slice(0, 3)).toEqual([
      'expected exchange 201 (/id "b") after #1, saw none',
      "  #2 addDevice -> 200",
      "      status: expected 201, was 200",
    ]);
  });
});
