import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal, simpleForm } from "../../../src/core/journal/normal-form.ts";

/** Texts as they are written: plain, in JSON, in JSON within JSON, in a URL, in a form. */
const piece = fc.constantFrom(
  ..."aZ9 -_\"'/:{}[],.=&",
  ..."\\ \\\\ \\n \\t \\x \\u \\u0041 \\\\u0041 %41 %2541 % + é 😀 \n \t".split(" "),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("the quick form of a text", () => {
  test("is the normal form, or none", () => {
    fc.assert(
      fc.property(text, (one) => {
        const quick = simpleForm(one, true);
        if (quick !== undefined) expect(quick).toBe(normal(one).form);
      }),
    );
  });

  test.each([["plain"], ['{"path":"C:\\\\Temp\\\\x"}'], ["C:\\Temp"], ["ends with \\"]])(
    "is there for %j",
    (one) => {
      expect(simpleForm(one, true)).toBe(normal(one).form);
    },
  );

  test.each([["a%41"], ["a+b"], ["\\u0041"], ["é"], ["two\nlines"]])(
    "is not there for %j",
    (one) => {
      expect(simpleForm(one, true)).toBeUndefined();
    },
  );
});
