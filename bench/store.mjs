// What a store costs: CPU of the servers per call, in memory and with 1, 2 and 3 servers, and what Redis is asked.
// Usage: node bench/store.mjs [calls]. It needs redis-server.
import { load } from "./load.mjs";
import { cpuSeconds } from "./process.mjs";
import { startRedis } from "./redis.mjs";
import { asked, callTo, serve } from "./store-servers.mjs";

const CALLS = Number(process.argv[2] ?? 20_000);
/** Each server answers as many calls before it is measured: until then, Node is still compiling its code. */
const WARM = 10_000;

/** Each client calls one tenant. With `isSpread` the clients of a tenant call different servers, otherwise the same one. */
async function measure({ servers, calls, clients, store, isSpread }) {
  const serverOf = (client) =>
    servers[
      (isSpread ? Math.floor(client / calls.length) : client % calls.length) % servers.length
    ];
  const run = (count) =>
    Promise.all(
      Array.from({ length: clients }, (_, client) =>
        load(serverOf(client).port, 1, count / clients, [calls[client % calls.length]]),
      ),
    );
  await run(WARM * servers.length);
  const cpu = () => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const [cpuBefore, before] = [cpu(), store && (await asked(store))];
  const started = performance.now();
  await run(CALLS);
  const seconds = (performance.now() - started) / 1000;
  const after = store && (await asked(store));
  return {
    micros: ((cpu() - cpuBefore) / CALLS) * 1e6,
    rate: CALLS / seconds,
    scripts: store ? (after.scripts - before.scripts) / CALLS : 0,
    messages: store ? (after.messages - before.messages) / CALLS : 0,
  };
}

async function row({ servers: count = 1, tenants, clients, isShared, isSpread }) {
  const store = isShared ? await startRedis() : undefined;
  const flags = store ? ["--store", store.url, "--store-tenants", "1000"] : [];
  const servers = [];
  for (let index = 0; index < count; index++) servers.push(await serve(flags));
  const calls = [];
  // A tenant is made through the server that is called for it, as behind a balancer that sticks to one.
  for (let tenant = 0; tenant < tenants; tenant++) {
    const { port } = store ? servers[tenant % count] : servers[0];
    calls.push(await callTo(port, `t-${tenant}`));
  }
  const found = await measure({ servers, calls, clients, store, isSpread });
  for (const { stop } of servers) await stop();
  await store?.stop();
  const name = store ? `${count} of 1 store` : "in memory";
  const { micros, rate, scripts, messages } = found;
  console.log(
    `${(isSpread ? `${name}, spread` : name).padEnd(20)} ${String(tenants).padStart(4)} tenants ${String(clients).padStart(4)} clients ${micros.toFixed(0).padStart(5)} µs ${rate.toFixed(0).padStart(6)}/s ${scripts.toFixed(3)} scripts, ${messages.toFixed(3)} messages a call`,
  );
  return micros;
}

for (const [tenants, clients] of [
  [1, 32],
  [40, 200],
  [400, 400],
]) {
  const memory = await row({ tenants, clients });
  const one = await row({ tenants, clients, isShared: true });
  console.log(`  one server: ${(one / memory).toFixed(2)} times memory`);
  if (tenants === 1) continue;
  for (const [servers, isSpread] of [
    [2, false],
    [3, false],
    [2, true],
  ]) {
    const more = await row({ servers, tenants, clients, isShared: true, isSpread });
    console.log(`  ${((more / one - 1) * 100).toFixed(0)} % more CPU a call than one`);
  }
}
process.exit(0);
