// Checks the types of the packed product with are-the-types-wrong: in every mode, and fauxdr/vitest, which is ESM like
// vitest itself, for ESM imports.
// Usage: npm run build && node scripts/types.mjs (needs the npm registry)
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/fauxdr-types-`);
// With a later fflate, are-the-types-wrong finds no files in a tarball.
const project = { private: true, overrides: { fflate: "0.8.2" } };
try {
  const flags = ["--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", ["pack", ...flags], { cwd: root, encoding: "utf8" }).trim();
  writeFileSync(`${folder}/package.json`, JSON.stringify(project));
  const quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", "@arethetypeswrong/cli@0.18.2", ...quiet], { cwd: folder });
  const attw = (...args) =>
    execFileSync("npx", ["--no-install", "attw", tarball, ...args], {
      cwd: folder,
      stdio: "inherit",
    });
  attw("--exclude-entrypoints", "vitest");
  attw("--entrypoints", "vitest", "--profile", "esm-only");
} finally {
  rmSync(folder, { recursive: true });
}
