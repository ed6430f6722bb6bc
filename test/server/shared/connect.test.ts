import { Socket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startCluster, startSentinels } from "../../../bench/redis.mjs";
import { NOTHING, type SharedPlace, type Version } from "../../../src/server/shared/place.ts";
import { connectRedis } from "../../../src/server/shared/redis.ts";
import { leaveToAll } from "../../support/programs.ts";
import { redisServer, startRedis } from "../../support/redis.ts";

const NAMES = Array.from({ length: 12 }, (_, index) => `t-${index}`);

async function connect(url: string): Promise<SharedPlace> {
  const place = await connectRedis({ url, prefix: "fauxdr", idleSeconds: 0 });
  onTestFinished(() => place.close());
  await place.directory.join();
  return place;
}

const first = (place: SharedPlace, name: string): Promise<Version | undefined> =>
  place.tenant(name).commit(NOTHING, [["a", "1"]], true);

/** Tries again until the new master answers. */
async function until<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      expect(String(error)).toMatch(/The store redis-\w+:\S+ cannot be used/);
    }
  }
}

describe.skipIf(redisServer.skip)(`a store of several Redis servers${redisServer.note}`, () => {
  it("is a Redis Cluster: tenants are on all its masters, and it goes on after a fail-over", async () => {
    leaveToAll("a cluster of six Redis servers");
    const cluster = await startCluster();
    onTestFinished(cluster.stop);
    const [one, other] = [await connect(cluster.url), await connect(cluster.url)];
    const versions = new Map<string, Version | undefined>();
    for (const name of NAMES) versions.set(name, await first(one, name));
    for (const { look } of cluster.masters) expect(await look.dbsize()).toBeGreaterThan(0);
    let tell = (_: number): void => {};
    const told = new Promise<number>((resolve) => {
      tell = resolve;
    });
    await other.tenant("t-0").follow((version) => tell(version));
    await other.tenant("t-0").news(NOTHING, []);
    await one.tenant("t-0").commit(versions.get("t-0") as Version, [["a", "2"]], false);
    expect(await told).toBe(2);
    await cluster.failover();
    for (const name of NAMES.slice(1)) {
      const known = versions.get(name) as Version;
      const next = await until(() => one.tenant(name).commit(known, [["b", "1"]], false));
      expect(next?.version).toBe(2);
      const { changes = [] } = (await other.tenant(name).news(NOTHING, [])) ?? {};
      expect(Object.fromEntries(changes)).toEqual({ a: "1", b: "1" });
    }
  });

  it("is what Sentinels call the master, before and after a fail-over", async () => {
    leaveToAll("two Redis servers with Sentinels");
    const watched = await startSentinels();
    onTestFinished(watched.stop);
    const place = await connect(watched.url);
    const known = (await first(place, "t")) as Version;
    while ((await watched.replica.look.dbsize()) < 3) await watched.replica.look.ping();
    await watched.failover();
    const next = await until(() => place.tenant("t").commit(known, [["a", "2"]], false));
    expect(next?.version).toBe(2);
    expect(await watched.replica.look.hget("fauxdr:{t}:values", "a")).toBe("2");
  });
});

it.skipIf(redisServer.skip)(
  `commands of one turn of the event loop are one write${redisServer.note}`,
  async () => {
    const place = await connect((await startRedis()).url);
    const ask = (name: string) => place.tenant(name).news(NOTHING, []);
    await ask("t-0");
    const [together, alone] = (["_writev", "_write"] as const).map((way) =>
      vi.spyOn(Socket.prototype, way),
    );
    onTestFinished(() => void vi.restoreAllMocks());
    await Promise.all(NAMES.map(ask));
    expect([together?.mock.calls.length, alone?.mock.calls.length]).toEqual([1, 0]);
  },
);
