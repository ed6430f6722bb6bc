import { KitError } from "../errors.ts";
import { exactly } from "../json/exact.ts";
import { looseJson } from "../json/json.ts";
import { isHiddenIn, NOT_SHOWN, REDACTED } from "./redact-text.ts";

/**
 * Conditions on a request, by place: a JSON pointer into the body (`/request_data/file_hash`, `*` for any element),
 * `query/name` or `header/name`. Data, no code: it comes from files and over the network.
 */
export type Where = Readonly<Record<string, Condition>>;

/** What a place must hold: exactly this value, or what the one member of an object says. */
export type Condition =
  | string
  | number
  | boolean
  | null
  | { readonly equals: unknown }
  /** Part of a text, or an element of an array. */
  | { readonly contains: unknown }
  | { readonly oneOf: readonly unknown[] }
  | { readonly exists: boolean }
  /** Characters of a text, elements of an array. */
  | { readonly length: number };

/** The parts of a request that conditions look at, as they came in or as a journal has them. */
export interface Subject {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The value of the body's JSON, where somebody has parsed it already. */
  readonly value?: unknown;
  /** The body is not all there. */
  readonly cut?: boolean;
}

/** A condition that does not hold; both sides are for people. */
export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  /** It may hold all the same: a credential was taken out there, or the body was cut. */
  readonly hidden?: true;
}

const TESTS: Readonly<
  Record<
    string,
    {
      readonly takes: string;
      readonly fits: (value: unknown) => boolean;
      readonly says: (value: unknown) => string;
      /** Nothing where it cannot be told: a credential was taken out of what was found. */
      readonly holds: (found: unknown, value: unknown) => boolean | undefined;
    }
  >
> = {
  equals: {
    takes: "a value",
    fits: () => true,
    says: (value) => shown(value),
    holds: (found, value) => (isHidden(found) ? undefined : isSame(found, value)),
  },
  contains: {
    takes: "a value",
    fits: () => true,
    says: (value) => `something with ${shown(value)} in it`,
    holds: (found, value) => {
      // It may have been a list.
      if (found === REDACTED || found === NOT_SHOWN) return undefined;
      const holds =
        typeof found === "string"
          ? typeof value === "string" && found.split(HIDDEN).some((part) => part.includes(value))
          : Array.isArray(found) && found.some((one) => !isHidden(one) && isSame(one, value));
      return holds || (isHidden(found) ? undefined : false);
    },
  },
  oneOf: {
    takes: "an array of values",
    fits: Array.isArray,
    says: (value) => `one of ${(value as unknown[]).map(shown).join(", ")}`,
    holds: (found, value) =>
      isHidden(found) ? undefined : (value as unknown[]).some((one) => isSame(found, one)),
  },
  exists: {
    takes: "true or false",
    fits: (value) => typeof value === "boolean",
    says: (value) => (value ? "anything" : "nothing"),
    holds: () => true,
  },
  length: {
    takes: "a whole number",
    fits: (value) => Number.isInteger(value) && Number(value) >= 0,
    says: (value) => `${value} long`,
    holds: (found, value) => {
      if (Array.isArray(found)) return found.length === value;
      return isHidden(found) ? undefined : typeof found === "string" && found.length === value;
    },
  },
};

/** Checks that conditions are well-formed. Throws a KitError that names the one that is not. */
export function readWhere(value: unknown, called: string): Where {
  if (!isObject(value)) throw new KitError(`${called} takes an object of conditions by place.`);
  for (const [place, condition] of Object.entries(value)) {
    if (!/^(\/|query\/.|header\/.)/.test(place)) {
      throw new KitError(
        `"${place}" in ${called} is no place: it takes /a/pointer into the body, query/name or header/name.`,
      );
    }
    const [name, wanted] = testOf(condition as Condition);
    const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (!test || (isObject(condition) && Object.keys(condition).length !== 1)) {
      throw new KitError(
        `"${place}" in ${called} takes a value or an object with one of ${Object.keys(TESTS).join(", ")}.`,
      );
    }
    if (!test.fits(wanted)) {
      throw new KitError(`"${name}" of "${place}" in ${called} takes ${test.takes}.`);
    }
  }
  return value as Where;
}

/** The conditions that a request does not meet for sure; none where it meets them all. */
export function differences(where: Where, subject: Subject): Difference[] {
  const parts = known.get(subject) ?? partsOf(subject);
  known.set(subject, parts);
  return Object.entries(where).flatMap(([place, condition]) => {
    const { values, open } = valuesAt(place, parts);
    const [name, wanted] = testOf(condition);
    const test = TESTS[name];
    if (!test) return [];
    const held =
      name === "exists" && (values.length > 0 || !open)
        ? [values.length > 0 === wanted]
        : [...values.map((value) => test.holds(value, wanted)), ...(open ? [undefined] : [])];
    if (held.includes(true)) return [];
    const actual = values.map(shown).join(" and ") || (open ? "unknown" : "nothing");
    const hidden = held.includes(undefined) && { hidden: true as const };
    return [{ where: place, expected: test.says(wanted), actual, ...hidden }];
  });
}

/** A subject is taken apart once, however many conditions there are. */
const known = new WeakMap<Subject, Parts>();

const testOf = (condition: Condition): readonly [name: string, wanted: unknown] =>
  isObject(condition) ? (Object.entries(condition)[0] ?? ["", undefined]) : ["equals", condition];

interface Parts {
  readonly query: URLSearchParams;
  readonly headers: Subject["headers"];
  readonly body: unknown;
  /** More may have stood in the body than is known. */
  readonly open: boolean;
}

function partsOf({ url, headers, body: text, value, cut = false }: Subject): Parts {
  // What is left of a body may well be JSON, or a form: it would be another one.
  const isForm = (headers["content-type"] ?? "").includes("x-www-form-urlencoded");
  const body = cut ? undefined : isForm ? formOf(text) : exactOf(text, value ?? looseJson(text));
  return {
    query: new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?") + 1) : ""),
    headers,
    body,
    open: cut || (isHidden(text) && (body === undefined || hasHiddenName(body))),
  };
}

const exactOf = (text: string, value: unknown): unknown =>
  value === undefined ? undefined : exactly(text, value);

/** Whether a credential was taken out of it. */
const isHidden = (value: unknown): boolean =>
  isHiddenIn(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const HIDDEN = /\[redacted\]|\[not shown\]/;

const hasHiddenName = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([name, child]) => isHidden(name) || hasHiddenName(child));

/** A form is read as an object of texts; what is neither JSON nor a form has no places in it. */
const formOf = (body: string): unknown => Object.fromEntries(new URLSearchParams(body));

interface Found {
  readonly values: readonly unknown[];
  /** There may have been others, under a name that was taken out or in what was cut. */
  readonly open: boolean;
}

function valuesAt(place: string, { query, headers, body, open }: Parts): Found {
  if (place.startsWith("query/")) {
    return {
      values: query.getAll(place.slice("query/".length)),
      open: isHidden([...query.keys()]),
    };
  }
  if (place.startsWith("header/")) {
    const value = headers[place.slice("header/".length).toLowerCase()];
    return { values: value === undefined ? [] : [value], open: isHidden(Object.keys(headers)) };
  }
  const steps = place
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  // The pointer "/" means the whole body here: nobody has a member without a name.
  if (steps.length === 1 && steps[0] === "")
    return { values: body === undefined ? [] : [body], open };
  let values: unknown[] = [body];
  let isInside = false;
  for (const step of steps) {
    // A list or an object that was taken out as a whole had members.
    isInside ||= values.includes(REDACTED) || values.includes(NOT_SHOWN);
    values = values.flatMap((value) => members(value, step));
  }
  return { values, open: open || isInside };
}

function members(value: unknown, step: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") return Object.values(value);
  // Not hasOwn: an array has a length of its own, and JSON does not.
  const isMember = Object.prototype.propertyIsEnumerable.call(value, step);
  return isMember ? [(value as Record<string, unknown>)[step]] : [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Equal as JSON values are: the order of members does not matter. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => isSame(element, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};
