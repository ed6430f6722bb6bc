import { VendorError } from "../../core/errors.ts";
import type { WireRequest } from "../../core/vendor.ts";
import { ignoredMembers } from "./ignored-members.ts";
import { bodyReader } from "./parse-body.ts";
import { pathParams } from "./path-params.ts";
import { bodySchema, type Ground, refusalOf, type SchemaError } from "./schema-error.ts";

/** The parts of a valid request. */
export interface Validated {
  readonly params: Record<string, string>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
  /** Members of the body that the vendor ignores, as JSON pointers. */
  readonly ignored: readonly string[];
}

/** A compiled schema; `errors` are those of the last subject. */
export type Validator = ((subject: unknown) => boolean) & {
  readonly errors?: readonly SchemaError[] | null;
};

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly explode?: boolean;
  readonly schema?: { readonly type?: unknown };
}

/** The part of an operation that describes its requests. */
export interface Declared extends Ground {
  readonly path: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: unknown;
}

/**
 * Checks requests of an operation. `checks` say only whether a request is valid, and are compiled at the first request.
 * `explaining` are the same checks with errors, all of them or the first one, and are created only for an invalid request.
 */
export function validation(
  operation: Declared,
  checks: () => readonly Validator[],
  explaining: (allErrors: boolean) => readonly Validator[],
): (request: WireRequest) => Validated {
  const { parameters = [], path, requestBody } = operation;
  const queried = parameters.filter(({ in: place }) => place === "query");
  const paramsOf = path.includes("{") ? pathParams(path) : undefined;
  const bodyOf = bodyReader(requestBody);
  const schema = bodySchema(requestBody) ?? {};
  let quick: readonly Validator[] | undefined;
  return (request) => {
    const { value: body, exact } = bodyOf(request);
    const params = paramsOf?.(request.path) ?? {};
    const query: Record<string, unknown> = {};
    for (const parameter of queried) {
      const { name } = parameter;
      if (request.query.has(name)) query[name] = queryValue(request.query, parameter);
    }
    const whole: Record<string, unknown> = { path: params, query, header: request.headers };
    if (body !== undefined) whole["requestBody"] = body;
    quick ??= checks();
    if (!quick.every((check) => check(whole))) {
      const errors = errorsIn(whole, explaining(request.body.length <= LARGE));
      throw new VendorError(refusalOf(errors, operation));
    }
    return { params, query, body: exact, ignored: ignoredMembers(body, schema) };
  };
}

/** A list is `?id=1&id=2`, or `?id=1,2` if the document says `explode: false`. */
function queryValue(query: URLSearchParams, { name, explode, schema }: Parameter): unknown {
  const value = query.get(name);
  if (schema?.type !== "array") return value;
  return explode === false ? value?.split(",") : query.getAll(name);
}

/** A larger body can have so many errors that naming them takes too long. Only its first one is named. */
const LARGE = 65_536;

const errorsIn = (request: unknown, checks: readonly Validator[]): readonly SchemaError[] =>
  checks.flatMap((check) => (check(request) ? [] : (check.errors ?? [])));
