// Checks the types of the packed product with are-the-types-wrong, for ESM imports.
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
  const attw = ["--no-install", "attw", "--profile", "esm-only", tarball];
  execFileSync("npx", attw, { cwd: folder, stdio: "inherit" });
} finally {
  rmSync(folder, { recursive: true });
}
