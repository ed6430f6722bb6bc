import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pythonJson } from "../../../src/vendors/cortex/python.ts";
import { pathOf } from "../../support/programs.ts";

const PROGRAM =
  "import json, sys; print(json.dumps([json.dumps(v) for v in json.load(sys.stdin)]))";

/** How Python writes each value. */
const dumped = (values: readonly unknown[]): string[] =>
  JSON.parse(
    execFileSync(pathOf("Python"), ["-c", PROGRAM], {
      input: pythonJson(values),
      maxBuffer: 64 * 1024 * 1024,
    }).toString(),
  );

const VALUES: readonly unknown[] = [
  {},
  [],
  "",
  null,
  true,
  false,
  0,
  -1,
  400,
  1.5,
  [1, [2, []], {}],
  { a: 1, b: [true, null], "": {} },
  { reply: { err_code: 401, err_msg: "Public API request unauthorized", err_extra: null } },
  'quotes " and \\ and /',
  "\u0000\b\t\n\f\r\u001f ~\u007f\u0080",
  "é文😀\u2028\u2029\ufeff",
  "\ud800",
  { "größe, {x}: [y]": "a, b: c" },
];

describe("JSON as Python writes it", () => {
  it.each(VALUES.map((value) => [value]))("is %j, letter by letter", (value) => {
    expect([pythonJson(value)]).toEqual(dumped([value]));
  });

  it("is what Python writes for any value", () => {
    const text = fc.string({ unit: "binary" });
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.integer(),
        text,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4 }),
      ),
    }));
    const values = fc.sample(value, 500);
    expect(values.map(pythonJson)).toEqual(dumped(values));
  });

  it("holds only ASCII, and parses to the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = pythonJson(value);
        expect(written).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
