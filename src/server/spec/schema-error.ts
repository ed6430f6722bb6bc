import type { Basis } from "../../core/basis.ts";
import type { Problem, Refusal } from "../../core/errors.ts";
import { isEmpty } from "../../core/json/empty.ts";
import type { Members } from "./ignored-members.ts";

/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly schemaPath?: string;
  /** The schema that has the keyword. */
  readonly parentSchema?: {
    readonly "x-basis"?: Basis;
    /** Values that the vendor documents and fauxdr does not support. */
    readonly "x-unserved"?: readonly unknown[];
  };
  /** The invalid value. */
  readonly data?: unknown;
}

/**
 * The keywords that vendors document: whether a field is required, its type, its values. Every other check of a schema,
 * such as refusing unknown fields, is a choice of fauxdr.
 */
const DOCUMENTED_KEYWORDS: readonly string[] = ["required", "type", "enum"];

/** The part of an operation that says what its requests must be, and on what basis. */
export interface Ground {
  readonly "x-basis"?: Basis;
  readonly "x-source-title"?: string;
  readonly requestBody?: unknown;
}

interface Schema extends Members {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Limit on the problems that one error response names. */
const MOST = 20;

/** The refusal of a request that does not match its schema. The first error is the one that most vendors would name. */
export function refusalOf(errors: readonly SchemaError[], operation: Ground = {}): Refusal {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const error of errors) {
    const problem = { ...problemOf(error, operation), ...groundOf(error, operation) };
    if (error.instancePath === "/requestBody" && error.keyword === "type") {
      return { kind: "not-an-object", problem };
    }
    const key = choiceOf(error) ?? `${problem.where} ${problem.what}`;
    if (seen.has(key) || problems.length === MOST) continue;
    seen.add(key);
    problems.push(problem);
  }
  const [problem = { where: "", what: "is wrong" }, ...others] = problems;
  return { kind: "invalid", problem, ...(others.length > 0 && { others }) };
}

/** Each alternative of an `anyOf` or `oneOf` reports its own error. Only the first one is named. */
const choiceOf = ({ schemaPath = "" }: SchemaError): string | undefined =>
  /^.*?\/(?:anyOf|oneOf)(?=\/|$)/.exec(schemaPath)?.[0];

function groundOf(
  { keyword, parentSchema, data }: SchemaError,
  operation: Ground,
): Pick<Problem, "basis" | "source" | "unserved"> {
  if (parentSchema?.["x-unserved"]?.includes(data)) return { basis: "documented", unserved: true };
  const basis = parentSchema?.["x-basis"] ?? operation["x-basis"] ?? "assumed";
  const source = operation["x-source-title"];
  if (basis === "assumed" || !DOCUMENTED_KEYWORDS.includes(keyword)) return { basis: "assumed" };
  return { basis, ...(source !== undefined && { source }) };
}

function problemOf(error: SchemaError, operation: Ground): Problem {
  const { instancePath, keyword, params, message = "is wrong", data } = error;
  const where = instancePath.startsWith("/requestBody")
    ? instancePath.slice("/requestBody".length)
    : instancePath.slice(1);
  const isMissing = (): boolean => isEmpty(data) && isRequired(where, operation);
  switch (keyword) {
    case "required":
      return {
        where: `${where}/${params["missingProperty"]}`,
        what: "is required",
        kind: "missing",
      };
    case "additionalProperties":
      return {
        where: `${where}/${params["additionalProperty"]}`,
        what: "is not a field of this call",
      };
    case "enum": {
      const what = `must be one of: ${(params["allowedValues"] as unknown[]).join(", ")}`;
      return { where, what, ...(isMissing() && { kind: "missing" }) };
    }
    case "format":
      return { where, what: `must be a ${params["format"]}` };
    default:
      return { where, what: message, ...(isMissing() && { kind: "missing" }) };
  }
}

/** Whether the body's schema requires this member. */
function isRequired(where: string, { requestBody }: Ground): boolean {
  const names = where.split("/").slice(1);
  const last = names.pop();
  if (last === undefined) return false;
  let schema = bodySchema(requestBody);
  for (const name of names) schema = schema?.properties?.[name] ?? schema?.items;
  return schema?.required?.includes(last) === true;
}

/** The schema of a body, in its first media type. */
export function bodySchema(requestBody: unknown): Schema | undefined {
  const { content = {} } = (requestBody ?? {}) as {
    readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
  return Object.values(content)[0]?.schema;
}
