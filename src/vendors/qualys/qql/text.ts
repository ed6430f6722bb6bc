import type { Value } from "./scanner.ts";

type Matches = (found: string) => boolean;

/** Whether a value equals a keyword. Bare values may contain wildcards. Case is ignored. */
export function keywordTest({ text, form }: Value): Matches {
  const wanted = text.toLowerCase();
  const isPattern = form === "bare" && wanted.includes("*");
  const matches = isPattern ? patternTest(wanted) : (found: string) => found === wanted;
  return (found) => matches(found.toLowerCase());
}

/**
 * Whether a text contains a value. In backticks, the value must be the whole text. Otherwise its parts must follow each
 * other in the text. If it is quoted, its last part may be the beginning of a longer one. A bare value with stars
 * matches the whole text or a part.
 */
export function textTest(value: Value): Matches {
  const wanted = value.text.toLowerCase();
  if (value.form === "exact") return (found) => found.toLowerCase() === wanted;
  if (value.form === "bare" && wanted.includes("*")) {
    const matches = patternTest(wanted);
    const pieces = wanted.split("*");
    return (found) => {
      const text = found.toLowerCase();
      return matches(text) || (hasAll(text, pieces) && partsOf(text).some(matches));
    };
  }
  const phrase = partsOf(wanted);
  return (found) => {
    const text = found.toLowerCase();
    if (text === wanted) return true;
    return hasAll(text, phrase) && hasPhrase(partsOf(text), phrase, value.form === "quoted");
  };
}

/** A quick look before a text is split, which takes long in a large fleet. */
const hasAll = (text: string, pieces: readonly string[]): boolean =>
  pieces.every((piece) => text.includes(piece));

function hasPhrase(
  parts: readonly string[],
  phrase: readonly string[],
  mayBeCut: boolean,
): boolean {
  const last = phrase.length - 1;
  if (last < 0) return false;
  return parts.some((_, start) =>
    phrase.every((word, index) => {
      const part = parts[start + index];
      return mayBeCut && index === last ? part?.startsWith(word) : part === word;
    }),
  );
}

/** A group, so that `split` keeps the separators. */
const SEPARATORS = /([^\p{L}\p{N}_]+)/u;

/**
 * The parts of a text, split at everything but letters, digits and underscores. A dot between two words or two numbers
 * and a comma between two numbers do not split: `host.example` and `10.0.0.1` are one part, `102354.acme` is two.
 */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let previous = "";
  let separator = "";
  for (const [index, piece] of text.split(SEPARATORS).entries()) {
    if (index % 2 === 1) separator = piece;
    else if (piece !== "") {
      if (joins(previous, separator, piece)) parts[parts.length - 1] += separator + piece;
      else parts.push(piece);
      previous = piece;
    }
  }
  return parts;
}

const isNumber = (piece: string): boolean => /^\p{N}+$/u.test(piece);

function joins(previous: string, separator: string, next: string): boolean {
  if (previous === "") return false;
  if (separator === ".") return isNumber(previous) === isNumber(next);
  return separator === "," && isNumber(previous) && isNumber(next);
}

/** Whether a pattern with stars matches the whole text. Each star takes as little as it can, so none is tried twice. */
function patternTest(pattern: string): Matches {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  return (text) => {
    if (!text.startsWith(first)) return false;
    let position = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, position);
      if (found < 0) return false;
      position = found + piece.length;
    }
    return text.length - last.length >= position && text.endsWith(last);
  };
}
