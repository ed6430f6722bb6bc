import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { FAULTS, type Fault } from "../../../src/core/faults/fault.ts";
import { readFaultRule, readFaultRules } from "../../../src/core/faults/read-fault.ts";
import { REFUSALS } from "../../../src/core/refusal-examples.ts";
import { allTogether, FITTING, onlyNeeded } from "../../support/faults.ts";

const DAY = 86_400_000;
const kinds = Object.keys(FAULTS) as Fault["kind"][];

/** The error of a rule with this fault. */
const complaint = (fault: unknown): string => complaintOf({ fault });

function complaintOf(rule: unknown): string {
  try {
    readFaultRule(rule);
    return "none";
  } catch (error) {
    expect(error).toBeInstanceOf(KitError);
    return (error as KitError).message;
  }
}

/** What each field takes, with values at its edges. */
const FIELDS: Readonly<Record<string, [takes: string, good: unknown[], bad: unknown[]]>> = {
  delayMs: [
    "a number of milliseconds up to a day, or a range of two",
    [0, 0.5, DAY, [0, 0], [1, DAY]],
    [
      -1,
      DAY + 1,
      Number.NaN,
      "5",
      null,
      [],
      [1],
      [2, 1],
      [1, 2, 3],
      [0, DAY + 1],
      [-1, 2],
      ["1", 2],
    ],
  ],
  effect: ["true or false", [true, false], ["true", 1, null]],
  retryAfterSeconds: ["a whole number of seconds", [0, 86_400], [-1, 1.5, 86_401, "1", null]],
  refusal: [`one of ${REFUSALS.join(", ")}`, [...REFUSALS], ["402", "toString", "", null, 402]],
  status: ["a status from 200 to 599", [200, 599], [199, 600, 100, 200.5, "503", null]],
  headers: [
    "an object of header values, without content-length, transfer-encoding and trailer",
    [{}, { "X-A!#$%&'*+.^_`|~-": "\ta ~\u00ff" }, { "x-trailer": "a", "trailer-x": "b" }],
    [
      ...[[], null, "a: b", { "": "a" }, { "a b": "c" }, { "a:": "c" }, { a: 1 }, { a: null }],
      ...["b\r\nset-cookie: c", "b\u0000", "\u20ac"].map((text) => ({ a: text })),
    ],
  ],
  body: ["a string or a JSON value", ["", "text", 0, null, false, [], {}], []],
  overMs: ["a number of milliseconds up to a day", [0, 0.5, DAY], [-1, DAY + 1, [1, 2], "1", null]],
  contentType: [
    "a media type",
    ["text/html", "application/json; charset=utf-8"],
    [1, null, "a\nb"],
  ],
  at: [
    "a JSON pointer such as /reply/status",
    ["/", "/a/0/b"],
    ["", "reply", "#/a", 1, null, ["/a"]],
  ],
  afterBytes: ["a whole number", [0, 1, 2 ** 30], [-1, 0.5, 2 ** 30 + 1, "1", null]],
};

it("every field of a fault is tested here", () => {
  const known = kinds.flatMap((kind) => [
    "delayMs",
    ...(FAULTS[kind].needs ?? []),
    ...(FAULTS[kind].takes ?? []),
  ]);
  expect(Object.keys(FIELDS).toSorted()).toEqual([...new Set(known)].toSorted());
  expect(Object.keys(FITTING).toSorted()).toEqual(Object.keys(FIELDS).toSorted());
});

describe.each(kinds)("the fault %s", (kind) => {
  const { needs = [], takes = [] } = FAULTS[kind];
  const known = [...new Set(["delayMs", ...needs, ...takes])];

  it.each(known)("takes every %s that fits, and no other", (name) => {
    const [wanted, good, bad] = FIELDS[name] ?? ["", [], []];
    for (const value of good)
      expect(complaint({ ...onlyNeeded(kind), [name]: value })).toBe("none");
    for (const value of bad) {
      expect(complaint({ ...onlyNeeded(kind), [name]: value })).toBe(
        `"${name}" of the fault ${kind} must be ${wanted}, not ${JSON.stringify(value)}.`,
      );
    }
  });

  it("may leave undefined what it does not need", () => {
    const rest = known.filter((name) => !needs.includes(name)).map((name) => [name, undefined]);
    expect(complaint({ ...onlyNeeded(kind), ...Object.fromEntries(rest) })).toBe("none");
  });

  it("is refused without what it needs", () => {
    for (const name of needs) {
      const wanted = `the fault ${kind} needs "${name}": ${FIELDS[name]?.[0]}.`;
      expect(complaint({ ...allTogether(kind), [name]: undefined })).toBe(wanted);
      const { [name as "kind"]: _, ...without } = allTogether(kind);
      expect(complaint({ kind, ...without })).toBe(wanted);
    }
  });

  const foreign = Object.keys(FIELDS).filter((name) => !known.includes(name));
  it.each([...foreign, "statusCode", "toString", "", "rule"])("is refused with %j", (name) => {
    expect(complaint({ ...onlyNeeded(kind), [name]: FITTING[name] ?? 1 })).toBe(
      `the fault ${kind} does not take "${name}": it takes ${known.join(", ")}.`,
    );
  });
});

it.each([undefined, null, 1, "", "reset", "toString", "connection_reset_by_peer", ["delay"]])(
  "no fault has the kind %j",
  (kind) => {
    expect(complaint({ kind })).toBe(
      `"kind" of a fault must be one of ${kinds.join(", ")}, not ${JSON.stringify(kind)}.`,
    );
  },
);

describe("a rule", () => {
  const fault = { kind: "delay", delayMs: 1 };
  const MEMBERS = "id, vendor, operation, where, nth, times, probability, fault";
  const EXAMPLE = '{"operation": "…", "times": 2, "fault": {"kind": "status", "status": 503}}';

  it.each<[object]>([
    [{ id: "a" }],
    [{ vendor: "v", operation: "o" }],
    [{ where: { "/a": 1 } }],
    [{ nth: 1, times: 1_000_000_000 }],
    [{ probability: 0 }],
    [{ probability: 1 }],
    [{ id: undefined, where: undefined, times: undefined }],
  ])("with %j is as it was given", (more) => {
    const rule = { ...more, fault };
    expect(readFaultRule(rule)).toBe(rule);
  });

  it.each<[unknown, string]>([
    [undefined, `a fault rule must be an object such as ${EXAMPLE}.`],
    [null, `a fault rule must be an object such as ${EXAMPLE}.`],
    ["delay", `a fault rule must be an object such as ${EXAMPLE}.`],
    [[], `a fault rule must be an object such as ${EXAMPLE}.`],
    [{}, 'a fault rule needs "fault": an object with a kind.'],
    [{ times: 1 }, 'a fault rule needs "fault": an object with a kind.'],
    [{ fault: "delay" }, '"fault" of a fault rule must be an object with a kind, not "delay".'],
    [{ fault: [1] }, '"fault" of a fault rule must be an object with a kind, not [1].'],
    [{ fault, id: "" }, '"id" of a fault rule must be a string that is not empty, not "".'],
    [{ fault, id: 1 }, '"id" of a fault rule must be a string that is not empty, not 1.'],
    [{ fault, vendor: 1 }, '"vendor" of a fault rule must be a vendor\'s name, not 1.'],
    [{ fault, operation: null }, '"operation" of a fault rule must be an operationId, not null.'],
    [{ fault, nth: 0 }, '"nth" of a fault rule must be a whole number from 1, not 0.'],
    [{ fault, nth: "1" }, '"nth" of a fault rule must be a whole number from 1, not "1".'],
    [{ fault, times: 0 }, '"times" of a fault rule must be a whole number from 1, not 0.'],
    [{ fault, times: 1.5 }, '"times" of a fault rule must be a whole number from 1, not 1.5.'],
    [
      { fault, probability: 1.1 },
      '"probability" of a fault rule must be a number from 0 to 1, not 1.1.',
    ],
    [
      { fault, probability: -1 },
      '"probability" of a fault rule must be a number from 0 to 1, not -1.',
    ],
    [{ fault, count: 1 }, `a fault rule does not take "count": it takes ${MEMBERS}.`],
    [{ fault, toString: 1 }, `a fault rule does not take "toString": it takes ${MEMBERS}.`],
    [{ fault, where: 1 }, '"where" of a fault rule must be an object of conditions by place.'],
    [
      { fault, where: { a: 1 } },
      '"a" in "where" of a fault rule is not a place: use /a/pointer into the body, query/name or header/name.',
    ],
  ])("is refused: %j", (rule, sentence) => {
    expect(complaintOf(rule)).toBe(sentence);
  });
});

it("a reply that is cut after some bytes took effect", () => {
  const fault = { kind: "CONNECTION_RESET_BY_PEER", afterBytes: 10 };
  expect(complaint(fault)).toBe("none");
  expect(complaint({ ...fault, afterBytes: undefined, effect: false })).toBe("none");
  expect(complaint({ ...fault, effect: false })).toBe(
    '"afterBytes" of the fault CONNECTION_RESET_BY_PEER sends part of the operation\'s reply: "effect" cannot be false.',
  );
});

describe("a list of rules", () => {
  const good = { fault: { kind: "broken-json" } };

  it("is what it was, where all fit", () => {
    expect(readFaultRules([])).toEqual([]);
    expect(readFaultRules([good, good])).toEqual([good, good]);
  });

  it.each([undefined, null, {}, "[]", good])("is not %j", (value) => {
    expect(() => readFaultRules(value)).toThrow(
      new KitError("Fault rules must be an array of rules."),
    );
  });

  it("says which of them does not fit", () => {
    expect(() => readFaultRules([good, good, { ...good, nth: 0 }])).toThrow(
      new KitError('"nth" of fault rule 3 must be a whole number from 1, not 0.'),
    );
    expect(() => readFaultRules([good, {}])).toThrow(/^fault rule 2 needs "fault"/);
  });
});
