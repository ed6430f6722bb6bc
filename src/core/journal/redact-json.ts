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

/** How names are judged: of parameters, of fields, and in free text. */
export interface Judges {
  readonly parameter: (name: string) => Kind;
  readonly field: (name: string) => Kind;
  readonly prose: (name: string) => Kind;
}

/** The visible text of a body, and how far the body could be parsed. */
export interface Pass {
  readonly text: string;
  /** Where the body stopped being valid. The length of the body if all of it is. */
  readonly end: number;
}

/**
 * Hides the values in JSON whose names are not known to be harmless. The rest stays as it was sent. The JSON may be
 * truncated. Reads each character a few times at most, and no deeper than an accepted body may nest.
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
  /** How many JSON strings contain this JSON. */
  readonly #level: number;
  /** Whether a string may contain names and values. */
  readonly #hasMore: boolean;

  constructor(text: string, judges: Judges, taken: Taken, level: number) {
    this.#level = level;
    this.#text = text;
    this.#judges = judges;
    this.#taken = taken;
    this.edits = new Edits(text);
    this.#hasMore = text.includes("=") || text.includes("\\");
  }

  /** False if this is not JSON, so that the rest is not read. `isShown`: the value's name is known to be harmless. */
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
        // The body ends within a name.
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

  /** The visible part of a string whose name is known. JSON in it is treated like a body. */
  #inside(plain: string): string {
    if (/^\s*[[{]/.test(plain)) {
      if (this.#level === MOST_LEVELS) return NOT_SHOWN;
      const pass = redactJson(plain, this.#judges, this.#taken, this.#level + 1);
      if (pass.end === plain.length) return pass.text;
    }
    return redactProse(plain, this.#judges.prose, this.#taken);
  }

  /** A number, or true, false or null. Under an unknown name only the latter are shown: they cannot hold a secret. */
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

  /** Hides the whole value, because its name is not known to be harmless. */
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

/** JSON in a string of JSON is read again at each level. */
const MOST_LEVELS = 3;

const SCALAR = /[\w.+-]*/y;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
