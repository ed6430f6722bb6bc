import type { Kind } from "./secret-names.ts";

/** Replaces a secret. */
export const REDACTED = "[redacted]";
/** Replaces a value that is not known to be harmless. */
export const NOT_SHOWN = "[not shown]";

/** Whether something in a text was replaced by either. */
export const isHiddenIn = (text: string): boolean =>
  text.includes(REDACTED) || text.includes(NOT_SHOWN);

/** The values that were removed from a text. */
export class Taken {
  /** Values in the place of a credential. */
  readonly credentials: string[] = [];
  /** Values under unknown names. */
  readonly unknown: string[] = [];
  readonly #isSecret: (text: string) => boolean;

  /** `isSecret`: whether a text contains a known secret. */
  constructor(isSecret: (text: string) => boolean = () => false) {
    this.#isSecret = isSecret;
  }

  /** More values than the search can handle, so nothing of the request may be shown. */
  get isTooMuch(): boolean {
    return this.credentials.length > MOST_TAKEN || this.unknown.length > MOST_TAKEN;
  }

  /** Returns the replacement. A value under an unknown name may be a key in the wrong place. */
  replace(kind: Kind, value: string): string {
    this.take(kind, value);
    return this.mark(kind, value);
  }

  mark(kind: Kind, value: string): string {
    return kind === "credential" || this.#isSecret(value) ? REDACTED : NOT_SHOWN;
  }

  take(kind: Kind, value: string): void {
    const into = kind === "credential" ? this.credentials : this.unknown;
    if (value.length >= SHORTEST_TAKEN && into.length <= MOST_TAKEN && !into.includes(value)) {
      into.push(value);
    }
  }
}

/** A value may be a sample's `string`, so only a longer one is searched for in the rest of the exchange. */
const SHORTEST_TAKEN = 8;
const MOST_TAKEN = 24;

/** Replacements in a text, in order. */
export class Edits {
  readonly #text: string;
  readonly #parts: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  replace(start: number, end: number, by: string): void {
    if (start < this.#at) return;
    this.#parts.push(this.#text.slice(this.#at, start), by);
    this.#at = end;
  }

  /** Where the last replacement ends. */
  get end(): number {
    return this.#at;
  }

  /** The text with its replacements, up to `end`. */
  done(end: number = this.#text.length): string {
    if (this.#at === 0) return end === this.#text.length ? this.#text : this.#text.slice(0, end);
    return this.#parts.join("") + this.#text.slice(this.#at, Math.max(this.#at, end));
  }
}

/** The closing quote of the JSON string that begins at `start`, or the text's length. `level`: backslashes before it. */
export function stringEnd(text: string, start: number, level = 0): number {
  const step = 2 * (level + 1);
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let run = 0;
    while (run < at - start - 1 && text.charCodeAt(at - 1 - run) === BACKSLASH) run++;
    if (run >= level && (run - level) % step === 0) return at;
  }
  return text.length;
}

/** Where a JSON list or object ends, ignoring brackets in strings. The text's length if it does not end. */
export function groupEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return text.length;
}

/** The value of a JSON string without its quotes. Unchanged if it is not valid JSON. */
export function unescaped(inner: string): string {
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}

/** Undoes percent encoding and pluses. Invalid percent encoding stays as it is. */
export function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return unescape(spaced);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = /\s*/y;
const SCALAR = /[\w.+-]*/y;
const VALUE = /[^&#?\s"'<>;,\\]*/y;
const NAME_CHARACTER = /[\w.%+[\]-]/;

const reach = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
};

/**
 * Removes credentials from free text, by name: from `"name": value`, also in JSON within a JSON string, and from
 * `name=value`. Reads each character at most three times.
 */
export function redactProse(text: string, judge: (name: string) => Kind, taken: Taken): string {
  if (!text.includes("=") && !text.includes(":")) return text;
  const edits = new Edits(text);
  const next = { quote: -2, equals: -2 };
  for (let at = 0; ; ) {
    if (next.quote !== -1 && next.quote < at) next.quote = text.indexOf('"', at);
    if (next.equals !== -1 && next.equals < at) next.equals = text.indexOf("=", at);
    const { quote, equals } = next;
    if (quote < 0 && equals < 0) break;
    if (equals < 0 || (quote >= 0 && quote < equals)) {
      const before = edits.end;
      const after = field(text, quote, judge, taken, edits);
      // A string that is not a credential's field may contain parameters.
      let from = quote;
      for (let inner = equals; edits.end === before || from > quote; ) {
        if (inner < 0 || inner >= after) break;
        from = parameter(text, inner, from, judge, taken, edits);
        inner = text.indexOf("=", from);
      }
      at = Math.max(after, edits.end);
    } else at = parameter(text, equals, at, judge, taken, edits);
  }
  return edits.done();
}

/** Handles a possible field, and returns where to continue. */
function field(
  text: string,
  start: number,
  judge: (name: string) => Kind,
  taken: Taken,
  edits: Edits,
): number {
  let level = 0;
  while (text.charCodeAt(start - 1 - level) === BACKSLASH) level++;
  const end = stringEnd(text, start, level);
  if (end === text.length) return start + 1;
  let at = reach(SPACE, text, end + 1);
  // This may be the closing quote of another string: then the next string begins here.
  if (text[at] !== ":") return end > start + 1 ? end : end + 1;
  at = reach(SPACE, text, at + 1);
  const name = unescaped(text.slice(start + 1, end - level));
  if (judge(name) !== "credential") return end + 1;
  const before = "\\".repeat(level);
  if (text.startsWith(`${before}"`, at)) {
    const from = at + level;
    const stop = stringEnd(text, from, level);
    if (stop < text.length) {
      taken.take("credential", unescaped(text.slice(from + 1, stop - level)));
    }
    const isWhole = stop < text.length;
    edits.replace(at, isWhole ? stop + 1 : stop, `${before}"${REDACTED}${before}"`);
    return isWhole ? stop + 1 : stop;
  }
  if (text[at] === "{" || text[at] === "[") {
    const stop = groupEnd(text, at);
    takeStrings(text.slice(at, stop), "credential", taken);
    edits.replace(at, stop, `${before}"${REDACTED}${before}"`);
    return stop;
  }
  const stop = reach(SCALAR, text, at);
  if (stop === at || !/^[-\d]/.test(text.slice(at, at + 1))) return at;
  taken.take("credential", text.slice(at, stop));
  edits.replace(at, stop, `${before}"${REDACTED}${before}"`);
  return stop;
}

const LONGEST_NAME = 64;

/** Handles a possible parameter, and returns where to continue. */
function parameter(
  text: string,
  equals: number,
  from: number,
  judge: (name: string) => Kind,
  taken: Taken,
  edits: Edits,
): number {
  const least = Math.max(from, equals - LONGEST_NAME);
  let start = equals;
  while (start > least && NAME_CHARACTER.test(text[start - 1] as string)) start--;
  if (start === equals || judge(decoded(text.slice(start, equals))) !== "credential") {
    return equals + 1;
  }
  const stop = reach(VALUE, text, equals + 1);
  taken.take("credential", decoded(text.slice(equals + 1, stop)));
  edits.replace(equals + 1, stop, REDACTED);
  return Math.max(stop, equals + 1);
}

/** Collects the strings and numbers in JSON, without its names. */
export function takeStrings(text: string, kind: Kind, taken: Taken): void {
  for (let at = 0; at < text.length && !taken.isTooMuch; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end === text.length) return;
      const after = reach(SPACE, text, end + 1);
      if (text[after] !== ":") taken.take(kind, unescaped(text.slice(at + 1, end)));
      at = end;
    } else if ((code >= 0x30 && code <= 0x39) || code === 0x2d) {
      const end = reach(SCALAR, text, at);
      taken.take(kind, text.slice(at, end));
      at = Math.max(at, end - 1);
    }
  }
}
