// Measures the built fauxdr against plain Node and against other mocks, in alternating rounds; writes bench/RESULTS.md.
// Usage: npm run build && node bench/run.mjs [rounds]
// With --short it measures against plain Node only, writes nothing, and fails when a ratio misses its goal by a factor
// of two in every round. It prints "less" for a smaller miss.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { warm } from "../scripts/warm.mjs";
import { load } from "./load.mjs";
import { cpuSeconds, rss, start } from "./process.mjs";
import { report } from "./report.mjs";
import { fauxdr, peers, raw } from "./servers.mjs";
import { WANTED, WANTED_GROWTH } from "./wanted.mjs";

const short = process.argv.includes("--short");
const rounds = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 5);
const root = fileURLToPath(new URL("../", import.meta.url));
const notes = [];
const say = (line) => {
  notes.push(line);
  console.error(line);
};

const servers = [raw, fauxdr, ...(short ? [] : peers(say))];
const results = new Map(servers.map((server) => [server.name, {}]));
const note = (name, what, value) => {
  const found = results.get(name);
  found[what] = [...(found[what] ?? []), value];
};

/** Half as many calls run first, as a warm-up. Slow servers get fewer, because a longer run shows nothing new. */
const CALLS = short ? 8_000 : 30_000;
const SECONDS = 10;

async function oneRound(server) {
  server.before?.();
  const { port, ms, pid, stop } = await start(server.command);
  try {
    note(server.name, "cold start, ms", ms);
    note(server.name, "RSS after start, MB", rss(pid));
    const { rate } = await load(port, 32, 500);
    const calls = Math.min(CALLS, Math.ceil(rate * SECONDS));
    await load(port, 32, calls / 2);
    const before = cpuSeconds(pid);
    const own = process.cpuUsage();
    const busy = await load(port, 32, calls);
    const { user, system } = process.cpuUsage(own);
    note(server.name, "calls/s, 32 connections", busy.rate);
    note(server.name, "CPU µs a call", ((cpuSeconds(pid) - before) / calls) * 1e6);
    note(server.name, "CPU µs a call of the load generator", (user + system) / calls);
    note(server.name, "p50 ms, 32", busy.p50);
    note(server.name, "p99 ms, 32", busy.p99);
    note(server.name, "RSS after load, MB", rss(pid));
    const calm = await load(port, 1, Math.min(2_000, Math.ceil(rate)));
    note(server.name, "p50 ms, 1", calm.p50);
    note(server.name, "p99 ms, 1", calm.p99);
  } finally {
    await stop();
  }
}

/** Installs and starts it, with an empty npm cache. */
async function npx(name, spec, flags) {
  const cache = mkdtempSync(join(tmpdir(), "fauxdr-bench-"));
  try {
    const command = (port) => ["npx", "--yes", ...spec, ...flags(port)];
    const env = { ...process.env, npm_config_cache: cache, npm_config_ignore_scripts: "true" };
    const { ms, stop } = await start(command, { env, cwd: cache });
    note(name, "npx, empty cache, s", ms / 1000);
    await stop();
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

// Start once before measuring: the first start reads the program from the disk. One that ends leaves the code cache of its
// Node, as the first one of a user does.
await warm();
for (const server of servers) await (await start(server.command)).stop();
for (let round = 0; round < rounds; round++) {
  for (const server of servers) await oneRound(server);
  console.error(`round ${round + 1} of ${rounds}`);
}

let growth;
if (!short) {
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-pack-"));
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = join(folder, execFileSync("npm", pack, { cwd: root, encoding: "utf8" }).trim());
  const prism = servers.find(({ package: spec }) => spec);
  for (let round = 0; round < Math.min(3, rounds); round++) {
    const serve = (port) => ["serve", "--port", String(port), "--log", "none"];
    await npx(fauxdr.name, [`--package=${tarball}`, "fauxdr"], serve);
    if (prism) await npx(prism.name, [`--package=${prism.package}`, "prism"], prism.flags);
  }
  rmSync(folder, { recursive: true });
  const script = fileURLToPath(new URL("growth.mjs", import.meta.url));
  growth = {};
  for (const what of ["targets", "actions", "tenants", "rules", "listing", "journal"]) {
    const words = ["--expose-gc", script, what];
    const { stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
    Object.assign(growth, JSON.parse(stdout));
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const medians = new Map(
  [...results].map(([name, found]) => [
    name,
    Object.fromEntries(Object.entries(found).map(([what, values]) => [what, median(values)])),
  ]),
);

const checks = WANTED.flatMap(({ of, what, against, most, least }) => {
  const { name: otherName } = servers.find(({ name }) => name.startsWith(against)) ?? {};
  const other = medians.get(otherName);
  const ours = medians.get(fauxdr.name);
  if (!other || !(what in other) || Number.isNaN(other[what])) return [];
  const ratio = ours[what] / other[what];
  // CI accepts half of the goal, and one good round, because its machines are busy.
  const gross = results.get(fauxdr.name)[what].every((value, round) => {
    const inRound = value / results.get(otherName)[what][round];
    return most === undefined ? inRound < least / 2 : inRound > most * 2;
  });
  const reached = most === undefined ? ratio >= least : ratio <= most;
  return [
    { of, against, ratio, wanted: most ? `≤ ${most.toFixed(2)}` : `≥ ${least}`, reached, gross },
  ];
});

for (const { of, what, against, most } of growth ? WANTED_GROWTH : []) {
  const ratio = growth[what] / (against === undefined ? 1 : growth[against]);
  const wanted = `≤ ${most}`;
  checks.push({ of, against: against ?? "", ratio, wanted, reached: ratio <= most });
}

if (short) {
  for (const { of, against, ratio, wanted, reached, gross } of checks) {
    console.log(
      `${gross ? "FAIL" : reached ? "ok  " : "less"} ${of}: ${ratio.toFixed(2)} × ${against}, wanted ${wanted}`,
    );
    if (gross) process.exitCode = 1;
  }
} else {
  report({ medians, checks, growth, rounds, notes });
}
