/// <reference path="./js-yaml.d.ts" />
import { readFileSync } from "node:fs";
import { CORE_SCHEMA, load, YAMLException } from "js-yaml";
import type { AlsoDocument, AlsoSource } from "../../core/also-document.ts";
import { KitError } from "../../core/errors.ts";
import { parseJson } from "../../core/json/json.ts";
import { lineFinder } from "./lines.ts";
import { readPlainYaml } from "./plain-yaml.ts";

export type ReadDocument = Pick<AlsoDocument, "name" | "definition" | "placeOf">;

/** Reads an OpenAPI document, YAML or JSON. Throws a KitError that says where it is not a JSON object. */
export function readDocument(source: AlsoSource, index: number): ReadDocument {
  if (typeof source !== "string") {
    const name = `also[${index}]`;
    return { name, definition: source, placeOf: (pointer) => `${name}, ${pointer || "/"}` };
  }
  const text = textOf(source);
  const definition = parse(text, source);
  if (typeof definition !== "object" || definition === null || Array.isArray(definition)) {
    throw new KitError(
      `The OpenAPI document ${source} must contain an object, such as openapi: 3.0.3`,
    );
  }
  let lineOf: ((pointer: string) => number | undefined) | undefined;
  return {
    name: source,
    definition: definition as ReadDocument["definition"],
    placeOf: (pointer) => {
      lineOf ??= lineFinder(text);
      const line = lineOf(pointer);
      return `${source}, ${line === undefined ? "" : `line ${line}, `}${pointer || "/"}`;
    },
  };
}

/** An error at a place of a document. */
export const wrongAt = ({ placeOf }: ReadDocument, pointer: string, what: string): KitError =>
  new KitError(`The OpenAPI document is not valid at ${placeOf(pointer)}: ${what}.`);

function textOf(file: string): string {
  try {
    // Editors on Windows write a byte-order mark.
    return readFileSync(file, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : (code ?? "an unknown error");
    throw new KitError(`The OpenAPI document ${file} cannot be read: ${why}.`);
  }
}

/** JSON first: it is read ten times as fast as YAML, of which it is a part. */
function parse(text: string, file: string): unknown {
  const isJson = /^\s*\{/.test(text);
  if (isJson) {
    try {
      return JSON.parse(text);
    } catch {
      if (file.endsWith(".json")) throw brokenJson(text, file);
    }
  }
  const plain = isJson ? undefined : readPlainYaml(text, loadPart);
  if (plain) return plain.value;
  try {
    return load(text, { schema: CORE_SCHEMA, json: isJson });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    const at = mark ? ` at line ${mark.line + 1}, column ${mark.column + 1}` : "";
    throw new KitError(`The OpenAPI document ${file} is not YAML${at}: ${reason}.`);
  }
}

const loadPart = (text: string, maxDepth: number): unknown =>
  load(text, { schema: CORE_SCHEMA, maxDepth });

function brokenJson(text: string, file: string): KitError {
  const parsed = parseJson(text);
  const where =
    "fault" in parsed ? ` at line ${parsed.fault.line}, column ${parsed.fault.column}` : "";
  const what = "fault" in parsed ? `: ${parsed.fault.message}` : "";
  return new KitError(`The OpenAPI document ${file} is not JSON${where}${what}.`);
}
