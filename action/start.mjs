// The action's first half: starts the mock, and tells the rest of the job where it is.
import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const { env } = process;
const input = (name) => env[`INPUT_${name.toUpperCase()}`] ?? "";
const say = (file, values) => {
  for (const [name, value] of Object.entries(values))
    appendFileSync(env[file], `${name}=${value}\n`);
};

/** Ends the step in red, with one sentence. */
function fail(sentence) {
  process.stdout.write(`::error title=fauxdr::${sentence.replace(/\n/g, "%0A")}\n`);
  process.exit(1);
}

/** Runs npm. Where it fails, its own errors are in the sentence: one of them says what is missing. */
function npm(cwd, args, doing) {
  const options = { cwd, encoding: "utf8", shell: process.platform === "win32" };
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const { status, stderr, error } = spawnSync("npm", [...args, ...quiet], options);
  if (status === 0) return;
  const lines = (stderr ?? "").split("\n").map((line) => line.replace(/^npm (error|ERR!) ?/, ""));
  const said = lines.filter((line) => line && !/^code |complete log of this run/.test(line));
  fail(`${doing} failed: ${error?.message ?? said.slice(0, 3).join(" ")}`);
}

/** What npm is to install: a file of the workspace, an address as it is, or a version of the published package. */
function specOf(version) {
  const file = resolve(env.GITHUB_WORKSPACE ?? ".", version);
  if (existsSync(file)) return file;
  if (/^[./]|\.tgz$/.test(version) && !version.includes("://")) fail(`There is no file ${file}.`);
  return /[:/]/.test(version) ? version : `fauxdr@${version}`;
}

const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "fauxdr-"));

/** The command of the version that was asked for, or of this copy of the repository. */
function install(version) {
  const own = join(import.meta.dirname, "..");
  const built = join(own, "dist/cli.cjs");
  if (version === "") {
    if (!existsSync(built)) npm(own, ["ci"], "Building fauxdr from this copy of its repository");
    return built;
  }
  const spec = specOf(version);
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  npm(folder, ["install", spec], `Installing ${spec}`);
  return join(folder, "node_modules/fauxdr/dist/cli.cjs");
}

const cli = install(input("version"));
const config = join(folder, "fauxdr.json");
writeFileSync(config, input("settings") || "{}");
const ready = join(folder, "ready.json");
const log = join(folder, "fauxdr.log");
// It outlives this step: the second half ends it.
const server = spawn(
  process.execPath,
  [cli, "--config", config, "--port", "0", "--log", "none", "--ready-file", ready],
  { detached: true, stdio: ["ignore", openSync(log, "a"), openSync(log, "a")] },
);
// A first half that fails has no second one.
process.on("exit", (code) => code !== 0 && server.kill());
for (let tries = 0; !existsSync(ready); tries++) {
  if (server.exitCode !== null || tries > 600) {
    fail(readFileSync(log, "utf8").trim() || "fauxdr was not ready within 30 seconds.");
  }
  await sleep(50);
}
server.unref();
const { url, pid } = JSON.parse(readFileSync(ready, "utf8"));
const { adminToken = "" } = JSON.parse(readFileSync(config, "utf8"));
say("GITHUB_STATE", { url, pid, token: adminToken });

const { stdout: variables } = spawnSync(
  process.execPath,
  [cli, "env", "--port", new URL(url).port],
  { encoding: "utf8" },
);
const exported = Object.fromEntries(
  [...variables.matchAll(/^export (\w+)='?([^'\n]*)'?$/gm)].map(([, name, value]) => [name, value]),
);
// The steps that follow find them as `fauxdr run` would hand them out.
say("GITHUB_ENV", exported);
const outputs = Object.entries(exported)
  .filter(([name]) => /^(CORTEX|QUALYS)_(?!ADVANCED)/.test(name))
  .map(([name, value]) => [name.toLowerCase().replaceAll("_", "-"), value]);
say("GITHUB_OUTPUT", { url, ...Object.fromEntries(outputs) });
process.stdout.write(`fauxdr listens on ${url}\n`);
