import { exactly, hasManyDigits, parseExactly } from "./exact.ts";
import { endOfString, type Parsed, parseJson, parseQuickly } from "./json.ts";
import { type JsonFault, jsonFaultIn, MAX_DEPTH, type Place } from "./json-fault.ts";

/** A list or an object that is too large for one piece. */
interface Open {
  readonly isList: boolean;
  readonly value: unknown[] | Record<string, unknown>;
  /** Its name in the object around it. */
  readonly name: string;
  /** Where the text begins that is not parsed yet, and what is before it. */
  from: number;
  after: Place["after"];
}

/** The value of a piece, or the loose one if a member comes twice. Undefined if the piece is invalid. */
type ParsePiece = (piece: string) => { value: unknown } | { loose: unknown } | undefined;

/** Characters that are parsed at once. Even if all names in them are different, that takes a few milliseconds. */
const PIECE = 32_768;

/** `parseJson` in pieces of about `size` characters, for a large text. */
export function* parsing(text: string, size?: number): Iterable<unknown, Parsed> {
  return (yield* inPieces(text, parseQuickly, size)) ?? parseJson(text);
}

/** The value of a valid text with every digit of its integers (see `parseExactly`), in pieces. */
export function* parsingExactly(
  text: string,
  value: unknown,
  size?: number,
): Iterable<unknown, unknown> {
  if (!hasManyDigits(text)) return value;
  const exact = (piece: string) => ({ value: parseExactly(piece) });
  const parsed = yield* inPieces(text, exact, size);
  return parsed && "value" in parsed ? parsed.value : exactly(text, value);
}

/**
 * Parses a JSON text piece by piece, and reads each character once. Undefined if it is no list or object, which have
 * pieces.
 */
function* inPieces(
  text: string,
  parse: ParsePiece,
  size: number = PIECE,
): Iterable<unknown, Parsed | undefined> {
  let at = afterSpace(text, 0);
  if (!isOpener(text.charCodeAt(at))) return undefined;
  const pieces = new Pieces(text, parse);
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (isOpener(unit)) {
      if (!pieces.open(at)) return pieces.fault();
    } else if (isCloser(unit)) {
      if (!pieces.close(at)) return pieces.fault();
      if (pieces.isDone) return pieces.result(at + 1);
    } else if (unit === COMMA) pieces.comma(at);
    else continue;
    while (pieces.canCut(at, size)) {
      if (!pieces.cut()) return pieces.fault();
      yield;
    }
  }
  return pieces.fault();
}

class Pieces {
  readonly #text: string;
  readonly #parse: ParsePiece;
  /** Those that are taken apart, from the outermost one. */
  readonly #opens: Open[] = [];
  #top: Open | undefined;
  #depth = 0;
  /** Of each depth: where the list or object begins that is open there, and its last comma. */
  readonly #begins: number[] = [];
  readonly #commas: number[] = [];
  #twice: JsonFault | undefined;
  #whole: unknown;

  constructor(text: string, parse: ParsePiece) {
    this.#text = text;
    this.#parse = parse;
  }

  get isDone(): boolean {
    return this.#depth === 0;
  }

  comma(at: number): void {
    this.#commas[this.#depth] = at;
  }

  /** False if it nests too deep. */
  open(at: number): boolean {
    this.#depth++;
    this.#begins[this.#depth] = at;
    this.#commas[this.#depth] = -1;
    if (this.#depth === 1) this.#takeApart(at, "");
    return this.#depth <= MAX_DEPTH;
  }

  /** False if the text is invalid before the bracket. */
  close(at: number): boolean {
    const top = this.#top;
    if (top && this.#depth === this.#opens.length) {
      const isList = this.#text.charCodeAt(at) === CLOSE_LIST;
      if (isList !== top.isList || !this.#parseTo(top, at, true)) return false;
      this.#opens.pop();
      const around = this.#opens.at(-1);
      this.#top = around;
      if (around) {
        add(around.value, top.name, top.value);
        around.from = at + 1;
        around.after = "value";
      } else this.#whole = top.value;
    }
    this.#depth--;
    return true;
  }

  /** Whether so much text is not parsed yet, and can be. */
  canCut(at: number, size: number): boolean {
    const top = this.#top;
    if (!top || at - top.from < size) return false;
    return this.#lastComma >= top.from || this.#depth > this.#opens.length;
  }

  /** Parses up to the last comma, or begins to take the next value apart. False if the text is invalid before. */
  cut(): boolean {
    const top = this.#top as Open;
    const comma = this.#lastComma;
    if (comma >= top.from) return this.#parseTo(top, comma, false);
    const begins = this.#begins[this.#opens.length + 1] as number;
    if (top.after === "value") return false;
    const head = this.#text.slice(top.from, begins);
    if (top.isList) {
      if (afterSpace(head, 0) < head.length) return false;
      this.#takeApart(begins, "");
      return true;
    }
    const read = this.#parse(`{${head}null}`);
    const [name, ...others] = Object.keys(read && "value" in read ? (read.value as object) : {});
    if (name === undefined || others.length > 0) return false;
    if (Object.hasOwn(top.value, name)) this.#twice ??= this.#faultIn(top);
    this.#takeApart(begins, name);
    return true;
  }

  /** The first fault. `result` has a fault only for members that come twice. */
  fault(): Parsed | undefined {
    const fault = this.#twice ?? (this.#top && this.#faultIn(this.#top));
    return fault && { fault };
  }

  /** The whole value, if nothing but space comes after it. */
  result(end: number): Parsed | undefined {
    if (afterSpace(this.#text, end) < this.#text.length) {
      const after = { at: end, depth: 0, isList: true, after: "value", has: () => false } as const;
      const fault = this.#twice ?? jsonFaultIn(this.#text, after);
      return fault && { fault };
    }
    return this.#twice ? { fault: this.#twice, loose: this.#whole } : { value: this.#whole };
  }

  get #lastComma(): number {
    return this.#commas[this.#opens.length] as number;
  }

  #takeApart(at: number, name: string): void {
    const isList = this.#text.charCodeAt(at) === OPEN_LIST;
    this.#top = { isList, value: isList ? [] : {}, name, from: at + 1, after: "bracket" };
    this.#opens.push(this.#top);
  }

  /** Parses the elements or members up to a comma or a bracket. */
  #parseTo(top: Open, end: number, isEnd: boolean): boolean {
    const text = this.#text;
    if (top.after === "value") {
      const next = afterSpace(text, top.from);
      if (next < end && text.charCodeAt(next) !== COMMA) return false;
      // The bracket follows, or only the comma.
      if (next === end) {
        top.from = end + 1;
        top.after = "comma";
        return true;
      }
      top.from = next + 1;
      top.after = "comma";
    }
    if (afterSpace(text, top.from) === end) return isEnd && top.after === "bracket";
    const piece = text.slice(top.from, end);
    const read = this.#parse(top.isList ? `[${piece}]` : `{${piece}}`);
    if (!read) return false;
    const value = ("loose" in read ? read.loose : read.value) as Open["value"];
    const isTwice =
      !top.isList && Object.keys(value).some((name) => Object.hasOwn(top.value, name));
    if ("loose" in read || isTwice) this.#twice ??= this.#faultIn(top);
    if (Array.isArray(value)) for (const element of value) add(top.value, "", element);
    else for (const name in value) add(top.value, name, value[name]);
    top.from = end + 1;
    top.after = "comma";
    return true;
  }

  /** The first fault in what is not parsed yet of the innermost one. */
  #faultIn({ from: at, isList, after, value }: Open): JsonFault | undefined {
    const has = (name: string): boolean => Object.hasOwn(value, name);
    return jsonFaultIn(this.#text, { at, depth: this.#opens.length, isList, after, has });
  }
}

/** As `JSON.parse` does it: the last member of a name counts, and `__proto__` is a name like others. */
function add(target: Open["value"], name: string, value: unknown): void {
  if (Array.isArray(target)) target.push(value);
  else if (name !== "__proto__") target[name] = value;
  else {
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}

/** The index of the first character from an index on that is no white space, or the length of the text. */
function afterSpace(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return at;
  }
  return text.length;
}

const isOpener = (unit: number): boolean => (unit | 0x20) === OPEN_OBJECT;
const isCloser = (unit: number): boolean => (unit | 0x20) === CLOSE_OBJECT;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
