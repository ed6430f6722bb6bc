// Runs the README's test command in a fresh clone, with only Node, npm, git and the coreutils on the PATH, and checks
// what the README promises about it.
// Usage: node scripts/bare-test.mjs [--seconds 120] [--node 26] [--user nobody]
// It needs the npm registry, a busy machine needs more seconds, and to run as another user it has to be started by root.
import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeBinary } from "./node-versions.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    node: { type: "string" },
    user: { type: "string" },
  },
});
const root = fileURLToPath(new URL("../", import.meta.url));
const COREUTILS =
  `basename cat chmod cp cut date dirname echo env expr false head id ln ls mkdir mkfifo mktemp mv nproc od pwd
  readlink realpath rm rmdir seq sleep sort stat tail tee test touch tr true tty uname uniq wc`.split(
    /\s+/,
  );

const [, command = ""] =
  /^(npm ci && npm test)$/m.exec(readFileSync(`${root}README.md`, "utf8")) ?? [];
const folder = mkdtempSync(join(tmpdir(), "fauxdr-bare-"));
let failed = 0;
function check(what, is) {
  if (!is) failed++;
  console.log(`${is ? "ok  " : "FAIL"} ${what}`);
}

/** Gives the clone to a user, with an empty home. Returns the options of `spawn` that make a command run as that user. */
function asUser(name, env) {
  const home = join(folder, "home");
  mkdirSync(home);
  execFileSync("chown", ["-R", name, folder]);
  const id = (flag) => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g"), env: { ...env, HOME: home, USER: name } };
}

/** Runs a command and shows its output. Returns the output, the exit code, and the seconds that it took. */
async function run(line, options) {
  const started = performance.now();
  const child = spawn("sh", ["-c", `${line} 2>&1`], {
    ...options,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const text of child.stdout.setEncoding("utf8")) {
    output += text;
    process.stdout.write(text);
  }
  if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
  return {
    output,
    code: child.exitCode,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

try {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const folders = process.env.PATH.split(delimiter);
  for (const name of ["git", "npm", "npx", "sh", ...COREUTILS]) {
    const path = folders.map((one) => join(one, name)).find((one) => existsSync(one));
    if (path) symlinkSync(path, join(bin, name));
  }
  // A copy, because another user cannot read the folder that the Nodes are kept in.
  copyFileSync(values.node ? nodeBinary(values.node) : process.execPath, join(bin, "node"));
  const cwd = join(folder, "clone");
  execFileSync("git", ["clone", "-q", root, cwd]);
  const { CI: _, ...rest } = process.env;
  const env = { ...rest, PATH: bin, CHROMIUM: join(folder, "no-browser") };
  const user = values.user ? asUser(values.user, env) : {};

  check("README.md names the command", command !== "");
  const [install = "", test = ""] = command.split(" && ");
  const installed = await run(install, { cwd, env, ...user });
  const tested = await run(test, { cwd, env, ...user });
  check(`${install} ends with 0`, installed.code === 0);
  check(`${test} ends with 0`, tested.code === 0);
  check("npm prints no warnings", !/npm warn/i.test(installed.output + tested.output));
  check(
    "the end names what did not run, and the command that installs it",
    /^\d+ tests did not run[\s\S]*Chromium\n[\s\S]*`npm run programs`/m.test(tested.output),
  );
  const { seconds } = tested;
  check(`${test} takes ${seconds} s, ${values.seconds} at most`, seconds <= Number(values.seconds));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
