import { parseTime } from "../../core/clock.ts";
import { VendorError } from "../../core/errors.ts";
import { MAX_DEPTH } from "../../core/json/json-fault.ts";

/** The fields of a row that a filter can compare, by lower-case name. Times are in milliseconds. */
export type Fields<Row> = Readonly<Record<string, (row: Row) => string | number>>;

type Test<Row> = (row: Row) => boolean;

/** `field:`, a range in brackets, a quoted text, a parenthesis, or a plain word. */
const TOKEN =
  /\s*(?:([A-Za-z][\w.]*)\s*:\s*|(\[[^\]]*\])|"([^"]*)"|'([^']*)'|([()])|([^\s()"'[\]]+))/y;

/**
 * Parses a filter: terms (`field: value`) joined by AND and OR, with parentheses. Throws a VendorError for anything
 * else: to ignore a condition would return rows that the vendor would not.
 */
export function parseFilter<Row>(text: string | undefined, fields: Fields<Row>): Test<Row> {
  if (text === undefined || text.trim() === "") return () => true;
  const tokens = tokenize(text);
  let next = 0;
  let depth = 0;
  const take = (): Token | undefined => tokens[next++];
  const isWord = (word: string): boolean => {
    const token = tokens[next];
    return token?.kind === "word" && token.text.toUpperCase() === word;
  };

  const either = (): Test<Row> => {
    const tests = [both()];
    while (isWord("OR")) {
      next++;
      tests.push(both());
    }
    return (row) => tests.some((matches) => matches(row));
  };
  const both = (): Test<Row> => {
    const tests = [term()];
    while (isWord("AND")) {
      next++;
      tests.push(term());
    }
    return (row) => tests.every((matches) => matches(row));
  };
  const term = (): Test<Row> => {
    const token = take();
    if (token?.kind === "bracket" && token.text === "(") {
      if (++depth > MAX_DEPTH) throw invalidFilter(`is nested deeper than ${MAX_DEPTH} levels`);
      const inside = either();
      depth--;
      const end = take();
      if (end?.kind !== "bracket" || end.text !== ")") throw invalidFilter("has a ( without a )");
      return inside;
    }
    if (token?.kind !== "field") throw invalidFilter("must be made of terms such as field: value");
    const name = token.text.toLowerCase();
    const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!read) throw invalidFilter(`has an unknown field, ${token.text}`);
    const value = take();
    if (value?.kind === "range") return range(value.text, read);
    if (value?.kind !== "word" && value?.kind !== "text") {
      throw invalidFilter(`has no value for ${token.text}`);
    }
    const wanted = value.text.toLowerCase();
    // One moment can be written in many ways.
    const moment = parseTime(value.text);
    return (row) => {
      const found = read(row);
      return found === moment || String(found).toLowerCase() === wanted;
    };
  };

  const test = either();
  if (next < tokens.length) throw invalidFilter("continues after its end");
  return test;
}

interface Token {
  readonly kind: "field" | "range" | "text" | "bracket" | "word";
  readonly text: string;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const match = TOKEN.exec(text);
    if (!match) throw invalidFilter("has a part that is not valid");
    const [, field, range, double, single, bracket, word] = match;
    if (field !== undefined) tokens.push({ kind: "field", text: field });
    else if (range !== undefined) tokens.push({ kind: "range", text: range.slice(1, -1) });
    else if (bracket !== undefined) tokens.push({ kind: "bracket", text: bracket });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "text", text: double ?? single ?? "" });
  }
  return tokens;
}

function range<Row>(text: string, read: (row: Row) => string | number): Test<Row> {
  const bounds = text.split("..").map((bound) =>
    bound
      .trim()
      .replace(/^["']|["']$/g, "")
      .trim(),
  );
  const [from, to] = bounds.map(
    (bound) => parseTime(bound) ?? (bound === "" ? Number.NaN : Number(bound)),
  );
  if (bounds.length !== 2 || from === undefined || to === undefined || Number.isNaN(from + to)) {
    throw invalidFilter("has a range that is not [from..to] of two moments or numbers");
  }
  return (row) => {
    const value = Number(read(row));
    return value >= from && value <= to;
  };
}

const invalidFilter = (what: string): VendorError =>
  new VendorError({ kind: "invalid", problem: { where: "query/filter", what } });
