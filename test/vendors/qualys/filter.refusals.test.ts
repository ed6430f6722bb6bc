import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VendorError } from "../../../src/core/errors.ts";
import { startMock } from "../../../src/index.ts";
import { type Fields, parseFilter } from "../../../src/vendors/qualys/filter.ts";
import { CLOCK } from "../../support/qualys.ts";
import { qualysClient } from "../../support/qualys-client.ts";
import { badRequest, refused } from "../../support/qualys-refused.ts";

const MUST = "must be made of terms such as field: value";

/** Filters that no call understands, what is wrong with them, and at which character. */
const BAD: readonly (readonly [filter: string, what: string, at: number])[] = [
  ["malware", MUST, 1],
  ["malware and type: FILE", MUST, 1],
  ["type: FILE and malware", MUST, 16],
  ["*", MUST, 1],
  ["'type'", MUST, 1],
  ["[1..2]", MUST, 1],
  ["AND", MUST, 1],
  ["not", MUST, 4],
  ["AND type: FILE", MUST, 1],
  ["type: FILE AND", MUST, 15],
  ["type: FILE OR OR type: PROCESS", MUST, 15],
  ["()", MUST, 2],
  ["(", MUST, 2],
  [")", MUST, 1],
  [":", MUST, 1],
  ["1type: FILE", MUST, 1],
  ["type:", "has no value for type", 6],
  ["type: AND", "has no value for type", 7],
  ["type: NOT FILE", "has no value for type", 7],
  ["type: action: CREATED", "has no value for type", 7],
  ["type: [FILE,]", "has no value for type", 13],
  ["event.score >", "has no value for event.score", 14],
  ["type: (FILE OR PROCESS)", "has a range of type that is neither [from..to] nor (from..to)", 13],
  ["(type: FILE", "has a ( without a )", 1],
  ["(type: FILE type: PROCESS)", "has a ( without a )", 1],
  ["type: FILE)", "continues after its end", 11],
  ["type: FILE type: PROCESS", "continues after its end", 12],
  ["type: FILE, PROCESS", "continues after its end", 11],
  ["type: FILE 'AND' type: FILE", "continues after its end", 12],
  ["type: FILE ]", "continues after its end", 12],
  ["event.nonsense: 1", "has an unknown field, event.nonsense", 1],
  ["constructor: x", "has an unknown field, constructor", 1],
  ["type: FILE AND toString: x", "has an unknown field, toString", 16],
  ["event.datetime: []", "has no value for event.datetime", 18],
  ["event.datetime: [..]", "has no value for event.datetime", 18],
  ["event.datetime: [..now]", "has no value for event.datetime", 18],
  [
    "event.datetime: [now..]",
    "has a range of event.datetime that is neither [from..to] nor (from..to)",
    23,
  ],
  [
    "event.datetime: [1..2..3]",
    "has a range of event.datetime that is neither [from..to] nor (from..to)",
    22,
  ],
  [
    "event.datetime: (now)",
    "has a range of event.datetime that is neither [from..to] nor (from..to)",
    21,
  ],
  ["event.datetime: [now", "has a list that is not [a, b]", 21],
  ["type: [FILE PROCESS]", "has a list that is not [a, b]", 13],
  ["type: [a..b]", "has a range of type, which is text", 8],
  ["file.name > a", "compares file.name, which is text, by size", 13],
  ["type: 'FILE", "has a ' that is not closed", 7],
  ["type: \"FILE'", 'has a " that is not closed', 7],
  ["type: `FILE", "has a ` that is not closed", 7],
  ['file.fullPath: "C:\\Temp\\"', 'has a " that is not closed', 16],
  ["(".repeat(1001), "is nested deeper than 1000 levels", 1002],
  ["(".repeat(5000), "is nested deeper than 1000 levels", 1002],
  ["not ".repeat(1001), "is nested deeper than 1000 levels", 4005],
];

const MOMENT = "a date, a date-time with a zone, or now";
/** Values that a field cannot have. */
const BAD_VALUES: readonly (readonly [
  filter: string,
  value: string,
  expected: string,
  at: number,
])[] = [
  ["event.datetime: yesterday", "yesterday", MOMENT, 17],
  ["event.datetime: 2025-02-30", "2025-02-30", MOMENT, 17],
  ["event.datetime: [2025-02-30T00:00:00Z..now]", "2025-02-30T00:00:00Z", MOMENT, 18],
  ["event.datetime: [now-7q..now]", "now-7q", MOMENT, 18],
  ["event.datetime: [' '..now]", " ", MOMENT, 18],
  ["event.datetime > 1769860800000", "1769860800000", MOMENT, 18],
  ["event.score: high", "high", "a number", 14],
  ["event.score: [1..ten]", "ten", "a number", 18],
  ["indicator.score >= 0x", "0x", "a number", 20],
];

const FILTERED = ["events", "events/count", "events/searchAfter", "asset/all", "asset/count"];

const BAD_ASSET_FIELDS = ["type", "event.datetime", "asset.agentIdd", "asset", "constructor"];

describe("an invalid filter is refused with 400, never ignored", () => {
  it("for events, for every mistake in it", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const [filter, what, at] of BAD) {
      const ask = () => qualysClient(mock).get("/ioc/events/count", { filter });
      const message = `Query/filter ${what}, at character ${at}`;
      expect(await refused(mock, ask), filter).toEqual(badRequest(message));
    }
    for (const [filter, value, expected, at] of BAD_VALUES) {
      const ask = () => qualysClient(mock).get("/ioc/events/count", { filter });
      const field = filter.slice(0, filter.search(/:| [<>]/));
      const message = `Query/filter compares ${field} with ${JSON.stringify(value)}, which is not ${expected}, at character ${at}`;
      expect(await refused(mock, ask), filter).toEqual(badRequest(message));
    }
  });

  it("for assets, where it has the fields of events", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const field of BAD_ASSET_FIELDS) {
      const ask = () => qualysClient(mock).get("/ioc/asset/count", { filter: `${field}: x` });
      expect(await refused(mock, ask)).toEqual(
        badRequest(`Query/filter has an unknown field, ${field}, at character 1`),
      );
    }
  });

  it.each(FILTERED)("by /ioc/%s, in both versions and wire forms", async (path) => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme", wire: "recorded" });
    for (const base of ["/ioc", "/ioc/v1"]) {
      const ask = (token: string) => () =>
        qualysClient(mock, token).get(`${base}/${path}`, { filter: "malware" });
      const expected = badRequest(`Query/filter ${MUST}, at character 1`);
      expect(await refused(mock, ask("fauxdr-token"))).toEqual(expected);
      expect(await refused(acme, ask("acme-token"))).toEqual(expected);
    }
  });
});

describe("parsing a filter", () => {
  const fields: Fields<object> = {
    "event.id": { kind: "text", read: () => "x" },
    "event.datetime": { kind: "number", read: () => 0 },
    type: { kind: "keyword", read: () => "FILE" },
  };

  /** Whether the text can be asked of a row; anything but a VendorError goes through. */
  const isUnderstood = (text: string): boolean => {
    try {
      return typeof (parseFilter(text, fields, 0)?.({}) ?? true) === "boolean";
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      expect(error.refusal).toMatchObject({ kind: "invalid", problem: { where: "query/filter" } });
      return false;
    }
  };

  const anyText = fc.string({ unit: "binary", maxLength: 2000 });
  const nearlyRight = fc
    .array(
      fc.constantFrom(
        ..."( ) [ ] ' \" ` , < >= = : .. not is null now-1d type event.id event.datetime constructor AND or FILE 1 -1e9 * \\ \u0000".split(
          " ",
        ),
        " ",
        "[1..2]",
        "2025-11-01T00:00:00Z",
        "type: FILE",
      ),
      { maxLength: 200 },
    )
    .map((parts) => parts.join(""));

  it("never fails with anything but a refusal", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearlyRight), (text) => void isUnderstood(text)),
      {
        numRuns: 2000,
      },
    );
  });

  /** As long as a request line can be: work that grows with the square of that would be felt, with its cube never end. */
  const LONG = 16_000;
  const repeated = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(..."a:( )['\".]`,*\\>"), maxLength: 6 }),
      fc.string({ unit: fc.constantFrom(..."a:( )['\".]`,*\\>"), minLength: 1, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom(..."a:( )['\".]`,*\\>"), maxLength: 6 }),
    )
    .map(([before, unit, after]) => before + unit.repeat(LONG / unit.length) + after);

  it("ends on long, repetitive texts", () => {
    fc.assert(
      fc.property(repeated, (text) => void isUnderstood(text)),
      { numRuns: 300 },
    );
  });

  const term = fc.oneof(
    fc.constantFrom("type: FILE", "TYPE:'file'", "event.id: x", "event.datetime: [-1..1]"),
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 8 },
      term,
      tie("expression").map((inner) => `(${inner})`),
      fc
        .tuple(tie("expression"), fc.constantFrom("AND", "or", "Or", "and"), tie("expression"))
        .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    ),
  }));

  it("accepts everything made of terms, AND, OR and parentheses", () => {
    fc.assert(fc.property(expression, isUnderstood));
  });
});
