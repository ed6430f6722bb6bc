// Turns every specs/<name>/openapi.yaml into openapi.json beside it, so that a start parses no YAML.
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const specs = new URL("../specs/", import.meta.url);

for (const name of readdirSync(specs)) {
  const definition = parse(readFileSync(new URL(`${name}/openapi.yaml`, specs), "utf8"));
  const json = new URL(`${name}/openapi.json`, specs);
  const draft = new URL(`openapi.json.${process.pid}`, json);
  // In one step: a server that starts meanwhile reads the old text or the new one.
  writeFileSync(draft, JSON.stringify(definition));
  renameSync(draft, json);
}
