import type { Vendor } from "../../core/vendor.ts";
import { speaks } from "./settings.ts";

/**
 * Writes a reply as Python does, where it has the form of the recordings. The health check is recorded without spaces: it
 * is another service.
 */
export const encode: NonNullable<Vendor["encode"]> = ({ status, value }, tenant, operation) => {
  const isPython = speaks(status >= 400 ? "wrapped" : "recorded", tenant);
  const isCompact = operation === "healthcheck" && status < 400;
  return isPython && !isCompact ? pythonJson(value) : JSON.stringify(value);
};

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;

/**
 * JSON as Python's `json.dumps` writes it: a space after each comma and colon, and only ASCII. It spaces the text of
 * `JSON.stringify`, which takes a third of the time that writing each value takes.
 */
export function pythonJson(value: unknown): string {
  const text = JSON.stringify(value);
  let spaced = "";
  let from = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString && code === BACKSLASH) at++;
    else if (code === QUOTE) isInString = !isInString;
    else if (!isInString && (code === COMMA || code === COLON)) {
      spaced += `${text.slice(from, at + 1)} `;
      from = at + 1;
    }
  }
  return `${spaced}${text.slice(from)}`.replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
