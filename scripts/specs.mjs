// Turns every specs/<name>/openapi.yaml into openapi.json beside it, so that a start parses no YAML.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const specs = new URL("../specs/", import.meta.url);

export function compileSpecs() {
  for (const name of readdirSync(specs)) {
    const definition = parse(readFileSync(new URL(`${name}/openapi.yaml`, specs), "utf8"));
    writeFileSync(new URL(`${name}/openapi.json`, specs), JSON.stringify(definition));
  }
}

compileSpecs();
