// `npm test`: builds if necessary, lints, checks types, and runs the tests whose programs are installed.
// `npm run test:all`: installs the programs first, and runs the long form of every test. What follows goes to vitest.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const rest = process.argv.slice(2).filter((argument) => argument !== "--all");
const all = process.argv.includes("--all");
const env = { ...process.env, ...(all && { ALL_TESTS: "1" }) };

function run(command, ...args) {
  // npm is a batch file on Windows.
  const shell = command === "npm" && process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: "inherit", shell });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (all) run(process.execPath, "scripts/install-programs.mjs");
run(process.execPath, "scripts/build.mjs", "--if-stale");
run("npm", "run", "--silent", all ? "lint:all" : "lint");
run(process.execPath, "node_modules/vitest/vitest.mjs", "run", ...rest);
