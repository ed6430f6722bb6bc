import { KitError } from "../errors.ts";
import { readFormObject } from "../form.ts";
import { looseExactly } from "../json/exact.ts";
import { isObject } from "../json/is-object.ts";
import { isHiddenIn, NOT_SHOWN, REDACTED } from "./redact-text.ts";

/**
 * Conditions on a request, by place: a JSON pointer into the body (`/request_data/file_hash`, `*` for any element),
 * `query/name` or `header/name`. Only data, never code, because it comes from files and from the network.
 */
export type Where = Readonly<Record<string, Condition>>;

/** A condition on the value at a place: exactly this value, or one of these tests. */
export type Condition =
  | string
  | number
  | boolean
  | null
  | { readonly equals: unknown }
  /** Part of a string, or an element of an array. */
  | { readonly contains: unknown }
  | { readonly oneOf: readonly unknown[] }
  | { readonly exists: boolean }
  /** The number of characters of a string, or of elements of an array. */
  | { readonly length: number };

/** The parts of a request that conditions check, as received or as stored in a journal. */
export interface Subject {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The JSON value of the body with every digit, if it is already parsed. Undefined in it if the body has none. */
  readonly json?: { readonly value: unknown };
  /** The body is incomplete. */
  readonly cut?: boolean;
}

/** A condition that does not hold. `expected` and `actual` are for people. */
export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  /** It may still hold, because a credential was removed there, or the body was cut. */
  readonly hidden?: true;
}

const TESTS: Readonly<
  Record<
    string,
    {
      readonly takes: string;
      readonly fits: (value: unknown) => boolean;
      readonly says: (value: unknown) => string;
      /** Undefined if it cannot be told, because a credential was removed from the value. */
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
      // The value may have been a list.
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

/** Checks conditions. Throws a KitError that names an invalid one. */
export function readWhere(value: unknown, called: string): Where {
  if (!isObject(value)) throw new KitError(`${called} must be an object of conditions by place.`);
  for (const [place, condition] of Object.entries(value)) {
    if (!/^(\/|query\/.|header\/.)/.test(place)) {
      throw new KitError(
        `"${place}" in ${called} is not a place: use /a/pointer into the body, query/name or header/name.`,
      );
    }
    const [name, wanted] = testOf(condition as Condition);
    const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (!test || (isObject(condition) && Object.keys(condition).length !== 1)) {
      throw new KitError(
        `"${place}" in ${called} must be a value or an object with one of ${Object.keys(TESTS).join(", ")}.`,
      );
    }
    if (!test.fits(wanted)) {
      throw new KitError(`"${name}" of "${place}" in ${called} must be ${test.takes}.`);
    }
  }
  return value as Where;
}

/** The conditions that a request does not certainly meet. Empty if it meets all. */
export function differences(where: Where, subject: Subject): Difference[] {
  const parts = known.get(subject) ?? splitRequest(subject);
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

/** Each subject is split into its parts only once, for all conditions. */
const known = new WeakMap<Subject, Parts>();

const testOf = (condition: Condition): readonly [name: string, wanted: unknown] =>
  isObject(condition) ? (Object.entries(condition)[0] ?? ["", undefined]) : ["equals", condition];

interface Parts {
  readonly query: URLSearchParams;
  readonly headers: Subject["headers"];
  readonly body: unknown;
  /** The body may have contained more than is known. */
  readonly open: boolean;
}

function splitRequest({ url, headers, body: text, json, cut = false }: Subject): Parts {
  // The rest of a cut body may be valid JSON or a valid form, but not the one that was sent.
  // A body that is neither JSON nor a form has no places.
  const isForm = (headers["content-type"] ?? "").includes("x-www-form-urlencoded");
  const read = isForm ? readFormObject : looseExactly;
  const body = cut ? undefined : json && !isForm ? json.value : read(text);
  return {
    query: new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?") + 1) : ""),
    headers,
    body,
    open:
      cut ||
      (isForm && body === undefined) ||
      (isHidden(text) && (body === undefined || hasHiddenName(body))),
  };
}

/** Whether a credential was removed from a value. */
const isHidden = (value: unknown): boolean =>
  isHiddenIn(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const HIDDEN = /\[redacted\]|\[not shown\]/;

const hasHiddenName = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([name, child]) => isHidden(name) || hasHiddenName(child));

interface Found {
  readonly values: readonly unknown[];
  /** There may have been other values, under a redacted name or in a cut part. */
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
  // Here the pointer "/" means the whole body, because no vendor has a member with an empty name.
  if (steps.length === 1 && steps[0] === "")
    return { values: body === undefined ? [] : [body], open };
  let values: unknown[] = [body];
  let isInside = false;
  for (const step of steps) {
    // A list or an object that was redacted as a whole had members.
    isInside ||= values.includes(REDACTED) || values.includes(NOT_SHOWN);
    values = values.flatMap((value) => members(value, step));
  }
  return { values, open: open || isInside };
}

function members(value: unknown, step: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") return Object.values(value);
  // Not hasOwn: it would find the length of an array, which is not in the JSON.
  const isMember = Object.prototype.propertyIsEnumerable.call(value, step);
  return isMember ? [(value as Record<string, unknown>)[step]] : [];
}

/** Compares JSON values: the order of members does not matter. */
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
