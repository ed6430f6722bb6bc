import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VendorError } from "../../../src/core/errors.ts";
import { startMock } from "../../../src/index.ts";
import { parseFilter } from "../../../src/vendors/qualys/filter.ts";
import { CLOCK } from "../../support/qualys.ts";
import { qualysClient } from "../../support/qualys-client.ts";
import { badRequest, refused } from "../../support/qualys-refused.ts";

const MUST = "must be made of terms such as field: value";
const RANGE = "has a range that is not [from..to] of two moments or numbers";
const END = "continues after its end";
const UNREADABLE = "has a part that is not valid";
const DEEP = "is nested deeper than 64 levels";

/** Filters that no call understands, and what is wrong with them. */
const BAD: readonly (readonly [filter: string, what: string])[] = [
  ["malware", MUST],
  ["*", MUST],
  ["'type'", MUST],
  ["[1..2]", MUST],
  ["event.score > 5", MUST],
  ["NOT type: FILE", MUST],
  ["AND", MUST],
  ["AND type: FILE", MUST],
  ["type: FILE AND", MUST],
  ["type: FILE OR OR type: PROCESS", MUST],
  ["()", MUST],
  ["(", MUST],
  [")", MUST],
  [":", MUST],
  ["1type: FILE", MUST],
  ["type:", "has no value for type"],
  ["type: (FILE OR PROCESS)", "has no value for type"],
  ["type: action: CREATED", "has no value for type"],
  ["(type: FILE", "has a ( without a )"],
  ["(type: FILE type: PROCESS)", "has a ( without a )"],
  ["type: FILE)", END],
  ["type: FILE type: PROCESS", END],
  ["type: FILE, PROCESS", END],
  ["type: NOT FILE", END],
  ["type: FILE 'AND' type: FILE", END],
  ["event.nonsense: 1", "has an unknown field, event.nonsense"],
  ["constructor: x", "has an unknown field, constructor"],
  ["type: FILE AND toString: x", "has an unknown field, toString"],
  ["event.datetime: []", RANGE],
  ["event.datetime: [..]", RANGE],
  ["event.datetime: [2025-11-01T00:00:00Z]", RANGE],
  ["event.datetime: [2025-11-01T00:00:00Z..]", RANGE],
  ["event.datetime: [..2025-11-01T00:00:00Z]", RANGE],
  ["event.datetime: [1..2..3]", RANGE],
  ["event.datetime: [2025-02-30T00:00:00Z..2025-11-01T00:00:00Z]", RANGE],
  ["event.datetime: [yesterday..now]", RANGE],
  ["event.datetime: [now-7d..now]", RANGE],
  ["event.datetime: [' '..' ']", RANGE],
  ["type: 'FILE", UNREADABLE],
  ["type: \"FILE'", UNREADABLE],
  ["event.datetime: [1..2", UNREADABLE],
  ["type: FILE ]", UNREADABLE],
  ["(".repeat(65), DEEP],
  [`${"(".repeat(65)}type: FILE${")".repeat(65)}`, DEEP],
  ["(".repeat(5000), DEEP],
];

const FILTERED = ["events", "events/count", "events/searchAfter", "asset/all", "asset/count"];

const BAD_ASSET_FIELDS = ["type", "event.datetime", "asset.agentIdd", "asset", "constructor"];

describe("an invalid filter is refused with 400, never ignored", () => {
  it("for events, whatever is wrong with it", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const [filter, what] of BAD) {
      const ask = () => qualysClient(mock).get("/ioc/events/count", { filter });
      expect(await refused(mock, ask), filter).toEqual(badRequest(`Query/filter ${what}`));
    }
  });

  it("for assets, where it has the fields of events", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const field of BAD_ASSET_FIELDS) {
      const ask = () => qualysClient(mock).get("/ioc/asset/count", { filter: `${field}: x` });
      expect(await refused(mock, ask)).toEqual(
        badRequest(`Query/filter has an unknown field, ${field}`),
      );
    }
  });

  it.each(FILTERED)("by /ioc/%s, in both versions and dialects", async (path) => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme", dialect: "observed" });
    for (const base of ["/ioc", "/ioc/v1"]) {
      const ask = (token: string) => () =>
        qualysClient(mock, token).get(`${base}/${path}`, { filter: "malware" });
      const expected = badRequest(`Query/filter ${MUST}`);
      expect(await refused(mock, ask("fauxdr-token"))).toEqual(expected);
      expect(await refused(acme, ask("acme-token"))).toEqual(expected);
    }
  });
});

describe("parsing a filter", () => {
  const fields = { "event.id": () => "x", "event.datetime": () => 0, type: () => "FILE" };

  /** Whether the text can be asked of a row; anything but a VendorError goes through. */
  const isUnderstood = (text: string): boolean => {
    try {
      return typeof parseFilter(text, fields)({}) === "boolean";
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
        ..."( ) [ ] ' \" : .. type event.id event.datetime constructor AND or FILE 1 -1e9 * \\ \u0000".split(
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
      fc.string({ unit: fc.constantFrom(..."a:( )['\".]"), maxLength: 6 }),
      fc.string({ unit: fc.constantFrom(..."a:( )['\".]"), minLength: 1, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom(..."a:( )['\".]"), maxLength: 6 }),
    )
    .map(([before, unit, after]) => before + unit.repeat(LONG / unit.length) + after);

  it("ends on long, repetitive texts", { timeout: 30_000 }, () => {
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
