import { execFileSync } from "node:child_process";

/** The specs are YAML; what is run reads the JSON made of them. */
export function setup(): void {
  execFileSync(process.execPath, ["scripts/specs.mjs"]);
}
