// Shows that a third vendor is four folders and one line: creates one with scripts/new-vendor.mjs in a temporary copy
// of the repository, and runs build, linter and tests there. Usage: node scripts/third-vendor.mjs [test files]
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "fauxdr-third-vendor-"));
const LEFT_OUT = /^\.git$|^node_modules$|^dist$|^coverage$/;

try {
  cpSync(root, copy, {
    recursive: true,
    filter: (source) => !LEFT_OUT.test(source.slice(root.length)),
  });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const run = (command, ...args) => execFileSync(command, args, { cwd: copy, stdio: "inherit" });
  run(process.execPath, "scripts/new-vendor.mjs", "acme");
  run("npm", "run", "--silent", "build");
  run("npm", "run", "--silent", "lint:all");
  run("npx", "--no-install", "vitest", "run", ...process.argv.slice(2));
} catch (error) {
  // The failed command has printed its error.
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true });
}
