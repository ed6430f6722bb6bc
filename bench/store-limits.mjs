// What a store bears: many tenants of which few are used, a server that stands still, and how long Redis is held up.
// Usage: node bench/store-limits.mjs [tenants]. It needs redis-server. Creating 10,000 tenants takes some minutes.
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { load } from "./load.mjs";
import { cpuSeconds, rss } from "./process.mjs";
import { startRedis } from "./redis.mjs";
import { callTo, control, serve } from "./store-servers.mjs";

const TENANTS = Number(process.argv[2] ?? 10_000);
const USED = 50;
const CALLS = 5000;

const flagsFor = ({ url }) => ["--store", url, "--store-tenants", String(USED)];

/**
 * It remembers the commands that took it 5 ms or more. Its clock does not stop while other processes have the processor, so
 * it comes first, if this user may say so.
 */
async function startStore() {
  const store = await startRedis();
  try {
    setPriority(store.pid, -15);
  } catch {}
  await store.look.config("SET", "slowlog-log-slower-than", "5000");
  return store;
}

/** Makes tenants, and returns the bytes of calls to the last ones. */
async function fill(port, count) {
  const calls = [];
  for (let index = 0; index < count; index++) {
    calls.push(await callTo(port, `t-${index}`));
    if (calls.length > USED) calls.shift();
  }
  return calls;
}

/** A new server, and its memory after calls to some tenants. */
async function memoryOf(store, calls) {
  const server = await serve(flagsFor(store));
  const started = { ms: server.ms, cpu: cpuSeconds(server.pid) * 1000 };
  const first = await load(server.port, 1, 1, [calls[0]]);
  await load(server.port, 10, CALLS, calls);
  const memory = rss(server.pid);
  await server.stop();
  return { ...started, memory, firstMs: first.p99 };
}

async function manyTenants() {
  const found = [];
  for (const count of [USED, TENANTS]) {
    const store = await startStore();
    const maker = await serve(flagsFor(store));
    const calls = await fill(maker.port, count);
    const made = rss(maker.pid);
    const started = performance.now();
    const { tenants } = await control(maker.port, "GET", "/tenants");
    const listMs = performance.now() - started;
    await maker.stop();
    const { ms, cpu, firstMs, memory } = await memoryOf(store, calls);
    const used = /used_memory:(\d+)/.exec(await store.look.info("memory"))?.[1];
    console.log(
      `${count} tenants in Redis (${(used / 1e6).toFixed(0)} MB), ${USED} used: server ${memory.toFixed(0)} MB; a new one answers after ${ms.toFixed(0)} ms (${cpu.toFixed(0)} of CPU), its first call to a tenant takes ${firstMs.toFixed(0)} ms; the one that made them has ${made.toFixed(0)} MB and lists ${tenants.length} in ${listMs.toFixed(0)} ms`,
    );
    await slowest(store);
    await store.stop();
    found.push(memory);
  }
  console.log(`  ${(found[1] / found[0]).toFixed(2)} times the memory`);
}

/** The commands that held Redis up longest, by its own clock. */
async function slowest({ look }) {
  const entries = await look.call("SLOWLOG", "GET", "128");
  const [first] = entries.map(([, , micros, args]) => ({ micros, args })).sort(byTime);
  console.log(
    first
      ? `  Redis: the slowest command took ${(first.micros / 1000).toFixed(1)} ms (${first.args.slice(0, 2).join(" ").slice(0, 50).replaceAll("\n", " ")})`
      : "  Redis: no command took 5 ms",
  );
}
const byTime = (a, b) => b.micros - a.micros;

/** Calls one after the other until `isDone`. Returns the longest time of one, in ms. */
async function longest(port, call, isDone) {
  let most = 0;
  while (!isDone()) most = Math.max(most, (await load(port, 1, 1, [call])).p99);
  return most;
}

/** One of two servers stands still in the middle of calls to a tenant that both serve. */
async function standstill() {
  const store = await startStore();
  const [one, other] = [await serve(flagsFor(store)), await serve(flagsFor(store))];
  const both = await callTo(one.port, "both");
  const alone = await callTo(other.port, "alone");
  for (const call of [both, alone]) await load(other.port, 4, 2000, [call]);
  const found = [];
  for (let round = 0; round < 10; round++) {
    let isDone = false;
    const isOver = () => isDone;
    // It ends with an error when its server is stopped for good.
    const stopped = longest(one.port, both, isOver);
    const shared = longest(other.port, both, isOver);
    const own = longest(other.port, alone, isOver);
    await sleep(100 + 37 * round);
    process.kill(one.pid, "SIGSTOP");
    await sleep(4000);
    isDone = true;
    found.push([await shared, await own]);
    process.kill(one.pid, "SIGCONT");
    await stopped;
  }
  const most = (at) => Math.max(...found.map((times) => times[at])).toFixed(0);
  console.log(
    `a server stood still 10 times for 4 s: the longest call to its tenant through the other one took ${most(0)} ms, to another tenant ${most(1)} ms`,
  );
  for (const { stop } of [one, other]) await stop();
  await store.stop();
}

/** A tenant with a large inventory is created, read by another server, and reset. */
async function largeTenant() {
  const store = await startStore();
  const [one, other] = [await serve(flagsFor(store)), await serve(flagsFor(store))];
  await control(one.port, "POST", "/tenants", { name: "large", settings: { fleet: 20_000 } });
  const started = performance.now();
  await control(other.port, "GET", "/tenants/large/actions");
  console.log(
    `a tenant with 20,000 endpoints: another server reads it in ${(performance.now() - started).toFixed(0)} ms`,
  );
  await control(one.port, "POST", "/tenants/large/reset", {});
  await control(other.port, "GET", "/tenants/large/actions");
  await slowest(store);
  for (const { stop } of [one, other]) await stop();
  await store.stop();
}

await standstill();
await largeTenant();
await manyTenants();
process.exit(0);
