import { FilterError, type Scanner, scan, type Value } from "./scanner.ts";

/**
 * A filter in the vendor's query language:
 *
 *     filter    = all { "OR" all }
 *     all       = not { "AND" not }
 *     not       = "NOT" not | "(" filter ")" | term
 *     term      = field ( ":" content | comparison value | "is null" )
 *     content   = "[" value ( ".." value "]" | { "," value } "]" ) | "(" value ".." value ")" | value { bare }
 *     value     = "text" | 'text' | `exactly` | bare
 */
export type Expression =
  | { readonly kind: "or" | "and"; readonly parts: readonly Expression[] }
  | { readonly kind: "not"; readonly part: Expression }
  | Term;

/** The condition of a filter on one field. */
export interface Term {
  readonly kind: "term";
  readonly field: string;
  readonly at: number;
  readonly content: Content;
}

export type Content =
  /** Any of them. */
  | { readonly kind: "list"; readonly values: readonly Value[] }
  /** Consecutive bare words. */
  | { readonly kind: "words"; readonly values: readonly Value[] }
  | { readonly kind: "comparison"; readonly operator: Operator; readonly value: Value }
  /** A closed range includes both ends, an open one neither. */
  | { readonly kind: "range"; readonly from: Value; readonly to: Value; readonly isClosed: boolean }
  | { readonly kind: "null" };

export type Operator = "<" | "<=" | ">" | ">=" | "=";

/** Documented: deeper nesting is an error. */
const DEEPEST = 1000;

const OR = /OR(?![\w.:])/iy;
const AND = /AND(?![\w.:])/iy;
const NOT = /NOT(?![\w.:])/iy;
const KEYWORD = /(?:AND|OR|NOT)(?![\w.:])/iy;
const FIELD = /[A-Za-z][\w.]*/y;
const NEXT_TERM = /[A-Za-z][\w.]*\s*(?:[:<>=]|is\s+null)/iy;
const OPERATOR = /[<>]=?|=|:/y;
const IS_NULL = /is\s+null(?![\w.:])/iy;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const OPEN_LIST = /\[/y;
const CLOSE_LIST = /\]/y;
const COMMA = /,/y;
/** The documents also have three dots. */
const DOTS = /\.\.\.?/y;

/** Parses a filter. Throws a FilterError at the first invalid part. */
export function parseQuery(text: string): Expression {
  const scanner = scan(text);
  const query = either(scanner, 0);
  if (!scanner.isAtEnd()) throw new FilterError("continues after its end", scanner.at());
  return query;
}

function either(scanner: Scanner, depth: number): Expression {
  const parts = [both(scanner, depth)];
  while (scanner.take(OR)) parts.push(both(scanner, depth));
  return { kind: "or", parts };
}

function both(scanner: Scanner, depth: number): Expression {
  const parts = [negated(scanner, depth)];
  while (scanner.take(AND)) parts.push(negated(scanner, depth));
  return { kind: "and", parts };
}

function negated(scanner: Scanner, depth: number): Expression {
  const at = scanner.at();
  if (depth > DEEPEST) throw new FilterError(`is nested deeper than ${DEEPEST} levels`, at);
  if (scanner.take(NOT)) return { kind: "not", part: negated(scanner, depth + 1) };
  if (!scanner.take(OPEN)) return term(scanner);
  const inside = either(scanner, depth + 1);
  if (!scanner.take(CLOSE)) throw new FilterError("has a ( without a )", at);
  return inside;
}

function term(scanner: Scanner): Term {
  const at = scanner.at();
  const isKeyword = scanner.sees(KEYWORD);
  const [field] = (!isKeyword && scanner.take(FIELD)) || [];
  if (field === undefined) throw noTerm(at);
  if (scanner.take(IS_NULL)) return { kind: "term", field, at, content: { kind: "null" } };
  const [operator] = scanner.take(OPERATOR) ?? [];
  if (operator === undefined) throw noTerm(at, true);
  if (operator === ":") return { kind: "term", field, at, content: content(scanner, field) };
  const value = required(scanner, "term", field);
  return {
    kind: "term",
    field,
    at,
    content: { kind: "comparison", operator: operator as Operator, value },
  };
}

/** The vendor searches all fields for a word that stands alone. */
const noTerm = (at: number, isWord = false): FilterError =>
  new FilterError("must be made of terms such as field: value", at, isWord);

function content(scanner: Scanner, field: string): Content {
  if (scanner.take(OPEN)) return range(scanner, field, required(scanner, "brackets", field), false);
  if (scanner.take(OPEN_LIST)) {
    const values = [required(scanner, "brackets", field)];
    if (scanner.sees(DOTS)) return range(scanner, field, values[0] as Value, true);
    while (scanner.take(COMMA)) values.push(required(scanner, "brackets", field));
    if (!scanner.take(CLOSE_LIST))
      throw new FilterError("has a list that is not [a, b]", scanner.at());
    return { kind: "list", values };
  }
  const values = [required(scanner, "term", field)];
  const isNextWord = (): boolean =>
    scanner.sees(WORD) && !scanner.sees(KEYWORD) && !scanner.sees(NEXT_TERM);
  while (values[0]?.form === "bare" && isNextWord()) values.push(required(scanner, "term", field));
  return { kind: "words", values };
}

/** The start of a bare word. */
const WORD = /[^\s()[\]"'`,]/y;

function range(scanner: Scanner, field: string, from: Value, isClosed: boolean): Content {
  const at = scanner.at();
  if (!scanner.take(DOTS)) throw notARange(field, at);
  const to = scanner.value("brackets");
  if (!to || !scanner.take(isClosed ? CLOSE_LIST : CLOSE)) throw notARange(field, scanner.at());
  return { kind: "range", from, to, isClosed };
}

const notARange = (field: string, at: number): FilterError =>
  new FilterError(`has a range of ${field} that is neither [from..to] nor (from..to)`, at);

function required(scanner: Scanner, place: "term" | "brackets", field: string): Value {
  const at = scanner.at();
  const isKeyword = scanner.sees(KEYWORD);
  const value = scanner.value(place);
  if (value && !isKeyword && !(value.form === "bare" && value.text.endsWith(":"))) return value;
  throw new FilterError(`has no value for ${field}`, at);
}
