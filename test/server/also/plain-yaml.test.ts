/// <reference path="../../../src/server/also/js-yaml.d.ts" />
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { CORE_SCHEMA, dump, load } from "js-yaml";
import { expect, it } from "vitest";
import { readPlainYaml } from "../../../src/server/also/plain-yaml.ts";

const complete = (text: string, maxDepth = 100): unknown =>
  load(text, { schema: CORE_SCHEMA, maxDepth });

/** Undefined if the complete reader finds an error. */
function expected(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: complete(text) };
  } catch {
    return undefined;
  }
}

const plainly = (text: string) => readPlainYaml(text, complete);

const specs = new URL("../../../specs/", import.meta.url);

// As a program writes it: those of the repository have anchors.
it.each(readdirSync(specs))("reads the document of %s as the complete reader", (name) => {
  const document = complete(readFileSync(new URL(`${name}/openapi.yaml`, specs), "utf8"));
  const style = { schema: CORE_SCHEMA, lineWidth: 80, noRefs: true, quotingType: '"' } as const;
  expect(plainly(dump(document, style))).toEqual({ value: document });
});

it.each([
  "a: 1\nb: text with :colon#s\nc:\n- x\n- y\n",
  "# first\n\n---\na: b # end\n\n# last\n",
  "a:\n  - b: 1\n    c: 2\n  -\n    - d\n  - - e\n    - {f: 1, g: [2, 3]}\nh:\n",
  "a: >-\n  folded\n  text\n\nb: |+\n  # no comment\n  kept\n\n\nc: d",
  "a: one\n  two\n  # no more\nb: 'it''s'\n\"c d\": \"\\u0041\"\n'200': x\n404: y\n/a:b: c\n0f: d\n2024-01-01T00:00:00Z: e\n",
  "a:\n  b: |\n  # no text\n  c: 1\nd: |\n  # text\n# none\n",
  "a: ~\nb: null\nc: True\nd: 0x1F\ne: 1.5\nf: 3.0.3\ng: 2024-01-31\nh: -1\ni: 1e3\nj: .inf\nk: 012\n",
  "a: \u00e9 \u{1f600}\nb: 'x: y'\nc: http://x.y/z?a=b\nd: []\ne: {}\nf: true\n",
])("reads %j as the complete reader", (text) => {
  expect(plainly(text)).toEqual(expected(text));
  expect(plainly(text)).toBeDefined();
});

it.each([
  ["an anchor", "a: &x\n  b: 1\nc: *x\n"],
  ["a tag", "a: !!str 1\n"],
  ["a repeated key", "a: 1\na: 2\n"],
  ["a key that no object can have", "__proto__: 1\n"],
  ["a tab", "a:\n\tb: 1\n"],
  ["a null byte", "a: \0\n"],
  ["a wrong column", "a:\n    b: 1\n  c: 2\n"],
  ["a column to the right", "a: 1\n  b: 2\n"],
  ["two documents", "a: 1\n---\nb: 2\n"],
  ["a bracket without an end", "a: [1\nb: 2\n"],
  ["a quote without an end", "a: 'b\nc: d\n"],
  ["a second colon", "a: b: c\n"],
  ["no key", "a: 1\nb\n"],
  ["a text that counts its column", "a:\n  b: |2\n      c\n"],
  ["a null as a key", "null: 1\n"],
  ["a number as a key", "0x10: 1\n"],
  ["a text that ends at a comment", "a:\n  b: |\n    c\n  # d\n    e\n"],
  ["no content", "# nothing\n"],
  ["lists in each other, too deep", `a:\n  ${"- ".repeat(60)}b\n`],
  ["brackets in each other, too deep", `a: ${"[".repeat(60)}${"]".repeat(60)}\n`],
])("leaves %s to the complete reader", (_what, text) => {
  expect(plainly(text)).toBeUndefined();
});

const word = fc.oneof(
  fc.constantFrom("", " ", "a", "null", "true", "1", "0", "-1", "1.5", "#", "# x", ":", "- a", "|"),
  fc.constantFrom(
    "a: b",
    "a #b",
    "a:",
    "'",
    '"',
    "[",
    "{}",
    "&a",
    "*a",
    "!",
    "~",
    "a\nb",
    "a\n\n",
    "?",
  ),
  fc.string({ maxLength: 30 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    word,
    fc.constantFrom(null, true, false, 0, 200, 1.5),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(word, tie("tree"), { maxKeys: 3 }),
  ),
}));
const style = fc.record({
  schema: fc.constant(CORE_SCHEMA),
  lineWidth: fc.constantFrom(-1, 10, 80),
  noRefs: fc.constant(true),
  quotingType: fc.constant('"' as const),
});

it("never reads another value than the complete reader does", () => {
  const cut = fc.record({ at: fc.nat(400), length: fc.nat(3), put: word });
  fc.assert(
    fc.property(tree, style, fc.option(cut), (value, options, edit) => {
      const whole = dump(value, options);
      const text = edit
        ? whole.slice(0, edit.at) + edit.put + whole.slice(edit.at + edit.length)
        : whole;
      const plain = plainly(text);
      if (plain) expect({ text, ...plain }).toEqual({ text, ...expected(text) });
    }),
    { numRuns: 500 },
  );
});
