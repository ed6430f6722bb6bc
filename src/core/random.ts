/** The state of a generator, as JSON. */
export type RandomState = readonly [number, number, number, number];

/** A seeded random source: the same seed gives the same sequence on every machine. */
export interface Random {
  /** A whole number from 0 to 2³² − 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** A version 4 UUID. */
  uuid(): string;
  state(): RandomState;
  restore(state: RandomState): void;
}

/** How many words of 32 bits the room for digits has. Concatenating digits took a third of the time for a fleet. */
const SHORT = 8;
const room = Buffer.alloc(4 * SHORT);

/** sfc32 (Chris Doty-Humphrey's PractRand): small and fast, with a state of four numbers. */
export function createRandom(seed: string): Random {
  let [a, b, c, counter] = spread(seed);
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  const hex = (length: number): string => {
    const words = Math.ceil(length / 8);
    const bytes = words <= SHORT ? room : Buffer.alloc(4 * words);
    for (let word = 0; word < words; word++) bytes.writeUInt32BE(next(), 4 * word);
    return bytes.toString("hex", 0, 4 * words).slice(0, length);
  };
  return {
    next,
    hex,
    integer: (min, max) => min + (next() % (max - min + 1)),
    uuid: () => {
      const digits = hex(32);
      const variant = "89ab"[Number.parseInt(digits.charAt(16), 16) & 3];
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    state: () => [a, b, c, counter],
    restore: (state) => {
      [a, b, c, counter] = state;
    },
  };
}

/** A new seed of six digits, short enough to type. Like `freshName`, it is not repeatable. */
export const freshSeed = (): string =>
  String(100_000 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 900_000));

/** A name that nothing else has: 22 letters, digits, hyphens and underscores. */
export const freshName = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");

/** Four 32-bit words from a text (FNV-1a from four starting points). */
function spread(text: string): [number, number, number, number] {
  const word = (start: number): number => {
    let hash = start;
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    return hash | 0;
  };
  return [word(0x811c9dc5), word(0x9747b28c), word(0x85ebca6b), 1];
}
