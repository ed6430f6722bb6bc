import { expect, it } from "vitest";
import { foldedText, skipSpaces } from "../../../src/server/also/folded-text.ts";

it.each([
  ["one line", "  a b\n", "a b", 6],
  ["several lines, joined by spaces", "  a\n  b\n  c\nd: 1\n", "a b c", 12],
  ["lines of a file without a last line break", "  a\n  b", "a b", 8],
  ["a hash and a colon", "  a: b\n  # c\n", "a: b # c", 13],
  ["lines before an empty line at the end of the file", "  a\n", "a", 4],
])("reads %s", (_, text, value, end) => {
  expect(foldedText(text, 0, 0)).toEqual({ value, end });
});

it.each([
  ["no line that is deeper", "a\n", 0],
  ["a line as deep as the block around it", "  a\n", 2],
  ["a line further right than the first", "  a\n    b\n", 0],
  ["a line further left that is deeper than the block", "    a\n  b\n", 1],
  ["an empty line between", "  a\n\n  b\n", 0],
  ["an empty line after the text", "  a\n\nb: 1\n", 0],
  ["a line of spaces", "  a\n    \n  b\n", 0],
  ["a space at the end of a line", "  a \n  b\n", 0],
])("leaves %s to the complete reader", (_, text, indent) => {
  expect(foldedText(text, 0, indent)).toBeUndefined();
});

it("finds the end of spaces", () => {
  expect(skipSpaces("a   b", 1)).toBe(4);
  expect(skipSpaces("ab", 1)).toBe(1);
  expect(skipSpaces("a  ", 1)).toBe(3);
});
