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

/** A place inside a list or an object of a text, or after its value, before which the text has no fault. */
export interface Place {
  readonly at: number;
  /** How many lists and objects are open there. */
  readonly depth: number;
  readonly isList: boolean;
  /** Right after the bracket, after a comma, or after a value. */
  readonly after: "bracket" | "comma" | "value";
  /** Whether the object has a member of this name before the place. */
  readonly has: (name: string) => boolean;
}

/** The first fault in a JSON text, if it has one. With a place, only the rest of the innermost list or object is read. */
export function jsonFaultIn(text: string, place?: Place): JsonFault | undefined {
  const broken = check(text, place);
  return broken && locate(text, broken);
}

class Broken extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isHex = (unit: number): boolean =>
  isDigit(unit) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x66);
/** The characters that may follow a backslash, besides u. */
const ESCAPED: ReadonlySet<number> = new Set([...'"\\/bfnrt'].map((one) => one.charCodeAt(0)));
const LITERALS = ["true", "false", "null"];

/** Reads character codes and no patterns, because a body may have half a million numbers or escapes. */
function check(text: string, place?: Place): Broken | undefined {
  let at = 0;
  const fail = (message: string, where = at): never => {
    throw new Broken(where, message);
  };
  const space = (): number => {
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return unit;
      at++;
    }
  };
  const afterDigits = (from: number): number => {
    let end = from;
    while (isDigit(text.charCodeAt(end))) end++;
    return end;
  };
  /** False if no number begins here. */
  const number = (): boolean => {
    const start = text.charCodeAt(at) === MINUS ? at + 1 : at;
    let end = text.charCodeAt(start) === 0x30 ? start + 1 : afterDigits(start);
    if (end === start) return false;
    if (text.charCodeAt(end) === DOT) {
      const after = afterDigits(end + 1);
      if (after > end + 1) end = after;
    }
    if ((text.charCodeAt(end) | 0x20) === SMALL_E) {
      const sign = text.charCodeAt(end + 1);
      const first = sign === MINUS || sign === PLUS ? end + 2 : end + 1;
      const after = afterDigits(first);
      if (after > first) end = after;
    }
    at = end;
    return true;
  };
  const string = (): void => {
    const start = at++;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        at++;
        return;
      }
      if (unit === BACKSLASH) escaped(start);
      else if (unit < 0x20) fail("Invalid control character at");
      else if (unit >= 0x20) at++;
      else fail("Unterminated string starting at", start);
    }
  };
  const escaped = (start: number): void => {
    const unit = text.charCodeAt(at + 1);
    if (ESCAPED.has(unit)) {
      at += 2;
      return;
    }
    if (at + 1 >= text.length) fail("Unterminated string starting at", start);
    if (unit !== SMALL_U) fail("Invalid \\escape");
    let end = at + 2;
    while (end < at + 6 && isHex(text.charCodeAt(end))) end++;
    // As in Python, the four digits count only if something follows them.
    if (end < at + 6 || end === text.length) fail("Invalid \\uXXXX escape", at + 1);
    at = end;
  };
  const keyAt = (start: number, end: number): string => {
    const written = text.slice(start, end);
    return written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
  };
  const members = (depth: number): void => {
    at++;
    if (space() === CLOSE_OBJECT) at++;
    else nextMembers(depth);
  };
  const nextMembers = (depth: number, has?: Place["has"]): void => {
    // The first name is read only if there is a second: a body may consist of objects with one member.
    const firstStart = at;
    let firstEnd = -1;
    let seen: Set<string> | undefined;
    for (;;) {
      if (text.charCodeAt(at) !== QUOTE) fail("Expecting property name enclosed in double quotes");
      const start = at;
      string();
      if (firstEnd < 0 && !has) firstEnd = at;
      else {
        seen ??= new Set(has ? [] : [keyAt(firstStart, firstEnd)]);
        const key = keyAt(start, at);
        if (seen.has(key) || has?.(key))
          fail(`Duplicate property name ${JSON.stringify(key)}`, start);
        seen.add(key);
      }
      if (space() !== COLON) fail("Expecting ':' delimiter");
      at++;
      const next = value(depth + 1);
      if (next === CLOSE_OBJECT) break;
      if (next !== COMMA) fail("Expecting ',' delimiter");
      at++;
      space();
    }
    at++;
  };
  const elements = (depth: number): void => {
    at++;
    if (space() === CLOSE_LIST) at++;
    else nextElements(depth);
  };
  const nextElements = (depth: number): void => {
    for (;;) {
      const next = value(depth + 1);
      if (next === CLOSE_LIST) break;
      if (next !== COMMA) fail("Expecting ',' delimiter");
      at++;
    }
    at++;
  };
  /** Returns the first character after the value that is no white space. */
  const value = (depth: number): number => {
    const first = space();
    const isGroup = first === OPEN_OBJECT || first === OPEN_LIST;
    if (isGroup && depth === MAX_DEPTH) fail(`Nested deeper than ${MAX_DEPTH} levels`);
    if (first === QUOTE) string();
    else if (first === OPEN_OBJECT) members(depth);
    else if (first === OPEN_LIST) elements(depth);
    else if (!number()) {
      const literal = LITERALS.find((word) => text.startsWith(word, at));
      if (literal === undefined) fail("Expecting value");
      at += literal?.length ?? 0;
    }
    return space();
  };
  const resume = ({ at: from, depth, isList, after, has }: Place): void => {
    at = from;
    const next = space();
    if (depth === 0) {
      if (at < text.length) fail("Extra data");
      return;
    }
    if (after === "value") {
      if (next !== COMMA) fail("Expecting ',' delimiter");
      at++;
      space();
    } else if (after === "bracket" && next === (isList ? CLOSE_LIST : CLOSE_OBJECT)) return;
    if (isList) nextElements(depth - 1);
    else nextMembers(depth - 1, has);
  };
  try {
    if (place) {
      resume(place);
      return undefined;
    }
    if (text.startsWith("\ufeff")) fail("Unexpected UTF-8 BOM (decode using utf-8-sig)");
    value(0);
    if (at < text.length) fail("Extra data");
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
  return undefined;
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const SMALL_E = 0x65;
const SMALL_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Counts in code points: a pair of surrogates is one. */
function locate(text: string, { at: end, message }: Broken): JsonFault {
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    if ((unit & 0xfc00) === 0xd800 && at + 1 < end) {
      if ((text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) at++;
    }
    offset++;
    if (unit === 0x0a) {
      line++;
      lineStart = offset;
    }
  }
  const near = [...text.slice(end, end + 20)].slice(0, 10).join("");
  return { message, offset, line, column: offset - lineStart + 1, near };
}
