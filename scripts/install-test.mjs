// Installs fauxdr into an empty project from a git URL, from a tarball of its sources and from `npm pack`, and uses it
// there: as a command, in a test, by `import` and by `require`. npm builds nothing for a tarball of sources, so that one is
// unpacked and set up first.
// Usage: node scripts/install-test.mjs (needs git, tar and the npm registry)
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const folder = mkdtempSync(join(tmpdir(), "fauxdr-install-"));

const TEST = `
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { startMock } from "fauxdr";
test("the mock answers", async () => {
  const mock = await startMock();
  assert.equal((await fetch(mock.url + "/__admin/health")).status, 200);
  await mock.close();
});`;
const IMPORT = 'const { startMock } = await import("fauxdr"); console.log(typeof startMock);';
const REQUIRE = 'console.log(typeof require("fauxdr").startMock);';

/** The sources of an installation by name, and what npm installs for each. */
const SOURCES = {
  "a git URL": () => {
    const clone = join(folder, "clone");
    execFileSync("git", ["clone", "-q", root, clone]);
    return `git+file://${clone}`;
  },
  "a tarball of the sources, set up by npm ci": () => {
    const sources = join(folder, "sources");
    mkdirSync(sources);
    const tarball = join(folder, "sources.tar.gz");
    execFileSync("git", ["archive", "-o", tarball, "HEAD"], { cwd: root });
    execFileSync("tar", ["xzf", tarball, "-C", sources]);
    execFileSync("npm", ["ci", "--silent"], { cwd: sources });
    return sources;
  },
  "npm pack": () => {
    const flags = ["--silent", "--pack-destination", folder];
    return join(
      folder,
      execFileSync("npm", ["pack", ...flags], { cwd: root, encoding: "utf8" }).trim(),
    );
  },
};

function tryFrom(name, source) {
  const cwd = mkdtempSync(join(folder, "project-"));
  writeFileSync(join(cwd, "package.json"), '{ "private": true, "type": "module" }');
  writeFileSync(join(cwd, "mock.test.js"), TEST);
  const run = (command, ...args) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
    return { status, stdout: stdout.trim(), output: stdout + stderr };
  };
  const installed = run("npm", "install", source);
  const found = {
    installed: installed.status,
    warnings: /warn|error|deprecated/i.test(installed.output) ? installed.output : "",
    version: run("npx", "--no-install", "fauxdr", "--version").stdout.split("\n")[0],
    tested: run(process.execPath, "--test").status,
    imported: run(process.execPath, "--input-type=module", "-e", IMPORT).stdout,
    required: run(process.execPath, "--input-type=commonjs", "-e", REQUIRE).stdout,
  };
  const wanted = {
    installed: 0,
    warnings: "",
    version,
    tested: 0,
    imported: "function",
    required: "function",
  };
  const wrong = Object.keys(wanted).filter((key) => found[key] !== wanted[key]);
  for (const key of wrong) console.log(`FAIL ${name}: ${key} is ${JSON.stringify(found[key])}`);
  if (wrong.length > 0) process.exitCode = 1;
  else console.log(`ok   ${name}`);
}

try {
  for (const [name, source] of Object.entries(SOURCES)) tryFrom(name, source());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
