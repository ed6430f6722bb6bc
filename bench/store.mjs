// What a store costs: CPU of the servers per call, in memory and with 1, 2 and 3 servers, and Redis commands per call.
// Usage: node bench/store.mjs [calls]. It needs redis-server.
import { request } from "node:http";
import { bodyFor, HEADERS } from "./call.mjs";
import { bytesOf, load } from "./load.mjs";
import { cpuSeconds, rss, start } from "./process.mjs";
import { startRedis } from "./redis.mjs";
import { fauxdr } from "./servers.mjs";

const CALLS = Number(process.argv[2] ?? 20_000);

const serve = (flags) =>
  start((port) => [...fauxdr.command(port), "--tenant-limit", "100000", ...flags]);

const control = (port, method, path, body) =>
  new Promise((resolve, reject) => {
    const call = request({ port, host: "127.0.0.1", method, path: `/__admin${path}` }, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve(JSON.parse(text)));
    });
    call.setHeader("content-type", "application/json");
    call.on("error", reject);
    call.end(body && JSON.stringify(body));
  });

/** Makes tenants, and returns the bytes of a call to each. */
async function callsTo(port, count) {
  const calls = [];
  for (let index = 0; index < count; index++) {
    const { vendors } = await control(port, "POST", "/tenants", { name: `t-${index}` });
    const { headers } = vendors.find(({ name }) => name === "cortex");
    calls.push(bytesOf({ body: bodyFor(), headers: { ...HEADERS, ...lowered(headers) } }));
  }
  return calls;
}
const lowered = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const scripts = async ({ look }) =>
  [...(await look.info("commandstats")).matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce(
    (sum, [, calls]) => sum + Number(calls),
    0,
  );

/**
 * CPU of the servers per call in microseconds, calls a second, and scripts of Redis per call. Each client calls one
 * tenant. With `isSpread` the clients of a tenant call different servers, otherwise the same one.
 */
async function measure(servers, calls, connections, store, isSpread) {
  const serverOf = (client) =>
    servers[
      (isSpread ? Math.floor(client / calls.length) : client % calls.length) % servers.length
    ];
  const run = (count) =>
    Promise.all(
      Array.from({ length: connections }, (_, client) =>
        load(serverOf(client).port, 1, count / connections, [calls[client % calls.length]]),
      ),
    );
  await run(CALLS / 3);
  const cpu = () => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const [cpuBefore, asked] = [cpu(), store ? await scripts(store) : 0];
  const started = performance.now();
  await run(CALLS);
  const seconds = (performance.now() - started) / 1000;
  return {
    micros: ((cpu() - cpuBefore) / CALLS) * 1e6,
    rate: CALLS / seconds,
    scripts: store ? ((await scripts(store)) - asked) / CALLS : 0,
  };
}

const row = (name, { micros, rate, scripts: asked }) =>
  console.log(
    `${name.padEnd(44)} ${micros.toFixed(0).padStart(6)} µs ${rate.toFixed(0).padStart(6)}/s ${asked.toFixed(3).padStart(7)} scripts a call`,
  );

async function compare(name, flags, count, tenants, connections, store, isSpread) {
  const servers = [];
  for (let index = 0; index < count; index++) servers.push(await serve(flags));
  const calls = tenants > 1 ? await callsTo(servers[0].port, tenants) : [bytesOf()];
  const found = await measure(servers, calls, connections, store, isSpread);
  row(name, found);
  const memory = rss(servers[0].pid);
  for (const { stop } of servers) await stop();
  return { ...found, memory };
}

const one = await compare("memory, 1 tenant, 32 connections", [], 1, 1, 32);
let store = await startRedis();
const shared = await compare(
  "1 server, 1 tenant, 32 connections",
  ["--store", store.url],
  1,
  1,
  32,
  store,
);
await store.stop();
console.log(`  with a store: ${(shared.micros / one.micros).toFixed(2)} times the CPU\n`);

for (const [tenants, clients] of [
  [40, 200],
  [400, 400],
]) {
  await compare(`memory, ${tenants} tenants`, [], 1, tenants, clients);
  let first;
  for (const [count, isSpread] of [
    [1, false],
    [2, false],
    [3, false],
    [2, true],
  ]) {
    store = await startRedis();
    const flags = ["--store", store.url, "--store-tenants", "1000"];
    const name = `${count} servers, ${tenants} tenants${isSpread ? ", each through all" : ""}`;
    const found = await compare(name, flags, count, tenants, clients, store, isSpread);
    await store.stop();
    first ??= found;
    console.log(
      `  ${((found.micros / first.micros - 1) * 100).toFixed(0)} % more CPU a call than one`,
    );
  }
}
process.exit(0);
