// What a store costs: CPU of the servers per call, in memory and with 1, 2 and 3 servers, and what Redis is asked. All are
// measured by turns, because the speed of a machine changes from minute to minute.
// Usage: node bench/store.mjs [calls]. It needs redis-server.
import { load } from "./load.mjs";
import { cpuSeconds } from "./process.mjs";
import { startRedis } from "./redis.mjs";
import { asked, callTo, serve } from "./store-servers.mjs";

const CALLS = Number(process.argv[2] ?? 20_000);
const ROUNDS = 5;
/** Each server answers as many calls before it is measured: until then, Node is still compiling its code. */
const WARM = 10_000;

/** Servers, alone or with a store, and what was measured of them so far. */
async function setUp({ name, servers: count = 1, tenants, clients, isShared, isSpread }) {
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
  /** Each client calls one tenant. With `isSpread` the clients of a tenant call different servers, otherwise the same one. */
  const serverOf = (client) =>
    servers[
      (isSpread ? Math.floor(client / calls.length) : client % calls.length) % servers.length
    ];
  const run = (total) =>
    Promise.all(
      Array.from({ length: clients }, (_, client) =>
        load(serverOf(client).port, 1, total / clients, [calls[client % calls.length]]),
      ),
    );
  const sums = { cpu: 0, ms: 0, scripts: 0, messages: 0 };
  const now = async () => ({
    cpu: servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0),
    ms: performance.now(),
    ...(store && (await asked(store))),
  });
  await run(WARM * count);
  return {
    name,
    measure: async () => {
      const before = await now();
      await run(CALLS / ROUNDS);
      const after = await now();
      for (const key in before) sums[key] += after[key] - before[key];
    },
    micros: () => (sums.cpu / CALLS) * 1e6,
    figures: () =>
      [
        name.padEnd(16),
        `${tenants} tenants ${clients} clients`.padStart(24),
        `${((sums.cpu / CALLS) * 1e6).toFixed(0)} µs`.padStart(8),
        `${(CALLS / (sums.ms / 1000)).toFixed(0)}/s`.padStart(8),
        `${(sums.scripts / CALLS).toFixed(3)} scripts, ${(sums.messages / CALLS).toFixed(3)} messages a call`,
      ].join(" "),
    stop: async () => {
      for (const { stop } of servers) await stop();
      await store?.stop();
    },
  };
}

const SETUPS = [
  { name: "in memory" },
  { name: "1 server", isShared: true },
  { name: "2 servers", isShared: true, servers: 2 },
  { name: "3 servers", isShared: true, servers: 3 },
  { name: "2, spread", isShared: true, servers: 2, isSpread: true },
];

for (const [tenants, clients] of [
  [1, 32],
  [40, 200],
  [400, 400],
]) {
  const setups = [];
  for (const setup of tenants === 1 ? SETUPS.slice(0, 2) : SETUPS) {
    setups.push(await setUp({ ...setup, tenants, clients }));
  }
  for (let round = 0; round < ROUNDS; round++) for (const { measure } of setups) await measure();
  const [memory, one, ...more] = setups;
  for (const { figures, stop } of setups) {
    console.log(figures());
    await stop();
  }
  console.log(`  1 server: ${(one.micros() / memory.micros()).toFixed(2)} times memory`);
  for (const { name, micros } of more) {
    const added = (micros() / one.micros() - 1) * 100;
    console.log(`  ${name}: ${added.toFixed(0)} % more CPU a call than 1 server`);
  }
}
process.exit(0);
