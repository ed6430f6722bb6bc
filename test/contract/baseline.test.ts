import { describe, expect, it } from "vitest";
import { measure, readBaseline, writeBaseline } from "../../src/contract/baseline.ts";
import { failed, finding, result } from "../support/results.ts";

const LOOSE = { failOn: "must" as const, all: true };

describe("writing", () => {
  it("lists the failures by name, sorted, each rule once, in the same bytes", () => {
    const results = [failed("b", "y", "x", "x"), result({ id: "p" }), failed("a", "x")];
    const text = writeBaseline(results, "must");
    expect(text).toBe(
      '{\n  "failures": {\n    "a (document)": [\n      "x"\n    ],\n    "b (document)": [\n      "x",\n      "y"\n    ]\n  }\n}\n',
    );
    expect(writeBaseline(results.toReversed(), "must")).toBe(text);
  });

  it("lists only what counts: a should where it is strict", () => {
    const weak = finding({ rule: "weak", severity: "should" });
    const both = result({ outcome: "fail", findings: [finding(), weak] });
    expect(writeBaseline([both], "must")).not.toContain("weak");
    expect(writeBaseline([both], "should")).toContain("weak");
  });

  it("does not list what could not be tested", () => {
    expect(writeBaseline([result({ outcome: "inconclusive" })], "must")).toBe(
      '{\n  "failures": {}\n}\n',
    );
  });

  it("keeps the order of wire forms of one name", () => {
    const results = ["recorded", "document"].map((wire) => ({
      ...failed("a", "x"),
      wire: wire as "recorded",
    }));
    expect(Object.keys(JSON.parse(writeBaseline(results, "must")).failures)).toEqual([
      "a (document)",
      "a (recorded)",
    ]);
  });

  it("can be read again", () => {
    const results = [failed("a", "x", "y")];
    const baseline = readBaseline(writeBaseline(results, "must"), "f");
    expect(measure(results, baseline, LOOSE)).toEqual({ known: new Set(results), stale: [] });
  });
});

it.each([
  "",
  "[]",
  "7",
  "null",
  "{}",
  '{"failures": []}',
  '{"failures": {"a": "x"}}',
  '{"failures": {"a": [1]}}',
  '{"failures": {"a": ["x", 1]}}',
  '{"failures": {"a": ["x"], "b": "y"}}',
  '{"failures": null}',
  '{"failures": "x"}',
  '"x"',
])("%j is not a baseline, and the sentence says how to get one", (text) => {
  expect(() => readBaseline(text, "known.json")).toThrow(
    /^known\.json is not a baseline: .*--write-baseline\.$/,
  );
});

describe("measuring", () => {
  const known = (results: Parameters<typeof measure>[0], baseline: object, all = true) => {
    const measured = measure(results, baseline as never, { failOn: "must" as const, all });
    return [[...measured.known].map(({ id }) => id), measured.stale];
  };

  it("knows a failure that is listed", () => {
    expect(known([failed("a", "x")], { "a (document)": ["x"] })).toEqual([["a"], []]);
  });

  it("does not know one that is not listed", () => {
    expect(known([failed("a", "x")], {})).toEqual([[], []]);
  });

  it("does not know one of the other wire form", () => {
    expect(known([failed("a", "x")], { "a (recorded)": ["x"] })).toEqual([
      [],
      ["a (recorded): there is no such case"],
    ]);
  });

  it("does not know a listed case that breaks another rule as well", () => {
    expect(known([failed("a", "x", "y")], { "a (document)": ["x"] })).toEqual([[], []]);
  });

  it("reports a passed entry as stale", () => {
    expect(known([result({ id: "a" })], { "a (document)": ["x"] })).toEqual([
      [],
      ["a (document): x"],
    ]);
  });

  it("reports the rule that is now kept as stale", () => {
    expect(known([failed("a", "x")], { "a (document)": ["x", "y"] })).toEqual([
      ["a"],
      ["a (document): y"],
    ]);
  });

  it("reports an unknown case as stale, unless cases were left out", () => {
    expect(known([], { "gone (document)": ["x"] })[1]).toEqual([
      "gone (document): there is no such case",
    ]);
    expect(known([], { "gone (document)": ["x"] }, false)[1]).toEqual([]);
  });

  it("says nothing of a listed case that could not be tested", () => {
    const untold = result({ id: "a", outcome: "inconclusive" });
    expect(known([untold], { "a (document)": ["x"] })).toEqual([[], []]);
  });
});
