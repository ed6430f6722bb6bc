import { foldedText, skipSpaces } from "./folded-text.ts";

/** Reads a part of the text that this reader does not know. `depth` limits how deep it may nest. */
type ReadRest = (text: string, depth: number) => unknown;

/** The text is not plain YAML: another reader must read it, or find its error. */
class NotPlain extends Error {}

/**
 * Reads YAML with one value a line, the form of nearly all lines of a large OpenAPI document. A start with 2 MB of it takes
 * half the processor time that it takes with a complete reader. `readRest` is one: it reads lists in brackets, rare numbers
 * and values of several lines that are not plainly folded. Returns undefined if the text has anything else, such as anchors, tags, tabs,
 * repeated keys or an error.
 */
export function readPlainYaml(
  text: string,
  readRest: ReadRest,
): { readonly value: unknown } | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return { value: new PlainReader(text, readRest).document() };
  } catch {
    return undefined;
  }
}

/** Tabs, line breaks of Windows, and what YAML does not allow. The text of a file has no half surrogates. */
const UNUSUAL = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd]/;

/** A complete reader allows 100 levels in all. */
const MAX_DEPTH = 50;

const END = -1;

class PlainReader {
  readonly #text: string;
  readonly #readRest: ReadRest;
  /** Where the next line begins. */
  #next = 0;
  /** The first character of the line, and the one after its last. */
  #at = 0;
  #end = 0;
  /** The column of `#at`, or END. */
  #indent = 0;
  #depth = 0;
  readonly #keys: string[] = [];

  constructor(text: string, readRest: ReadRest) {
    this.#text = text;
    this.#readRest = readRest;
  }

  document(): unknown {
    this.#next = /^(?:(?:#.*)?\n)*---\n/.exec(this.#text)?.[0].length ?? 0;
    this.#advance();
    const value = this.#block(this.#indent);
    if (this.#indent !== END) throw new NotPlain();
    return value;
  }

  /** Goes to the next line with content. */
  #advance(): void {
    const text = this.#text;
    while (this.#next < text.length) {
      let at = this.#next;
      while (text.charCodeAt(at) === SPACE) at++;
      const found = text.indexOf("\n", at);
      const end = found < 0 ? text.length : found;
      const indent = at - this.#next;
      this.#next = end + 1;
      if (at === end || text.charCodeAt(at) === HASH) continue;
      this.#at = at;
      this.#end = end;
      this.#indent = indent;
      return;
    }
    this.#indent = END;
  }

  #block(indent: number): unknown {
    if (++this.#depth > MAX_DEPTH) throw new NotPlain();
    const value = this.#isItem() ? this.#list(indent) : this.#mapping(indent);
    this.#depth--;
    if (this.#indent > indent) throw new NotPlain();
    return value;
  }

  /** Whether the line is a dash and a value, or a dash alone. */
  #isItem(): boolean {
    const after = this.#at + 1;
    return (
      this.#text.charCodeAt(this.#at) === DASH &&
      (after === this.#end || this.#text.charCodeAt(after) === SPACE)
    );
  }

  #isBracket(): boolean {
    const first = this.#text[this.#at];
    return first === "{" || first === "[";
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = [];
    while (this.#indent === indent && this.#isItem()) {
      const start = skipSpaces(this.#text, this.#at + 1);
      if (start === this.#end || this.#text.charCodeAt(start) === HASH) {
        list.push(this.#nested(indent));
      } else {
        // What follows the dash is a line with its own column.
        const column = indent + start - this.#at;
        this.#at = start;
        const isBlock = this.#isItem() || (!this.#isBracket() && this.#colon() !== END);
        if (!isBlock) list.push(this.#value(start, indent));
        else {
          this.#indent = column;
          list.push(this.#block(column));
        }
      }
    }
    return list;
  }

  #mapping(indent: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const text = this.#text;
    while (this.#indent === indent) {
      const colon = this.#colon();
      if (colon === END) throw new NotPlain();
      const key = this.#key(colon);
      if (Object.hasOwn(object, key) || key === "__proto__") throw new NotPlain();
      const start = skipSpaces(this.#text, colon + 1);
      object[key] =
        start === this.#end || text.charCodeAt(start) === HASH
          ? this.#nested(indent, true)
          : this.#value(start, indent);
    }
    return object;
  }

  /** The colon after the key of the line, or END if the line does not begin with a key that this reader knows. */
  #colon(): number {
    const text = this.#text;
    const first = text.charCodeAt(this.#at);
    let at = this.#at;
    if (first === QUOTE || first === DOUBLE_QUOTE) {
      at = text.indexOf(first === QUOTE ? "'" : '"', at + 1) + 1;
      if (at === 0 || text.charCodeAt(at) !== COLON) return END;
    }
    for (; ; at++) {
      at = text.indexOf(":", at);
      if (at < 0 || at >= this.#end) return END;
      const after = at + 1;
      if (after === this.#end || text.charCodeAt(after) === SPACE) return at;
    }
  }

  #key(colon: number): string {
    const text = this.#text;
    const at = this.#at;
    // Nearly all keys have been read before.
    const slot = (31 * (colon - at) + 7 * text.charCodeAt(at) + text.charCodeAt(colon - 1)) & 1023;
    const known = this.#keys[slot];
    if (known?.length === colon - at && text.startsWith(known, at)) return known;
    const key = text.slice(at, colon);
    if (KEY.test(key) || /^[1-5]\d\d$/.test(key)) {
      this.#keys[slot] = key;
      return key;
    }
    if (/^('[^']*'|"[^"\\]*")$/.test(key)) return key.slice(1, -1);
    const value = /^[\w/][\w./{}$:-]*$/.test(key) ? this.#readRest(key, MAX_DEPTH) : undefined;
    if (typeof value !== "string") throw new NotPlain();
    return value;
  }

  /** The value of a key or dash with nothing behind it on its line. */
  #nested(indent: number, isMapping = false): unknown {
    this.#advance();
    if (this.#indent > indent) return this.#block(this.#indent);
    // A list may stand as far left as its key.
    if (isMapping) return this.#indent === indent && this.#isItem() ? this.#block(indent) : null;
    // The complete reader takes the next item of the outer list for one of this list.
    if (this.#indent < indent && this.#indent !== END && this.#isItem()) throw new NotPlain();
    return null;
  }

  /** The value that begins at a character of this line, in a block of the given column. */
  #value(start: number, indent: number): unknown {
    const lineEnd = this.#end;
    let end = lineEnd;
    while (this.#text.charCodeAt(end - 1) === SPACE) end--;
    const isFolded = end - start === 2 && this.#text.startsWith(">-", start);
    const folded = isFolded ? foldedText(this.#text, this.#next, indent) : undefined;
    if (folded) this.#next = folded.end;
    this.#advance();
    if (folded) return folded.value;
    const first = this.#text.charCodeAt(start);
    const isLine = this.#indent <= indent && first !== BAR && first !== GREATER;
    const text = isLine ? this.#text.slice(start, end) : "";
    if (PLAIN.test(text)) return text;
    if (first === QUOTE && /^'[^']*'$/.test(text)) return text.slice(1, -1);
    if (first === DOUBLE_QUOTE && /^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
    if (/^(0|[1-9]\d{0,14})$/.test(text)) return Number(text);
    if (/^\d+\.\d+\.\d+$/.test(text)) return text;
    if (text === "true") return true;
    if (text === "false") return false;
    if (text === "[]") return [];
    if (text === "{}") return {};
    return this.#rest(start, lineEnd, indent);
  }

  /** Leaves a value and the deeper lines under it to the complete reader. */
  #rest(start: number, lineEnd: number, indent: number): unknown {
    const text = this.#text;
    // Anchors and tags may refer to other parts, and the number in `|2` counts from a column.
    if (/[&*!]|[|>].?\d/y.test(text.slice(start, start + 3))) throw new NotPlain();
    let end = lineEnd + 1;
    while (end < text.length) {
      const at = skipSpaces(this.#text, end);
      const isBlank = at === text.length || text.charCodeAt(at) === LINE_BREAK;
      if (!isBlank && at - end <= indent) break;
      const found = text.indexOf("\n", at);
      end = found < 0 ? text.length : found + 1;
    }
    this.#next = end;
    this.#advance();
    // The value ended at a comment further left.
    if (this.#indent > indent) throw new NotPlain();
    const part = this.#readRest(`value: ${text.slice(start, end)}`, MAX_DEPTH);
    return (part as { readonly value: unknown }).value;
  }
}

/** Not a word such as `null` or `True`, which can be another value than its text. */
const KEY = /^(?!(?:null|true|false)$)[a-z_$/][\w$/{}.-]*$/i;

/** A line of text without what YAML gives a meaning: a colon before a space, a hash after one. */
const PLAIN = /^(?!(?:null|true|false)$)[a-z_$/(](?:[^:#]|:(?=[^ ])|(?<! )#)*$/i;

const LINE_BREAK = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const DASH = 0x2d;
const COLON = 0x3a;
const BAR = 0x7c;
const GREATER = 0x3e;
