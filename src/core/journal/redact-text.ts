import type { Kind } from "./secret-names.ts";

/** What stands in the place of a secret. */
export const REDACTED = "[redacted]";
/** What stands in the place of something that nobody knows to be harmless. */
export const NOT_SHOWN = "[not shown]";

/** Whether a text has lost something to either. */
export const isHiddenIn = (text: string): boolean =>
  text.includes(REDACTED) || text.includes(NOT_SHOWN);

/** What a pass over a text has taken out of it. */
export class Taken {
  /** Values that stood where a credential does. */
  readonly credentials: string[] = [];
  /** Texts that nobody knows. */
  readonly unknown: string[] = [];
  readonly #isSecret: (text: string) => boolean;

  /** `isSecret`: whether one that is known already stands in a text. */
  constructor(isSecret: (text: string) => boolean = () => false) {
    this.#isSecret = isSecret;
  }

  /** More than can be looked for: then nothing of the request is sure to be harmless. */
  get isTooMuch(): boolean {
    return this.credentials.length > MOST_TAKEN || this.unknown.length > MOST_TAKEN;
  }

  /** Answers what stands in its place: what nobody knows may be a key in the wrong place. */
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

/** A presented value may be a sample's `string`: only a longer one is looked for in the rest of the exchange. */
const SHORTEST_TAKEN = 8;
const MOST_TAKEN = 24;

/** Parts of a text that give way to others, in order. */
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

  /** Where the last one ends. */
  get end(): number {
    return this.#at;
  }

  /** The text with them, up to `end`. */
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

/** Where a list or an object of JSON ends, strings in it left alone; the text's length where it does not. */
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

/** What a string of JSON holds, between its quotes; as it stands where that is no JSON. */
export function unescaped(inner: string): string {
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}

/** Undoes percent encoding and pluses, as far as they are right. */
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
 * Takes credentials out of prose, by name: of `"name": value`, in a JSON that may itself be in a string of JSON, and of
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
      // A string that is no such field may have parameters in it.
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

/** From where to read on after what may be the name of a field. */
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
  // It may have been the end of another string: then this one begins where it ended.
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

/** From where to read on after what may be the name of a parameter. */
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

/** Takes the strings and numbers of a piece of JSON, without the names in it. */
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
