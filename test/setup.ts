import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder that tests share. It is deleted after the run. */
    folder: string;
  }
}

/** The specs are YAML; the product reads the JSON made from them. */
export function setup(project: TestProject): () => void {
  execFileSync(process.execPath, ["scripts/specs.mjs"]);
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-tests-"));
  project.provide("folder", folder);
  return () => rmSync(folder, { recursive: true });
}
