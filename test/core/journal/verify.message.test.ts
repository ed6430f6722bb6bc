import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { type Expectation, readExpectation, verify } from "../../../src/core/journal/verify.ts";
import { journalOf, type Seen } from "../../support/exchanges.ts";

const added = (id: string, more: Seen = {}): Seen => ({ body: JSON.stringify({ id }), ...more });
const message = (seen: readonly Seen[], expectation: Expectation): string =>
  verify(journalOf(seen), expectation).message;

describe("the sentence", () => {
  it.each<[Expectation, string]>([
    [{ times: 1 }, "expected exactly 1 exchange, saw 2"],
    [{ operation: "x" }, "expected at least 1 x, saw 0"],
    [{ atLeast: 5, operation: "addDevice" }, "expected at least 5 addDevice, saw 2"],
    [{ atMost: 1 }, "expected at most 1 exchange, saw 2"],
    [{ atLeast: 3, atMost: 4 }, "expected 3 to 4 exchange, saw 2"],
    [
      { vendor: "acme", method: "PUT", operation: "x", status: 201 },
      "expected at least 1 acme PUT x 201, saw 0",
    ],
  ])("of %j is: %s", (expectation, sentence) => {
    expect(message([added("a"), added("b")], expectation).split("\n")[0]).toBe(sentence);
  });
});

describe("the nearest misses", () => {
  it("come with a line for every field that is off", () => {
    const seen = [added("a", { operation: "getDevice", status: 404, url: "/d?x=1" })];
    const expectation = {
      operation: "addDevice",
      status: 200,
      where: { "/id": "b", "query/x": { exists: false }, "header/y": "z" },
    };
    expect(message(seen, expectation)).toBe(
      [
        'expected at least 1 addDevice 200 (/id "b", query/x does not exist, header/y "z"), saw 0',
        "  #1 getDevice -> 404",
        "      operation: expected addDevice, was getDevice",
        "      status: expected 200, was 404",
        '      /id: expected "b", was "a"',
        '      query/x: expected nothing, was "1"',
        '      header/y: expected "z", was nothing',
      ].join("\n"),
    );
  });

  it("follow at most three of the matching ones", () => {
    const seen = ["1", "2", "3", "4", "5"].map((id) => added(id));
    expect(message(seen, { times: 1 }).split("\n")).toHaveLength(1 + 3);
  });

  it("are three, those with the fewest fields off first, then the oldest", () => {
    const near = { operation: "addDevice", method: "PUT" };
    const seen = [
      added("1", { operation: "x", method: "y" }),
      added("2", { method: "y" }),
      added("3", { operation: "x" }),
      added("4", { method: "PUT", operation: "x" }),
      added("5", { method: "z" }),
    ];
    const { nearest } = verify(journalOf(seen), near);
    expect(nearest.map(({ id, differences }) => [id, differences.length])).toEqual([
      [2, 1],
      [4, 1],
      [5, 1],
    ]);
  });

  it("follow the matching exchanges, which are too many", () => {
    expect(message([added("a"), added("b"), added("a")], { where: { "/id": "a" }, times: 1 })).toBe(
      [
        'expected exactly 1 exchange (/id "a"), saw 2',
        "  #1 addDevice -> 200",
        "  #3 addDevice -> 200",
        "  #2 addDevice -> 200",
        '      /id: expected "a", was "b"',
      ].join("\n"),
    );
  });

  it("are none where all is as expected", () => {
    expect(verify(journalOf([added("a"), added("b")]), { where: { "/id": "a" } })).toEqual({
      verdict: "passed",
      message: 'expected at least 1 exchange (/id "a"), saw 1',
      matched: [1],
      nearest: [],
    });
  });
});

describe("an expectation from outside", () => {
  it.each<[Expectation]>([
    [{}],
    [{ vendor: "v", operation: "o", method: "GET", principal: "p", fault: "delay", status: 200 }],
    [{ times: 0 }],
    [{ atLeast: 1, atMost: 2, where: { "/a": 1 } }],
    [{ inOrder: [{}, { operation: "o", where: {} }] }],
    [{ operation: undefined, where: undefined, times: undefined, inOrder: undefined } as never],
    [{ atLeast: 2, atMost: 2 }],
    [{ inOrder: [{}], times: undefined } as never],
  ])("%j is taken", (expectation) => {
    expect(readExpectation(expectation)).toBe(expectation);
  });

  const SHAPE = 'An expectation must be an object such as {"operation": "…", "times": 1}.';
  const FIELDS = "vendor, operation, method, principal, fault, status, where";
  const BOTH = 'An expectation takes either "times", or "atLeast" and "atMost", not both.';
  const LIST = '"inOrder" of an expectation must be an array of patterns.';
  const ALONE = 'An expectation with "inOrder" takes no other member.';

  it.each<[unknown, string]>([
    [undefined, SHAPE],
    [null, SHAPE],
    ["addDevice", SHAPE],
    [[], SHAPE],
    [
      { path: "/x" },
      `An expectation does not take "path": it takes ${FIELDS}, times, atLeast, atMost, inOrder.`,
    ],
    [{ toString: 1 }, 'An expectation does not take "toString"'],
    [{ vendor: 1 }, '"vendor" of an expectation must be a string.'],
    [{ operation: null }, '"operation" of an expectation must be a string.'],
    [{ method: ["GET"] }, '"method" of an expectation must be a string.'],
    [{ principal: 1 }, '"principal" of an expectation must be a string.'],
    [{ fault: {} }, '"fault" of an expectation must be a string.'],
    [{ status: "200" }, '"status" of an expectation must be a number.'],
    [{ status: 200.5 }, '"status" of an expectation must be a number.'],
    [{ times: -1 }, '"times" of an expectation must be a whole number.'],
    [{ times: "1" }, '"times" of an expectation must be a whole number.'],
    [{ atLeast: 0.5 }, '"atLeast" of an expectation must be a whole number.'],
    [{ atMost: null }, '"atMost" of an expectation must be a whole number.'],
    [{ times: 1, atLeast: 1 }, BOTH],
    [{ times: 1, atMost: 1 }, BOTH],
    [{ times: 0, atMost: 0 }, BOTH],
    [{ atLeast: 2, atMost: 1 }, '"atLeast" in an expectation must not be larger than "atMost".'],
    [{ where: [] }, '"where" of an expectation must be an object of conditions by place.'],
    [
      { where: { "/a": { exists: 1 } } },
      '"exists" of "/a" in "where" of an expectation must be true or false.',
    ],
    [{ inOrder: {} }, LIST],
    [{ inOrder: [] }, LIST],
    [{ inOrder: null }, LIST],
    [{ inOrder: [{}], times: 1 }, ALONE],
    [{ inOrder: [{}], operation: "o" }, ALONE],
    [{ inOrder: ["addDevice"] }, SHAPE],
    [{ inOrder: [{ times: 1 }] }, `An expectation does not take "times": it takes ${FIELDS}.`],
    [
      { inOrder: [{ inOrder: [{}] }] },
      `An expectation does not take "inOrder": it takes ${FIELDS}.`,
    ],
    [{ inOrder: [{}, { status: "x" }] }, '"status" of an expectation must be a number.'],
  ])("%j is refused", (expectation, sentence) => {
    expect(() => readExpectation(expectation)).toThrow(KitError);
    expect(() => readExpectation(expectation)).toThrow(sentence);
  });
});
