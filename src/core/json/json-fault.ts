/** Where and why a text is not JSON that a vendor would accept. */
export interface JsonFault {
  /** What was expected. Worded as by Python's `json` module, if it reports this fault. */
  readonly message: string;
  /** Number of code points before the fault. */
  readonly offset: number;
  /** Counted from 1, like the column. */
  readonly line: number;
  readonly column: number;
  /** Up to ten characters from the fault on. Empty at the end of the text. */
  readonly near: string;
}

/** More than any request of a vendor needs. Deeper nesting is an attack on a parser. */
export const MAX_DEPTH = 64;

/** The first fault in a JSON text, if it has one. */
export function jsonFaultIn(text: string): JsonFault | undefined {
  const broken = check(text);
  return broken && locate(text, broken);
}

class Broken extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// As in Python, the four digits match only if something follows them. Otherwise the string is reported as unterminated.
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}(?!$))/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings cannot hold control characters
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const LITERALS = ["true", "false", "null"];

function check(text: string): Broken | undefined {
  let at = 0;
  const fail = (message: string, where = at): never => {
    throw new Broken(where, message);
  };
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  /** A loop, because a pattern takes three times as long for one character, and there may be a million. */
  const space = (): void => {
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      at++;
    }
  };
  /** A whole number without sign, or nothing. Most numbers are, and there may be half a million of them. */
  const digits = (): boolean => {
    let end = at;
    while (isDigit(text.charCodeAt(end))) end++;
    const next = text.charCodeAt(end) | 0x20;
    if (end === at || text.charCodeAt(at) === 0x30 || next === 0x2e || next === 0x65) return false;
    at = end;
    return true;
  };
  const string = (): string => {
    const start = at++;
    for (;;) {
      skip(PLAIN);
      const stop = text[at];
      if (stop === '"') return text.slice(start, ++at);
      const escaped = stop === "\\" ? text[at + 1] : stop;
      if (escaped === undefined) fail("Unterminated string starting at", start);
      if (stop !== "\\") fail("Invalid control character at");
      if (skip(ESCAPE)) continue;
      if (escaped === "u") fail("Invalid \\uXXXX escape", at + 1);
      fail("Invalid \\escape");
    }
  };
  const members = (depth: number): void => {
    let only: string | undefined;
    let seen: Set<string> | undefined;
    at++;
    space();
    if (text[at] === "}") {
      at++;
      return;
    }
    for (;;) {
      if (text[at] !== '"') fail("Expecting property name enclosed in double quotes");
      const start = at;
      const written = string();
      const key = written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
      if (key === only || seen?.has(key)) {
        fail(`Duplicate property name ${JSON.stringify(key)}`, start);
      }
      // An expensive body consists of many objects with one member.
      if (only === undefined) only = key;
      else seen = (seen ?? new Set()).add(key);
      space();
      if (text[at] !== ":") fail("Expecting ':' delimiter");
      at++;
      value(depth + 1);
      if (text[at] === "}") break;
      if (text[at] !== ",") fail("Expecting ',' delimiter");
      at++;
      space();
    }
    at++;
  };
  const elements = (depth: number): void => {
    at++;
    space();
    if (text[at] === "]") {
      at++;
      return;
    }
    for (;;) {
      value(depth + 1);
      if (text[at] === "]") break;
      if (text[at] !== ",") fail("Expecting ',' delimiter");
      at++;
    }
    at++;
  };
  const value = (depth: number): void => {
    space();
    const first = text[at];
    if ((first === "{" || first === "[") && depth === MAX_DEPTH) {
      fail(`Nested deeper than ${MAX_DEPTH} levels`);
    }
    if (first === '"') string();
    else if (first === "{") members(depth);
    else if (first === "[") elements(depth);
    else if (!digits() && !skip(NUMBER)) {
      const literal = LITERALS.find((word) => text.startsWith(word, at));
      if (literal === undefined) fail("Expecting value");
      at += literal?.length ?? 0;
    }
    space();
  };
  try {
    if (text.startsWith("\ufeff")) fail("Unexpected UTF-8 BOM (decode using utf-8-sig)");
    value(0);
    if (at < text.length) fail("Extra data");
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
  return undefined;
}

function locate(text: string, { at, message }: Broken): JsonFault {
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  let line = 1;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < at; feed = text.indexOf("\n", feed + 1)) {
    line++;
  }
  return {
    message,
    offset: codePoints(text, 0, at),
    line,
    column: codePoints(text, at === 0 ? 0 : lineStart, at) + 1,
    near: [...text.slice(at, at + 20)].slice(0, 10).join(""),
  };
}

/** How many there are between two places; a pair of surrogates is one. */
function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const isPair =
      (text.charCodeAt(at) & 0xfc00) === 0xd800 &&
      at + 1 < end &&
      (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (isPair) at++;
    count++;
  }
  return count;
}
