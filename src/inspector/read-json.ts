import { jsonFaultIn } from "../core/json/json-fault.ts";

/** The value of a JSON text. Throws an Error that says where it is wrong; `called` begins it. */
export function readJson(text: string, called: string): unknown {
  const fault = jsonFaultIn(text);
  if (!fault) return JSON.parse(text);
  const { message, line, column, near } = fault;
  throw new Error(
    `${called} is not JSON: ${message}, at line ${line}, column ${column}${near && ` (${near})`}.`,
  );
}
