/** What is wrong with a filter, and where: `at` counts characters from 0. */
export class FilterError extends Error {
  override readonly name = "FilterError";
  readonly at: number;
  /** The vendor documents it, but fauxdr does not support it. */
  readonly unserved: boolean;
  constructor(what: string, at: number, unserved = false) {
    super(what);
    this.at = at;
    this.unserved = unserved;
  }
}

/** A value as written in the filter. Bare text may contain wildcards. Text in backticks is the whole value. */
export interface Value {
  readonly text: string;
  readonly form: "bare" | "quoted" | "exact";
  readonly at: number;
}

/** No pattern matches the same text in two ways, so the cost of hostile input grows with its length only. */
const BLANKS = /\s*/y;
const QUOTED = /"((?:[^"\\]|\\"|\\(?!"))*)"|'((?:[^'\\]|\\'|\\(?!'))*)'|`([^`]*)`/y;
const BARE = /[^\s()[\]"'`,]+/y;
const BARE_BOUND = /(?:(?!\.\.)[^\s()[\]"'`,])+/y;

/** Reads a filter from left to right. */
export interface Scanner {
  /** Where the next part begins, after blanks. */
  at(): number;
  isAtEnd(): boolean;
  /** The groups of a sticky pattern if the next part matches it. Then moves behind the match. */
  take(pattern: RegExp): RegExpExecArray | undefined;
  /** Whether the next part matches a sticky pattern. */
  sees(pattern: RegExp): boolean;
  /** The next value, if there is one. Inside brackets, a bare value ends before the dots of a range. */
  value(place: "term" | "brackets"): Value | undefined;
}

export function scan(text: string): Scanner {
  let position = 0;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text) ?? undefined;
  };
  const skip = (): number => {
    position += match(BLANKS)?.[0].length ?? 0;
    return position;
  };
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    skip();
    const found = match(pattern);
    position += found?.[0].length ?? 0;
    return found;
  };
  return {
    at: skip,
    isAtEnd: () => skip() === text.length,
    take,
    sees: (pattern) => {
      skip();
      return match(pattern) !== undefined;
    },
    value: (place) => {
      const at = skip();
      const quote = text[at];
      if (quote === '"' || quote === "'" || quote === "`") {
        const found = take(QUOTED);
        if (!found) throw new FilterError(`has a ${quote} that is not closed`, at);
        const [, double, single, exact] = found;
        if (exact !== undefined) return { text: exact, form: "exact", at };
        return {
          text: (double ?? single ?? "").replaceAll(`\\${quote}`, quote),
          form: "quoted",
          at,
        };
      }
      const found = take(place === "term" ? BARE : BARE_BOUND);
      return found && { text: found[0], form: "bare", at };
    },
  };
}
