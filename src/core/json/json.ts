import { type JsonFault, jsonFaultIn, MAX_DEPTH } from "./json-fault.ts";

/** A JSON value, or the first fault of its text. `loose` is the value that parsers read which accept duplicate keys. */
export type Parsed =
  | { readonly value: unknown }
  | { readonly fault: JsonFault; readonly loose?: unknown };

/** Parses JSON, or returns its first fault. Duplicate keys are a fault, because parsers disagree on which one counts. */
export function parseJson(text: string): Parsed {
  const quick = parseQuickly(text);
  if (quick && "value" in quick) return quick;
  const fault = jsonFaultIn(text);
  return fault ? { fault, ...quick } : { value: JSON.parse(text) };
}

/** Parses JSON as most parsers do: the last of duplicate members counts. Undefined if it is invalid. */
export function looseJson(text: string): unknown {
  if (colons(text) === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Parses with V8, four times as fast as our own check, which must decide in all other cases: the value is `loose` if there
 * are duplicate keys.
 */
export function parseQuickly(text: string): { value: unknown } | { loose: unknown } | undefined {
  const count = colons(text);
  // V8 takes seconds for a megabyte of brackets.
  if (count === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // Each member has one colon. If the value has fewer members than colons, there were duplicate keys.
    return members(value) === count ? { value } : { loose: value };
  } catch {
    return undefined;
  }
}

/** The number of members of all objects in a value. The caller has checked its depth. */
function members(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) count += members(element);
    return count;
  }
  for (const key in value) count += 1 + members((value as Record<string, unknown>)[key]);
  return count;
}

/** The number of colons outside strings in a JSON text. Undefined if it nests too deep. */
function colons(text: string): number | undefined {
  let count = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === COLON) count++;
    else if ((unit | 0x20) === OPEN_OBJECT) {
      if (++depth > MAX_DEPTH) return undefined;
    } else if ((unit | 0x20) === CLOSE_OBJECT) depth--;
  }
  return count;
}

/** The index of the closing quote of the string at `start`, or the length of the text. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at;
    if (unit === BACKSLASH) at++;
  }
  return text.length;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** The bit that distinguishes a curly bracket from a square one. */
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
