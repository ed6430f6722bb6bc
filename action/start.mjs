// The action's first half: starts the mock, and tells the rest of the job where it is.
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const { env } = process;
const input = (name) => env[`INPUT_${name.toUpperCase()}`] ?? "";
const say = (file, values) => {
  for (const [name, value] of Object.entries(values))
    appendFileSync(env[file], `${name}=${value}\n`);
};

const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "fauxdr-"));
writeFileSync(join(folder, "package.json"), '{ "private": true }');
const version = input("version") || "latest";
const spec = existsSync(version) ? version : `fauxdr@${version}`;
const flags = ["install", "--silent", "--no-audit", "--no-fund", spec];
execFileSync("npm", flags, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
const cli = join(folder, "node_modules/fauxdr/dist/cli.js");

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
    process.stdout.write(readFileSync(log, "utf8"));
    throw new Error("fauxdr did not start");
  }
  await sleep(50);
}
server.unref();
const { url, pid } = JSON.parse(readFileSync(ready, "utf8"));
say("GITHUB_STATE", { url, pid, cli });

const { tenants } = await (await fetch(`${url}/__admin/tenants`)).json();
const variables = execFileSync(process.execPath, [cli, "env", "--port", new URL(url).port], {
  encoding: "utf8",
});
const exported = Object.fromEntries(
  [...variables.matchAll(/^export (\w+)='?([^'\n]*)'?$/gm)].map(([, name, value]) => [name, value]),
);
// The steps that follow find them as `fauxdr run` would hand them out.
say("GITHUB_ENV", exported);
const outputs = Object.entries(exported)
  .filter(([name]) => /^(CORTEX|QUALYS)_(?!ADVANCED)/.test(name))
  .map(([name, value]) => [name.toLowerCase().replaceAll("_", "-"), value]);
say("GITHUB_OUTPUT", { url, ...Object.fromEntries(outputs) });
process.stdout.write(`fauxdr ${tenants[0]?.name ?? ""} listens on ${url}\n`);
