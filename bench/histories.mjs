// Random histories of servers that share a store, while servers are killed, paused and cut off, Redis is emptied or fails
// over. Checks that each tenant's actions are linearizable. It needs redis-server.
// Usage: node bench/histories.mjs [runs] [first seed] [single|cluster]
import { setTimeout as sleep } from "node:timers/promises";
import { cutter, idsIn, quarantine, serve, tenantsOf } from "./histories-calls.mjs";
import { checkHistory } from "./histories-check.mjs";
import { startCluster, startRedis } from "./redis.mjs";

const [, , runs = "50", first = String(Date.now() % 100_000), kind = "single"] = process.argv;
const RUN_MS = 1500;
const CLIENTS = 8;
const SERVERS = 2;

/** A small generator, so that a seed repeats the choices of a run. */
function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { below: (limit) => next() % limit, of: (list) => list[next() % list.length] };
}

async function history(seed) {
  const { below, of } = chance(seed);
  const redis = await (kind === "cluster" ? startCluster() : startRedis());
  const cut = kind === "cluster" ? undefined : await cutter(redis.port);
  const store = cut ? cut.url : redis.url;
  const servers = [];
  for (let index = 0; index < SERVERS; index++) servers.push(await serve(store));
  const tenants = await tenantsOf(servers[0]);
  const events = [];
  const done = performance.now() + RUN_MS;
  const told = [];

  const client = async () => {
    while (performance.now() < done) {
      const tenant = of(tenants);
      const server = of(servers);
      const started = performance.now();
      const isWrite = below(3) > 0;
      const found = await (isWrite ? quarantine(server, tenant) : idsIn(server, tenant));
      const ended = performance.now();
      events.push({ kind: isWrite ? "write" : "read", tenant: tenant.name, started, ended, found });
      if (found === undefined) await sleep(20);
    }
  };
  const trouble = async () => {
    while (performance.now() < done - 300) {
      await sleep(100 + below(200));
      const server = of(servers);
      const what = of(
        kind === "cluster"
          ? ["kill", "pause", "failover"]
          : ["kill", "pause", "cut", "cut", "wipe"],
      );
      const started = performance.now();
      if (what === "kill") {
        await server.stop();
        Object.assign(server, await serve(store));
      } else if (what === "pause") {
        process.kill(server.pid, "SIGSTOP");
        await sleep(50 + below(500));
        process.kill(server.pid, "SIGCONT");
      } else if (what === "cut") cut.now();
      else if (what === "wipe") await redis.wipe();
      else await redis.failover();
      told.push(what);
      if (what === "wipe") events.push({ kind: "wipe", started, ended: performance.now() });
    }
  };
  await Promise.all([...Array.from({ length: CLIENTS }, client), trouble()]);
  // What is there at the end, by each server.
  for (const tenant of tenants) {
    for (const server of servers) {
      const started = performance.now();
      const found = await idsIn(server, tenant);
      events.push({ kind: "read", tenant: tenant.name, started, ended: performance.now(), found });
    }
  }
  for (const { stop } of servers) await stop();
  cut?.close();
  await redis.stop();
  const acked = events.filter(({ kind: one, found }) => one === "write" && found !== undefined);
  const failed = events.filter(({ kind: one, found }) => one !== "wipe" && found === undefined);
  const flaws = tenants.flatMap(({ name }) => checkHistory(events, name));
  console.log(
    `seed ${seed}: ${acked.length} actions acknowledged, ${failed.length} calls failed, ${told.join(" ") || "no trouble"}: ${flaws.length === 0 ? "linearizable" : flaws.slice(0, 3).join("; ")}`,
  );
  return flaws.length === 0 && acked.length > 0;
}

let wrong = 0;
for (let run = 0; run < Number(runs); run++) if (!(await history(Number(first) + run))) wrong++;
console.log(`${runs} histories (${kind}), ${wrong} of them wrong`);
process.exit(wrong === 0 ? 0 : 1);
