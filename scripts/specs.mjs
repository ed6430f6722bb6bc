// Writes two files beside every specs/<name>/openapi.yaml: openapi.json without the prose, which the server reads, so
// that a start parses neither YAML nor prose; and document.json, the whole document.
import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { readSpec } from "./read-spec.mjs";

const specs = new URL("../specs/", import.meta.url);

/** Members for human readers only. */
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

/** Members whose own members have free names: a property may be called "description". */
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
  write(new URL(`${name}/openapi.json`, specs), named(withoutProse(document), document));
  // The ledger and the inspector read the whole document, when they are used.
  write(new URL(`${name}/document.json`, specs), document);
}

/** Adds the title of its source to each operation, for findings. */
function named(lean, { paths, info }) {
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { "x-source": source }] of Object.entries(item)) {
      const title = info["x-sources"]?.[source]?.title;
      if (title) lean.paths[path][method]["x-source-title"] = title;
    }
  }
  return lean;
}

/** Replaces the file atomically: a server that is starting reads the old text or the new one, never a part. */
function write(file, content) {
  const draft = new URL(`${file.href}.${process.pid}`);
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, file);
}
