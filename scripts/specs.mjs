// Turns every specs/<name>/openapi.yaml into openapi.json beside it: what the server reads of it, so that a start
// parses no YAML and no page of prose.
import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { readSpec } from "./read-spec.mjs";

const specs = new URL("../specs/", import.meta.url);

/** Members that only people read. */
const PROSE = new Set([
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "externalDocs",
  "info",
  "servers",
  "tags",
  "source",
  "note",
  "x-source",
  "x-sources",
  "x-note",
  "x-behaviours",
]);

/** Members whose own members have names of the author's choice: a property may be called "description". */
const NAMED = new Set(["paths", "properties", "schemas", "responses", "headers", "x-causes"]);

/** Members whose values are data. */
const DATA = new Set(["enum", "const", "default"]);

function withoutProse(node, key = "") {
  if (DATA.has(key) || typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  const members = Object.entries(node);
  return NAMED.has(key)
    ? Object.fromEntries(members.map(([name, child]) => [name, withoutProse(child)]))
    : Object.fromEntries(
        members
          .filter(([name]) => !PROSE.has(name))
          .map(([name, child]) => [name, withoutProse(child, name)]),
      );
}

for (const name of readdirSync(specs)) {
  const document = readSpec(name);
  write(new URL(`${name}/openapi.json`, specs), withoutProse(document));
  // All of it, for the ledger: only who asks for that reads it.
  write(new URL(`${name}/document.json`, specs), document);
}

/** In one step: a server that starts meanwhile reads the old text or the new one. */
function write(file, content) {
  const draft = new URL(`${file.href}.${process.pid}`);
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, file);
}
