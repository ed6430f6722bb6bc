import { derived } from "../../core/derived.ts";
import { type Problem, VendorError } from "../../core/errors.ts";
import { isEmpty } from "../../core/json/empty.ts";
import type { Tenant } from "../../core/tenant.ts";
import { speaks } from "./settings.ts";

/** The body of a search: filters, a page and an order. */
export interface SearchRequest {
  readonly request_data?: {
    readonly filters?: readonly Filter[];
    readonly search_from?: number;
    readonly search_to?: number;
    readonly sort?: { readonly field?: string; readonly keyword?: string };
  };
}

/** One condition. The spec leaves the value's type open, because it depends on the field. */
export interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

/** A field that filters compare. */
export interface Field<Row> {
  /** The operators that it takes, in lower case. */
  readonly operators: readonly string[];
  readonly type: "time" | "text" | "id" | "switch";
  /** What a value of the filter is compared as, if not as it is. */
  readonly as?: (value: unknown) => unknown;
  readonly of: (row: Row, tenant: Tenant) => unknown;
  /** Whether its value follows from other tables too. */
  readonly isChanging?: true;
}

/** The limit of rows per reply. */
const PAGE = 100;

/** The part of all rows that the request asks for. Throws for a page of another size than 1 to 100. */
export function pageOf<Row>(rows: readonly Row[], body: unknown): readonly Row[] {
  const { search_from: from = 0, search_to: to = from + PAGE } =
    (body as SearchRequest | undefined)?.request_data ?? {};
  const size = to - from;
  if (size >= 1 && size <= PAGE) return rows.slice(from, to);
  const what = `must be search_from plus 1 to ${PAGE}, and is search_from plus ${size}`;
  const problem = { where: "/request_data/search_to", what, kind: "page-size" } as const;
  throw new VendorError({ kind: "invalid", problem });
}

/**
 * Sorts the rows of a table by the rank that the request's sort field has, or by the usual rank, downwards unless it says
 * otherwise. The result is kept until the table changes.
 */
export function sorted<Row>(
  rows: readonly Row[],
  body: unknown,
  ranks: Readonly<Record<string, (row: Row) => number | string>>,
  usual: string,
): readonly Row[] {
  const { field = usual, keyword = "desc" } =
    (body as SearchRequest | undefined)?.request_data?.sort ?? {};
  const rank = ranks[field];
  if (!rank) return rows;
  const isUpwards = keyword.toLowerCase() === "asc";
  const sign = isUpwards ? 1 : -1;
  return derived(rows, `sorted by ${field} ${isUpwards}`, () =>
    rows.toSorted((a, b) => compare(rank(a), rank(b)) * sign),
  );
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rows that match every filter of a request, kept until their table changes. Throws for filters that do not fit their fields. */
export function matchingAll<Row>(
  rows: readonly Row[],
  body: unknown,
  fields: Readonly<Record<string, Field<Row>>>,
  tenant: Tenant,
): readonly Row[] {
  const filters = (body as SearchRequest | undefined)?.request_data?.filters ?? [];
  const isRecorded = speaks("wrapped", tenant);
  const tests: Test<Row>[] = [];
  const problems: Problem[] = [];
  for (const [index, filter] of filters.entries()) {
    const read = testOf(filter, fields[filter.field], isRecorded);
    if (typeof read === "function") tests.push(read);
    else problems.push({ ...read, where: `/request_data/filters/${index}/${read.where}` });
  }
  const [problem, ...others] = problems;
  if (problem) {
    throw new VendorError({ kind: "invalid", problem, ...(others.length > 0 && { others }) });
  }
  if (tests.length === 0) return rows;
  const found = (): readonly Row[] =>
    rows.filter((row) => tests.every((matches) => matches(row, tenant)));
  // Clients ask for page after page with the same filters.
  if (filters.some(({ field }) => fields[field]?.isChanging)) return found();
  return derived(rows, JSON.stringify(filters), found);
}

type Test<Row> = (row: Row, tenant: Tenant) => boolean;

/** The test of a filter, or what is wrong with the filter. */
function testOf<Row>(
  { field, operator, value }: Filter,
  known: Field<Row> | undefined,
  isRecorded: boolean,
): Test<Row> | Problem {
  if (!known) return { where: "field", what: "is unknown" };
  // Recorded for 0. `false` is a documented value.
  if (isRecorded && typeof value !== "boolean" && isEmpty(value)) {
    return { where: "value", what: "is required", kind: "missing" };
  }
  const { operators, type, of, as = (entry) => entry } = known;
  const word = operator.toLowerCase();
  if (!operators.includes(word)) {
    return { where: "operator", what: `must be ${operators.join(" or ")} for ${field}` };
  }
  const list = word === "in" ? [value].flat() : [value];
  if (list.length === 0 || !list.every(TYPES[type].is)) {
    const what = word === "in" ? `must be a list of ${TYPES[type].plural}` : TYPES[type].one;
    return { where: "value", what, ...(isEmpty(value) && { kind: "missing" as const }) };
  }
  const wanted = list.map(as);
  return (row, tenant) => {
    const value = of(row, tenant);
    return holds(word, Array.isArray(value) ? value : [value], wanted);
  };
}

/** Whether one of a row's values passes. */
function holds(word: string, own: readonly unknown[], list: readonly unknown[]): boolean {
  const [bound] = list;
  switch (word) {
    case "gte":
      return own.some((value) => Number(value) >= Number(bound));
    case "lte":
      return own.some((value) => Number(value) <= Number(bound));
    case "neq":
      return !own.includes(bound);
    case "contains":
      return own.some((value) => String(value).includes(String(bound)));
    default:
      return own.some((value) => list.includes(value));
  }
}

const TYPES: Readonly<
  Record<
    Field<never>["type"],
    { readonly is: (value: unknown) => boolean; readonly one: string; readonly plural: string }
  >
> = {
  time: {
    is: Number.isInteger,
    one: "must be milliseconds since 1970, an integer",
    plural: "integers",
  },
  id: {
    is: (value) => /^\d+$/.test(String(value)),
    one: "must be an integer",
    plural: "integers",
  },
  text: { is: (value) => typeof value === "string", one: "must be a string", plural: "strings" },
  switch: {
    is: (value) => typeof value === "boolean",
    one: "must be a boolean",
    plural: "booleans",
  },
};
