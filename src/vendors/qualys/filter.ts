import { type Problem, VendorError } from "../../core/errors.ts";
import { conditionOf, type FieldKind } from "./qql/condition.ts";
import { type Expression, parseQuery, type Term } from "./qql/parse.ts";
import { FilterError } from "./qql/scanner.ts";

/** A field that a filter can use. A row may have no value for it, or several. */
export interface Field<Row> {
  readonly kind: FieldKind;
  readonly read: (row: Row) => Content | readonly Content[];
}

type Content = string | number | null | undefined;

/** By lower-case name. */
export type Fields<Row> = Readonly<Record<string, Field<Row>>>;

type Test<Row> = (row: Row) => boolean;

/**
 * Returns the test of a filter, undefined without a filter. `now` is the time for relative dates. Throws a VendorError for an invalid or
 * unsupported condition, because ignoring it would return rows that the vendor would not return.
 */
export function parseFilter<Row>(
  text: string | undefined,
  fields: Fields<Row>,
  now: number,
  unknown: "refuse unknown fields" | "ignore unknown fields" = "refuse unknown fields",
): Test<Row> | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const errors: FilterError[] = [];
  const test = (term: Term): Test<Row> => {
    try {
      if (unknown === "ignore unknown fields" && !fieldOf(term, fields)) return () => true;
      return testOf(term, fields, now);
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      errors.push(error);
      return () => false;
    }
  };
  try {
    const matches = compile(parseQuery(text), test);
    if (errors.length === 0) return matches;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    errors.push(error);
  }
  const [problem, ...others] = errors.map(problemOf);
  throw new VendorError({
    kind: "invalid",
    problem: problem as Problem,
    ...(others.length > 0 && { others }),
  });
}

const problemOf = ({ message, at, unserved }: FilterError): Problem => ({
  where: "query/filter",
  what: `${message}, at character ${at + 1}`,
  ...(unserved && { unserved }),
});

function compile<Row>(query: Expression, test: (term: Term) => Test<Row>): Test<Row> {
  if (query.kind === "term") return test(query);
  if (query.kind === "not") {
    const matches = compile(query.part, test);
    return (row) => !matches(row);
  }
  const tests = query.parts.map((part) => compile(part, test));
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return query.kind === "or"
    ? (row) => tests.some((matches) => matches(row))
    : (row) => tests.every((matches) => matches(row));
}

/** The test of one term. It is met if any value of the field meets it. */
function testOf<Row>(term: Term, fields: Fields<Row>, now: number): Test<Row> {
  const { field: name, at, content } = term;
  const field = fieldOf(term, fields);
  if (!field) throw new FilterError(`has an unknown field, ${name}`, at);
  // Without new arrays: this runs for every row of a large fleet.
  const some = (row: Row, test: (value: string | number) => boolean): boolean => {
    const content = field.read(row);
    if (!isList(content)) return isValue(content) && test(content);
    return content.some((one) => isValue(one) && test(one));
  };
  if (content.kind === "null") return (row) => !some(row, () => true);
  const isKept = conditionOf(content, field.kind, name, now);
  return (row) => some(row, isKept);
}

const isValue = (content: Content): content is string | number =>
  content !== undefined && content !== null && content !== "";

const isList = (content: Content | readonly Content[]): content is readonly Content[] =>
  Array.isArray(content);

function fieldOf<Row>({ field }: Term, fields: Fields<Row>): Field<Row> | undefined {
  const name = field.toLowerCase();
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
