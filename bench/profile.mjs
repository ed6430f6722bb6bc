// Profiles the built fauxdr under load, and writes bench/PROFILE.md: where the time of a quarantine call goes.
// Usage: npm run build && node bench/profile.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "./load.mjs";
import { start } from "./process.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const WARM = 20_000;
const CALLS = 100_000;

const folder = mkdtempSync(join(tmpdir(), "fauxdr-profile-"));
const flags = ["--cpu-prof", "--cpu-prof-interval", "200", "--cpu-prof-dir", folder];
const serve = (port) => ["serve", "--port", String(port), "--log", "none"];
const server = await start((port) => [
  process.execPath,
  ...flags,
  join(dist, "cli.cjs"),
  ...serve(port),
]);
await load(server.port, 32, WARM);
await load(server.port, 32, CALLS);
// Node writes the profile only on a normal exit.
process.kill(server.pid, "SIGTERM");
const read = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
let [text] = read();
for (; !isWhole(text); [text] = read()) await new Promise((resolve) => setTimeout(resolve, 50));
rmSync(folder, { recursive: true });

function isWhole(json) {
  try {
    return JSON.parse(json ?? "") !== undefined;
  } catch {
    return false;
  }
}

/** The source files of a chunk of the bundle, by line: the bundler marks where each one begins. */
const chunks = new Map();
function sourceOf(url, line) {
  if (!chunks.has(url)) {
    let file = "";
    const files = readFileSync(fileURLToPath(url), "utf8")
      .split("\n")
      .map((one) => {
        file = /^\/\/ ((?:src|node_modules)\/\S+)$/.exec(one)?.[1] ?? file;
        return file;
      });
    chunks.set(url, files);
  }
  return chunks.get(url)[line] ?? "";
}

function place({ functionName, url, lineNumber }) {
  if (functionName === "(garbage collector)") return "garbage collector";
  if (functionName === "writev") return "the system's `writev`";
  if (functionName === "(program)") return "outside JavaScript";
  if (url.startsWith("node:")) return "Node: http, streams, events, timers";
  if (!url.startsWith("file:")) return "compiled validators, regular expressions, built-ins";
  const file = sourceOf(url, lineNumber);
  const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return name ? `\`${name}\`` : `\`${file}\``;
}

const { nodes, samples, timeDeltas } = JSON.parse(text);
const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
const spent = new Map();
let busy = 0;
for (const [at, id] of samples.entries()) {
  const frame = frames.get(id);
  if (frame.functionName === "(idle)") continue;
  const where = place(frame);
  spent.set(where, (spent.get(where) ?? 0) + timeDeltas[at]);
  busy += timeDeltas[at];
}
const rows = [...spent].sort(([, a], [, b]) => b - a);
const shown = rows.filter(([, time]) => time / busy >= 0.01);
const rest = rows.filter(([, time]) => time / busy < 0.01).reduce((sum, [, time]) => sum + time, 0);
const percent = (time) => `${((time / busy) * 100).toFixed(0)} %`;
const us = (busy / (WARM + CALLS)).toFixed(0);

writeFileSync(
  new URL("PROFILE.md", import.meta.url),
  `# Where the time of a call goes

Written by \`node bench/profile.mjs\`: ${(WARM + CALLS).toLocaleString("en")} quarantine calls over 32 connections, start and
compilation included, Node ${process.version}; ${us} µs a call in the main thread. The share of the samples in which it was busy, by file.

| share | where |
| ----- | ----- |
${shown.map(([where, time]) => `| ${percent(time)} | ${where} |`).join("\n")}
| ${percent(rest)} | everything else |

${readFileSync(new URL("profile-notes.md", import.meta.url), "utf8")}`,
);
console.log(readFileSync(new URL("PROFILE.md", import.meta.url), "utf8"));
process.exit();
