/** A text with one spelling for each character: bytes of UTF-8 as Latin-1, and where each one began. */
export interface Normal {
  readonly form: string;
  /** Where each byte's character begins in the text. */
  readonly starts: Int32Array;
}

export const CONTROLS: RegExp = /[\b\f\n\r\t]/;

/** What only `normal` can undo. A backslash before another letter than `u` is just left out. */
const HARD = /[%+\u0080-\uffff]|\\u/;

/** The normal form of a text without other escapes than backslashes, as most are. Takes half as long, or less. */
export function simpleForm(text: string, hasControls: boolean): string | undefined {
  if (HARD.test(text) || (hasControls && CONTROLS.test(text))) return undefined;
  return text.replaceAll("\\", "").toLowerCase();
}

/**
 * Undoes percent encoding, `\u` escapes and backslashes, also if they were applied several times. Characters with
 * ambiguous spellings become one: a plus becomes a space, a line feed the letter of its escape.
 */
export function normal(text: string): Normal {
  const { length } = text;
  const out = new Spelled(length);
  for (let at = 0; at < length; ) {
    at = out.plain(text, at);
    if (at === length) break;
    const start = at;
    let code = text.charCodeAt(at++);
    if (code === BACKSLASH) {
      while (text.charCodeAt(at) === BACKSLASH) at++;
      code = text.charCodeAt(at);
      const escaped = code === 0x75 ? hexAt(text, at + 1, 4) : -1;
      if (escaped >= 0) {
        at += 5;
        out.unit(escaped, start);
        continue;
      }
      if (at === text.length) break;
      at++;
    }
    if (code === PERCENT) {
      // `%2541` is a twice encoded A.
      let digits = at;
      while (text.charCodeAt(digits) === 0x32 && text.charCodeAt(digits + 1) === 0x35) digits += 2;
      const byte = hexAt(text, digits, 2);
      if (byte >= 0) {
        out.put(byte, start);
        at = digits + 2;
      } else {
        out.unit(PERCENT, start);
        at = digits;
      }
    } else out.unit(code, start);
  }
  return out.done();
}

/** Most texts are shorter. Allocating room for each took a fifth of the time of redaction. */
const SHORT = 4096;
const ROOM = { bytes: Buffer.alloc(3 * SHORT), starts: new Int32Array(3 * SHORT) };

/** Writes a normal form from code units and bytes. Only one at a time, because short ones share their room. */
class Spelled {
  readonly #bytes: Buffer;
  readonly #starts: Int32Array;
  #size = 0;
  /** The first half of a pair of surrogates, and its position. */
  #high = 0;
  #highAt = 0;

  constructor(length: number) {
    const isShort = length <= SHORT;
    this.#bytes = isShort ? ROOM.bytes : Buffer.allocUnsafe(length * 3);
    this.#starts = isShort ? ROOM.starts : new Int32Array(length * 3);
  }

  put(byte: number, start: number): void {
    // Backslashes are dropped, encoded ones too.
    if (byte === BACKSLASH) return;
    this.#starts[this.#size] = start;
    this.#bytes[this.#size++] = PLAIN[byte] as number;
  }

  /** Writes characters that have one spelling, and returns where they end. In a loop of its own, for its speed. */
  plain(text: string, from: number): number {
    if (this.#high !== 0) return from;
    const bytes = this.#bytes;
    const starts = this.#starts;
    let size = this.#size;
    let at = from;
    for (const { length } = text; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code >= 0x80 || code === BACKSLASH || code === PERCENT) break;
      starts[size] = at;
      bytes[size++] = PLAIN[code] as number;
    }
    this.#size = size;
    return at;
  }

  unit(code: number, start: number): void {
    if (this.#high !== 0) {
      const first = this.#high;
      this.#high = 0;
      if ((code & 0xfc00) === 0xdc00) {
        const point = 0x10000 + ((first & 0x3ff) << 10) + (code & 0x3ff);
        this.put(0xf0 | (point >> 18), this.#highAt);
        this.put(0x80 | ((point >> 12) & 0x3f), this.#highAt);
        this.put(0x80 | ((point >> 6) & 0x3f), this.#highAt);
        this.put(0x80 | (point & 0x3f), this.#highAt);
        return;
      }
      this.#wide(first, this.#highAt);
    }
    if ((code & 0xfc00) === 0xd800) {
      this.#high = code;
      this.#highAt = start;
    } else if (code < 0x80) this.put(code, start);
    else if (code < 0x800) {
      this.put(0xc0 | (code >> 6), start);
      this.put(0x80 | (code & 0x3f), start);
    } else this.#wide(code, start);
  }

  done(): Normal {
    if (this.#high !== 0) this.#wide(this.#high, this.#highAt);
    const form = this.#bytes.toString("latin1", 0, this.#size);
    return { form, starts: this.#starts.subarray(0, this.#size) };
  }

  #wide(unit: number, start: number): void {
    this.put(0xe0 | (unit >> 12), start);
    this.put(0x80 | ((unit >> 6) & 0x3f), start);
    this.put(0x80 | (unit & 0x3f), start);
  }
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;

/** Each byte's normal form: lower case, a space for a plus, a letter for a control character. */
const PLAIN: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const at = "\b\f\n\r\t".indexOf(String.fromCharCode(byte));
  if (at >= 0) return "bfnrt".charCodeAt(at);
  if (byte === 0x2b) return 0x20;
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
});

/** The number that these hexadecimal digits make, or -1 if one is not a digit. */
function hexAt(text: string, at: number, digits: number): number {
  let number = 0;
  for (let end = at + digits; at < end; at++) {
    const code = text.charCodeAt(at);
    const small = code | 32;
    const digit =
      code >= 0x30 && code <= 0x39
        ? code - 0x30
        : small >= 0x61 && small <= 0x66
          ? small - 0x57
          : -1;
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number;
}
