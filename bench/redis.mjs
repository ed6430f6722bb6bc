// Redis servers for measurements and tests: one, a cluster of three masters with replicas, or a master with Sentinels.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";

/** They end with this process, whatever happens. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A port whose cluster bus port, 10,000 higher, is valid as well. */
const lowPort = async () => {
  for (;;) {
    const port = await freePort();
    if (port < 50_000) return port;
  }
};

async function run(port, args, file) {
  const first = file === undefined ? [] : [file];
  const child = spawn("redis-server", [...first, "--port", String(port), ...args], {
    stdio: "ignore",
  });
  running.add(child);
  const ended = once(child, "exit").then(() => running.delete(child));
  const look = new Redis({
    ...{ port, host: "127.0.0.1", retryStrategy: () => 20, maxRetriesPerRequest: null },
  });
  look.on("error", () => {});
  await look.ping();
  const stop = async () => {
    look.disconnect();
    child.kill("SIGKILL");
    await ended;
  };
  return { port, look, child, stop };
}

const PLAIN = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];

export async function startRedis() {
  const { port, look, stop, child } = await run(await freePort(), PLAIN);
  return {
    url: `redis://127.0.0.1:${port}/0`,
    port,
    pid: child.pid,
    look,
    stop,
    wipe: () => look.flushall(),
  };
}

/** Until `is` holds. */
async function until(is) {
  while (!(await is())) await sleep(30);
}

/** Three masters, each with a replica. */
export async function startCluster() {
  const folder = mkdtempSync(join(tmpdir(), "redis-cluster-"));
  const nodes = [];
  for (let index = 0; index < 6; index++) {
    const port = await lowPort();
    const own = ["--cluster-enabled", "yes", "--cluster-config-file", join(folder, `${port}.conf`)];
    const rest = ["--cluster-node-timeout", "1500", "--dir", folder];
    nodes.push(await run(port, [...PLAIN, ...own, ...rest]));
  }
  const masters = nodes.slice(0, 3);
  const replicas = nodes.slice(3);
  for (const [index, { look }] of masters.entries()) {
    const from = Math.floor((16_384 * index) / 3);
    const to = Math.floor((16_384 * (index + 1)) / 3) - 1;
    await look.call("CLUSTER", "ADDSLOTSRANGE", String(from), String(to));
  }
  for (const { look } of nodes) {
    await look.call("CLUSTER", "MEET", "127.0.0.1", String(masters[0].port));
  }
  const knows = async ({ look }) =>
    /cluster_known_nodes:6/.test(await look.call("CLUSTER", "INFO"));
  for (const node of nodes) await until(() => knows(node));
  for (const [index, { look }] of replicas.entries()) {
    const id = await masters[index].look.call("CLUSTER", "MYID");
    await look.call("CLUSTER", "REPLICATE", id);
  }
  const isUp = async ({ look }) => /cluster_state:ok/.test(await look.call("CLUSTER", "INFO"));
  for (const node of nodes) await until(() => isUp(node));
  const isLinked = async ({ look }) => /master_link_status:up/.test(await look.info("replication"));
  for (const node of replicas) await until(() => isLinked(node));
  return {
    url: `redis-cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    /** Each master changes places with its replica, as in a planned fail-over. */
    failover: async () => {
      for (const { look } of nodes) {
        if (!/role:slave/.test(await look.info("replication"))) continue;
        const isMaster = async () => /role:master/.test(await look.info("replication"));
        // Redis gives a fail-over up after five seconds, and does not say so.
        while (!(await isMaster())) {
          await look.call("CLUSTER", "FAILOVER").catch(() => {});
          for (let times = 0; times < 200 && !(await isMaster()); times++) await sleep(30);
        }
        return;
      }
    },
    masters,
    stop: async () => {
      for (const { stop } of nodes) await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A master, a replica, and two Sentinels that agree when one of them says that the master is down. */
export async function startSentinels() {
  const folder = mkdtempSync(join(tmpdir(), "redis-sentinel-"));
  // A replica that joins makes its master write a file.
  const own = [...PLAIN, "--dir", folder];
  const master = await run(await freePort(), own);
  const replica = await run(await freePort(), [...own, "--replicaof", `127.0.0.1 ${master.port}`]);
  await until(async () => /master_link_status:up/.test(await replica.look.info("replication")));
  const sentinels = [];
  for (let index = 0; index < 2; index++) {
    const port = await freePort();
    const file = join(folder, `${port}.conf`);
    writeFileSync(
      file,
      [
        `port ${port}`,
        "bind 127.0.0.1",
        `dir ${folder}`,
        `sentinel monitor mymaster 127.0.0.1 ${master.port} 1`,
        "sentinel down-after-milliseconds mymaster 500",
        "sentinel failover-timeout mymaster 3000",
      ].join("\n"),
    );
    sentinels.push(await run(port, ["--sentinel"], file));
  }
  const knowsReplica = async ({ look }) =>
    (await look.call("SENTINEL", "replicas", "mymaster")).length > 0;
  for (const one of sentinels) await until(() => knowsReplica(one));
  return {
    url: `redis-sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",")}/0#mymaster`,
    master,
    replica,
    /** Kills the master and waits until the replica has taken over. */
    failover: async () => {
      await master.stop();
      await until(async () => /role:master/.test(await replica.look.info("replication")));
    },
    stop: async () => {
      for (const { stop } of [...sentinels, replica, master]) await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
