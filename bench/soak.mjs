// Mixed traffic for a long time: does memory level off, are descriptors released, do replies stay fast?
// Usage: npm run build && node bench/soak.mjs [minutes]; prints one table, and fails on gross limits only.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "../dist/client.js";
import { bodyFor, HEADERS, PATH } from "./call.mjs";
import { bytesOf, load } from "./load.mjs";
import { rss, start } from "./process.mjs";
import { fauxdr } from "./servers.mjs";

const minutes = Number(process.argv[2] ?? 30);
const SAMPLES = 20;

const { port, pid, stop } = await start((at) => [
  ...fauxdr.command(at),
  ...["--journal-entries", "2000"],
]);
const url = `http://127.0.0.1:${port}`;
const client = createClient({ url });
const descriptors = () => readdirSync(`/proc/${pid}/fd`).length;

const post = (path, body, headers = HEADERS) =>
  fetch(url + path, { method: "POST", headers, body })
    .then((reply) => reply.arrayBuffer())
    // Faults break connections on purpose.
    .catch(() => {});
const FAULTS = [
  { kind: "status", status: 503 },
  { kind: "CONNECTION_RESET_BY_PEER", effect: true },
  { kind: "truncated-body" },
  { kind: "delay", delayMs: 50 },
];

/** A test suite: creates a tenant, uses every feature a little, and deletes the tenant. */
async function suite(turn) {
  const { name, vendors } = await client.createTenant({ settings: { progress: "polls" } });
  const { headers } = vendors.find((vendor) => vendor.name === "cortex");
  const own = { ...HEADERS, ...headers };
  await client.addFault(name, { times: 1, fault: FAULTS[turn % FAULTS.length] });
  for (let call = 0; call < 20; call++) {
    await post(PATH, bodyFor(), own);
    await post(
      "/public_api/v1/actions/get_action_status",
      '{"request_data":{"group_action_id":1}}',
      own,
    );
    await post(PATH, '{"request_data":', own);
  }
  await post("/auth", "username=fauxdr&password=wrong", {
    "content-type": "application/x-www-form-urlencoded",
  });
  await client.verify(name, { operation: "quarantineFiles", atLeast: 1 });
  await client.deleteTenant(name);
}

const rows = [];
const started = performance.now();
const elapsed = () => (performance.now() - started) / 60_000;
let suites = 0;
let calls = 0;
for (let sample = 1; sample <= SAMPLES; sample++) {
  const times = [];
  while (elapsed() < (minutes * sample) / SAMPLES) {
    await Promise.all([suite(suites), suite(suites + 1)]);
    suites += 2;
    const { p99 } = await load(port, 16, 400, [bytesOf()]);
    times.push(p99);
    calls += 2 * 61 + 400;
  }
  if (times.length === 0) continue;
  const { requests, dropped } = await client.listRequests({ tenant: "default", limit: 1 });
  // Actions are state and accumulate until a reset.
  await client.resetTenant("default");
  // Memory still held by a connection that was just closed is no leak.
  await sleep(200);
  times.sort((a, b) => a - b);
  rows.push({
    minute: elapsed(),
    rss: rss(pid),
    descriptors: descriptors(),
    p99: times[Math.floor(times.length / 2)],
    kept: (requests[0]?.id ?? 0) - dropped,
  });
}
const { tenants } = await client.listTenants();
await stop();

/** The slope of a least-squares fit: growth per minute. */
function slope(points) {
  const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

const warm = rows.slice(Math.ceil(rows.length / 3));
const growth = slope(warm.map(({ minute, rss: mb }) => [minute, mb]));
const level = warm.reduce((sum, { rss: mb }) => sum + mb, 0) / warm.length;
const most = (name) => Math.max(...warm.map((row) => row[name]));
const least = (name) => Math.min(...warm.map((row) => row[name]));
console.table(
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, Number(value.toFixed(2))]),
    ),
  ),
);
const node = spawnSync(process.execPath, ["--version"], { encoding: "utf8" }).stdout.trim();
console.log(`${minutes} minutes, ${suites} suites, about ${calls} calls, Node ${node}`);

const checks = [
  [
    `memory after warm-up: ${growth.toFixed(2)} MB a minute, at ${level.toFixed(0)} MB`,
    // Garbage collection is irregular: a leak shows as a large part of the whole.
    growth * minutes * (2 / 3) < level * 0.3,
  ],
  [`descriptors: ${least("descriptors")} to ${most("descriptors")}`, most("descriptors") < 60],
  [`the journal keeps ${most("kept")} exchanges of 2000`, most("kept") <= 2000],
  [
    `p99 at 16 connections: ${least("p99").toFixed(1)} to ${most("p99").toFixed(1)} ms`,
    most("p99") < 250,
  ],
  [`tenants left: ${tenants.length}`, tenants.length === 1],
];
for (const [what, is] of checks) {
  console.log(`${is ? "ok  " : "FAIL"} ${what}`);
  if (!is) process.exitCode = 1;
}
process.exit();
