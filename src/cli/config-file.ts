import { readFileSync } from "node:fs";
import { KitError } from "../core/errors.ts";
import { parseJson } from "../core/json/json.ts";
import type { JsonFault } from "../core/json/json-fault.ts";
import { fromObject, type Source } from "../settings/read.ts";

/** Reads a configuration file: a JSON object of settings. Throws a KitError that says where it is wrong, and how. */
export function readConfigFile(file: string): Source {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new KitError(`The configuration file ${file} cannot be read.`);
  }
  // Editors on Windows write a byte-order mark.
  text = text.replace(/^\ufeff/, "");
  const parsed = parseJson(text);
  if ("fault" in parsed) {
    const { line, column } = parsed.fault;
    throw new KitError(
      `The configuration file ${file} is not JSON at line ${line}, column ${column}: ${whatIsWrong(text, parsed.fault)}.`,
    );
  }
  const content = parsed.value;
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new KitError(`The configuration file ${file} must contain a JSON object of settings.`);
  }
  return fromObject(content as Record<string, unknown>, file);
}

/** The message of a JSON fault is worded for a vendor's reply. The user gets a plain one. */
function whatIsWrong(text: string, { message, near, offset }: JsonFault): string {
  const before = [...text].slice(0, offset).join("").trimEnd();
  if (/^(\/[/*]|#)/.test(near)) return "JSON has no comments, so remove this one";
  if (near === "") return "the file ends too early";
  if (offset === 0 && /^([\w-]+:|---)/.test(near)) {
    return 'this looks like YAML; write JSON instead, such as {"port": 4620}';
  }
  if (/^[}\]]/.test(near) && before.endsWith(",")) {
    return `there must be no comma before ${near[0]}`;
  }
  const words = WORDS.find(([start]) => message.startsWith(start))?.[1];
  return words ?? message.charAt(0).toLowerCase() + message.slice(1);
}

/** Plain messages, by the start of a fault's message. Other messages are already plain. */
const WORDS: readonly (readonly [string, string])[] = [
  ["Expecting property name", "a name in double quotes is expected here"],
  ["Expecting value", "a value is expected here; a string needs double quotes"],
  ["Expecting ':'", "a colon is expected here"],
  ["Expecting ','", "a comma or a closing bracket is expected here"],
  ["Invalid control", "a string must not contain a line break or a tab: write \\n or \\t"],
  ["Unterminated", "this string has no closing quote"],
  ["Invalid \\", "this is not an escape: write \\\\ for a backslash"],
  ["Extra data", "there is something after the end of the object"],
];
