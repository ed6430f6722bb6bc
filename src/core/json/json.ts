import { faultOf, type JsonFault, MAX_DEPTH } from "./json-fault.ts";

/** The value of a JSON text, or the first fault in it. Duplicate keys are a fault: readers disagree on which one counts. */
export function parseJson(text: string): { value: unknown } | { fault: JsonFault } {
  const quick = parseQuickly(text);
  if (quick) return quick;
  const fault = faultOf(text);
  return fault ? { fault } : { value: JSON.parse(text) };
}

/** The value of a JSON text as most readers see it: the last of two members of one name counts. Nothing where it is none. */
export function looseJson(text: string): unknown {
  if (colons(text) === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What V8 makes of a text, unless a key or the depth of it has to be looked at. Four times as quick as to look. */
function parseQuickly(text: string): { value: unknown } | undefined {
  const count = colons(text);
  // V8 takes seconds for a megabyte of brackets.
  if (count === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // Every member has its colon: where one is missing in the value, another one of that name has taken its place.
    return members(value) === count ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** How many members the objects of a value have, all together. It is no deeper than its text was found to be. */
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

/** The colons of a text of JSON that lie outside its strings; nothing where it nests too deep. */
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

/** Where the string that begins there has its closing quote, or the text its end. */
function endOfString(text: string, start: number): number {
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
/** A square bracket is a curly one without this bit. */
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
