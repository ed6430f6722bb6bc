import type { Problem, Refusal } from "../../core/errors.ts";

/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** The refusal of a request that does not fit its schema. */
export function refusalOf(error: SchemaError): Refusal {
  const problem = problemOf(error);
  return error.instancePath === "/requestBody" && error.keyword === "type"
    ? { kind: "not-an-object", problem }
    : { kind: "invalid", problem };
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
