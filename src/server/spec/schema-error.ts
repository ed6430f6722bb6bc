import type { Basis } from "../../core/basis.ts";
import type { Problem, Refusal } from "../../core/errors.ts";

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
    /** Values that the vendor documents and fauxdr does not understand. */
    readonly "x-unserved"?: readonly unknown[];
  };
  /** The value that does not fit. */
  readonly data?: unknown;
}

/**
 * The keywords that vendors document: whether a field is required, its type, its values. Every other check of a schema,
 * such as refusing unknown fields, is a choice of fauxdr.
 */
const DOCUMENTED_KEYWORDS: readonly string[] = ["required", "type", "enum"];

/** The basis and source of an operation. */
export interface Ground {
  readonly "x-basis"?: Basis;
  readonly "x-source-title"?: string;
}

/** Limit on the problems that one error response names. */
const MOST = 20;

/** The refusal of a request that does not match its schema. The first error is the one that most vendors would name. */
export function refusalOf(errors: readonly SchemaError[], operation: Ground = {}): Refusal {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const error of errors) {
    const problem = { ...problemOf(error), ...groundOf(error, operation) };
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

function problemOf({ instancePath, keyword, params, message = "is wrong" }: SchemaError): Problem {
  const where = instancePath.startsWith("/requestBody")
    ? instancePath.slice("/requestBody".length)
    : instancePath.slice(1);
  switch (keyword) {
    case "required":
      return { where: `${where}/${params["missingProperty"]}`, what: "is required" };
    case "additionalProperties":
      return {
        where: `${where}/${params["additionalProperty"]}`,
        what: "is not a field of this call",
      };
    case "enum":
      return {
        where,
        what: `must be one of: ${(params["allowedValues"] as unknown[]).join(", ")}`,
      };
    case "format":
      return { where, what: `must be a ${params["format"]}` };
    default:
      return { where, what: message };
  }
}
