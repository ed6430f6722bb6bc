import { looseJson } from "./json.ts";

/**
 * An integer with fewer digits than this always fits into a number. In JSON a number is at the beginning or after one
 * of these characters. A match inside a string only costs time.
 */
const MANY_DIGITS = /(?:^|[\s:,[])-?\d{16}/;

/** A string or a number in a JSON text. Only for valid JSON: in other texts it may look far ahead. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Whether an integer in a text may not fit into a number. */
export const hasManyDigits = (text: string): boolean => MANY_DIGITS.test(text);

/**
 * Parses JSON without losing digits: an integer that does not fit into a number becomes a string of its digits.
 * `JSON.parse` turns 9007199254740993 into 9007199254740992. Throws what `JSON.parse` throws.
 */
export const parseExactly = (text: string): unknown => exactly(text, JSON.parse(text));

/** The same for a text that is already parsed. Returns `value` itself if it lost no digits. */
export function exactly(text: string, value: unknown): unknown {
  if (!hasManyDigits(text)) return value;
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (part) => (isInexact(part) ? `"${part}"` : part)),
  );
}

const isInexact = (part: string): boolean =>
  /^-?\d+$/.test(part) && (part.length > MOST_DIGITS || BigInt(part) !== BigInt(Number(part)));

/** Reading a million digits takes long, and a number with more than 308 digits is infinite. */
const MOST_DIGITS = 40;

/** The same for any text, as `looseJson` reads it. Undefined if it is invalid. */
export function looseExactly(text: string): unknown {
  const value = looseJson(text);
  return value === undefined ? undefined : exactly(text, value);
}
