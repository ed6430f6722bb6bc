/** Fewer digits than these make no integer that a number cannot hold. */
const MANY_DIGITS = /\d{16}/;

/** A string or a number of a JSON text. Only for texts that are known to be JSON: in others it may look far ahead. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The value of a JSON text, with every digit of its integers: one that a number cannot hold is given as the text of its
 * digits. `JSON.parse` makes 9007199254740992 of 9007199254740993. Throws what `JSON.parse` throws.
 */
export const parseExactly = (text: string): unknown => exactly(text, JSON.parse(text));

/** The same for a text whose value is there already; that very value where nothing is lost in it. */
export function exactly(text: string, value: unknown): unknown {
  if (!MANY_DIGITS.test(text)) return value;
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (part) => (isInexact(part) ? `"${part}"` : part)),
  );
}

const isInexact = (part: string): boolean =>
  /^-?\d+$/.test(part) && (part.length > MOST_DIGITS || BigInt(part) !== BigInt(Number(part)));

/** To read a million digits takes long, and beyond 308 of them a number is infinite. */
const MOST_DIGITS = 40;
