import { MAX_DEPTH } from "../json/json-fault.ts";
import {
  Edits,
  groupEnd,
  NOT_SHOWN,
  redactProse,
  stringEnd,
  type Taken,
  takeStrings,
  unescaped,
} from "./redact-text.ts";
import { isWord, type Kind } from "./secret-names.ts";

/** How names are judged: those of fields, and those in texts that people wrote. */
export interface Judges {
  readonly parameter: (name: string) => Kind;
  readonly field: (name: string) => Kind;
  readonly prose: (name: string) => Kind;
}

/** What is left of a body, and how far it could be read. */
export interface Pass {
  readonly text: string;
  /** Where it stopped being what it was read as; the length of what came in where it was so to its end. */
  readonly end: number;
}

/**
 * Takes out of JSON what its names do not show to be harmless, in place, so that all the rest stays as it was sent. It may
 * break off. Reads each character a few times at most, and goes no deeper than a body that is accepted.
 */
export function redactJson(text: string, judges: Judges, taken: Taken, level = 0): Pass {
  const reader = new JsonReader(text, judges, taken, level);
  reader.value(0, judges.field("") !== "unknown");
  reader.space();
  return { text: reader.edits.done(reader.at), end: reader.at };
}

class JsonReader {
  readonly edits: Edits;
  at = 0;
  readonly #text: string;
  readonly #judges: Judges;
  readonly #taken: Taken;
  /** How many texts of JSON it lies in. */
  readonly #level: number;
  /** Whether any string needs to be looked into. */
  readonly #hasMore: boolean;

  constructor(text: string, judges: Judges, taken: Taken, level: number) {
    this.#level = level;
    this.#text = text;
    this.#judges = judges;
    this.#taken = taken;
    this.edits = new Edits(text);
    this.#hasMore = text.includes("=") || text.includes("\\");
  }

  /** False where what comes is no JSON: then nothing behind it is read. `isShown`: it stands under a name that is known. */
  value(depth: number, isShown: boolean): boolean {
    this.space();
    const code = this.#text.charCodeAt(this.at);
    if (code === QUOTE) return this.#string(isShown);
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (depth === MAX_DEPTH) return false;
      return code === OPEN_OBJECT ? this.#members(depth) : this.#elements(depth, isShown);
    }
    return this.#scalar(isShown);
  }

  space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  #members(depth: number): boolean {
    const text = this.#text;
    this.at++;
    this.space();
    if (text.charCodeAt(this.at) === CLOSE_OBJECT) return this.#skip();
    for (;;) {
      if (text.charCodeAt(this.at) !== QUOTE) return false;
      const start = this.at;
      const end = stringEnd(text, start);
      if (end === text.length) {
        // It breaks off in a name.
        if (isWord(text.slice(start + 1))) this.at = end;
        return false;
      }
      const name = unescaped(text.slice(start + 1, end));
      const kind = this.#judges.field(name);
      if (kind === "unknown" && !isWord(name)) {
        this.edits.replace(start + 1, end, this.#taken.replace(kind, name));
      }
      this.at = end + 1;
      this.space();
      if (text.charCodeAt(this.at) !== COLON) return false;
      this.at++;
      const isRead = kind === "shown" ? this.value(depth + 1, true) : this.#hidden(kind);
      if (!isRead) return false;
      this.space();
      const next = text.charCodeAt(this.at);
      if (next === CLOSE_OBJECT) return this.#skip();
      if (next !== COMMA) return false;
      this.at++;
      this.space();
    }
  }

  #elements(depth: number, isShown: boolean): boolean {
    this.at++;
    this.space();
    if (this.#text.charCodeAt(this.at) === CLOSE_LIST) return this.#skip();
    for (;;) {
      if (!this.value(depth + 1, isShown)) return false;
      this.space();
      const next = this.#text.charCodeAt(this.at);
      if (next === CLOSE_LIST) return this.#skip();
      if (next !== COMMA) return false;
      this.at++;
    }
  }

  #string(isShown: boolean): boolean {
    const start = this.at;
    const end = stringEnd(this.#text, start);
    const inner = this.#text.slice(start + 1, end);
    this.at = Math.min(end + 1, this.#text.length);
    if (!isShown) {
      this.edits.replace(start + 1, end, this.#taken.replace("unknown", unescaped(inner)));
    } else if (this.#hasMore && /[=\\]/.test(inner)) {
      const plain = unescaped(inner);
      const clean = this.#inside(plain);
      if (clean !== plain) {
        this.edits.replace(start + 1, end, JSON.stringify(clean).slice(1, -1));
      }
    }
    return end < this.#text.length;
  }

  /** What is left of a text under a name that is known: JSON is looked into like a body. */
  #inside(plain: string): string {
    if (/^\s*[[{]/.test(plain)) {
      if (this.#level === MOST_LEVELS) return NOT_SHOWN;
      const pass = redactJson(plain, this.#judges, this.#taken, this.#level + 1);
      if (pass.end === plain.length) return pass.text;
    }
    return redactProse(plain, this.#judges.prose, this.#taken);
  }

  /** A number or a word. Only what has two values, or one, is shown under a name that nobody knows. */
  #scalar(isShown: boolean): boolean {
    const start = this.at;
    SCALAR.lastIndex = start;
    SCALAR.test(this.#text);
    const word = this.#text.slice(start, SCALAR.lastIndex);
    if (!/^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(word)) return false;
    this.at = SCALAR.lastIndex;
    if (!isShown && !/^[tfn]/.test(word)) {
      this.edits.replace(start, this.at, `"${this.#taken.replace("unknown", word)}"`);
    }
    return true;
  }

  /** What stands under a name that hides it, as a whole. */
  #hidden(kind: Kind): boolean {
    this.space();
    const start = this.at;
    const text = this.#text;
    const code = text.charCodeAt(start);
    const isGroup = code === OPEN_OBJECT || code === OPEN_LIST;
    if (kind === "unknown" && !isGroup && code !== QUOTE) return this.#scalar(false);
    if (code === QUOTE) this.at = Math.min(stringEnd(text, start) + 1, text.length);
    else if (isGroup) this.at = groupEnd(text, start);
    else {
      SCALAR.lastIndex = start;
      SCALAR.test(text);
      this.at = SCALAR.lastIndex;
      if (this.at === start) return false;
    }
    const hidden = text.slice(start, this.at);
    takeStrings(hidden, kind, this.#taken);
    this.edits.replace(start, this.at, `"${this.#taken.mark(kind, hidden)}"`);
    return this.at < text.length;
  }

  #skip(): boolean {
    this.at++;
    return true;
  }
}

/** Each level of JSON in a text of JSON is read once more. */
const MOST_LEVELS = 3;

const SCALAR = /[\w.+-]*/y;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
