import type { Vendor } from "../../core/vendor.ts";
import { speaks } from "./settings.ts";

/**
 * Writes a reply in the recorded form as Python does. The health check is recorded without spaces, because it is
 * another service.
 */
export const encode: NonNullable<Vendor["encode"]> = ({ status, value }, tenant, operation) => {
  const isPython = speaks(status >= 400 ? "wrapped" : "recorded", tenant);
  const isCompact = operation === "healthcheck" && status < 400;
  return isPython && !isCompact ? pythonJson(value) : JSON.stringify(value);
};
/** JSON as Python's `json.dumps` writes it: a space after each comma and colon, and only ASCII. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${pythonJson(name)}: ${pythonJson(member)}`,
    );
    return `{${members.join(", ")}}`;
  }
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
