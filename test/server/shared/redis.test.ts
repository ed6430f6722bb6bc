import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";
import { NOTHING, type SharedPlace, type Version } from "../../../src/server/shared/place.ts";
import { connectRedis } from "../../../src/server/shared/redis.ts";
import { freePort } from "../../support/port.ts";
import { redisServer, startRedis } from "../../support/redis.ts";

async function connect(url: string, idleSeconds = 0, prefix = "fauxdr"): Promise<SharedPlace> {
  const place = await connectRedis({ url, prefix, idleSeconds });
  onTestFinished(() => place.close());
  return place;
}

/** Whether it has come to an end yet, once all that is under way has got on. */
async function isOver(look: Redis, promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  for (let round = 0; round < 20; round++) await look.ping();
  return over;
}

const CHANGES = [
  ["a", "1"],
  ["b", '""'],
] as const;
const LOST = /^The store has lost a part of tenant "t": delete the tenant, and see that Redis/;

/** Two servers that know the same first version of a tenant. */
async function pair() {
  const { url, look } = await startRedis();
  const places = [await connect(url), await connect(url)] as const;
  const [one, other] = [places[0].tenant("t"), places[1].tenant("t")];
  const first = (await one.commit(NOTHING, CHANGES, true)) as Version;
  return { url, look, one, other, first, places };
}

describe.skipIf(redisServer.skip)(`a tenant in Redis${redisServer.note}`, () => {
  it("is not there at first, then has what was put there", async () => {
    const { url } = await startRedis();
    const [one, other] = [(await connect(url)).tenant("t"), (await connect(url)).tenant("t")];
    expect(await one.news(NOTHING, [])).toBeUndefined();
    expect(await one.lock(NOTHING, [])).toBeUndefined();
    const first = await one.commit(NOTHING, CHANGES, true);
    expect(first?.version).toBe(1);
    expect(await other.news(NOTHING, [])).toEqual({ ...first, changes: CHANGES, isAll: true });
    expect(await one.news(first as Version, [])).toEqual({ ...first, changes: [], isAll: false });
  });

  it("gives the changes since a version: each path once, with its current value or as removed", async () => {
    const { one, other, first } = await pair();
    const second = (await one.commit(first, [["a", "2"]], false)) as Version;
    const third = await one.commit(second, [["b", undefined]], false);
    const changes = [
      ["a", "2"],
      ["b", undefined],
    ];
    expect(await other.news(first, [])).toEqual({ ...third, changes, isAll: false });
  });

  it("gives the values at other paths too, for a server that has undone something", async () => {
    const { one, first } = await pair();
    const { changes } = (await one.news(first, ["a", "nothing"])) ?? {};
    expect(changes).toEqual([
      ["a", "1"],
      ["nothing", undefined],
    ]);
  });

  it("takes no change from a server that does not know the last one", async () => {
    const { one, other, first, look } = await pair();
    const second = await one.commit(first, [["a", "2"]], false);
    expect(await other.commit(first, [["a", "3"]], false)).toBeUndefined();
    expect(await other.commit(first, [], false)).toBeUndefined();
    expect(await other.commit(second as Version, [["a", "3"]], false)).toMatchObject({
      version: 3,
    });
    expect(await look.hget("fauxdr:{t}:values", "a")).toBe("3");
  });

  it("takes nothing on a version of another world, even if it has the same number", async () => {
    const { one, other, first, look } = await pair();
    await look.flushall();
    await other.commit(NOTHING, [["c", "1"]], true);
    expect(await one.commit(first, [["a", "2"]], false)).toBeUndefined();
    expect(await one.news(first, [])).toMatchObject({ changes: [["c", "1"]], isAll: true });
  });

  it("is read anew by a server that was away for longer than the log goes back", async () => {
    const { one, other, first, look } = await pair();
    await one.commit(first, [["a", "2"]], false);
    await look.xtrim("fauxdr:{t}:log", "MAXLEN", 1);
    const { changes = [], isAll } = (await other.news(first, [])) ?? {};
    expect(isAll).toBe(true);
    expect(Object.fromEntries(changes)).toEqual({ a: "2", b: '""' });
    await look.del("fauxdr:{t}:log");
    expect((await other.news(NOTHING, []))?.changes).toHaveLength(2);
  });

  it("is read and replaced in pieces if it is large", async () => {
    const { one, other, first } = await pair();
    const many = Array.from({ length: 3000 }, (_, index) => [`p${index}`, "1"] as const);
    const large = await one.commit(first, many, true);
    const { changes = [], isAll } = (await other.news(first, [])) ?? {};
    expect([isAll, changes.length]).toEqual([true, 3000]);
    const some = many.slice(0, 150).map(([path]) => [path, "2"] as const);
    let known = large as Version;
    for (const one_ of some) known = (await one.commit(known, [one_], false)) as Version;
    const news = await other.news(large as Version, []);
    expect([news?.isAll, news?.changes.length, news?.version]).toEqual([false, 150, 152]);
  });

  it("shows some values of many tenants, in the order of their names, without being loaded", async () => {
    const { url } = await startRedis();
    const place = await connect(url);
    const names = Array.from({ length: 1100 }, (_, nth) => `t-${nth}`);
    for (const nth of [0, 500, 1099]) {
      await place.tenant(names[nth] as string).commit(NOTHING, [["a", String(nth)]], true);
    }
    const found = await place.peek(names, ["a", "b"]);
    expect(found).toEqual(
      names.map((_, nth) => [[0, 500, 1099].includes(nth) ? String(nth) : null, null]),
    );
  });

  it("is locked by one server at a time, and the one that waits comes next", async () => {
    const { one, other, first, look } = await pair();
    await one.follow(() => {});
    await other.follow(() => {});
    await one.lock(first, []);
    const waiting = other.lock(first, []);
    expect(await isOver(look, waiting)).toBe(false);
    const second = (await one.commit(first, [["a", "2"]], false)) as Version;
    const again = one.lock(second, []);
    expect(await waiting).toMatchObject(second);
    expect(await isOver(look, again)).toBe(false);
    await other.commit(second, [], false);
    expect(await again).toMatchObject(second);
  });

  it("takes no change from a server without the lock while another one has it", async () => {
    const { one, other, first } = await pair();
    await one.lock(first, []);
    expect(await other.commit(first, [["a", "3"]], false)).toBeUndefined();
    expect(await one.commit(first, [["a", "2"]], false)).toMatchObject({ version: 2 });
  });

  it("is free again three seconds after a server has stopped with the lock", async () => {
    const { one, other, first, look } = await pair();
    await one.lock(first, []);
    const left = await look.pttl("fauxdr:{t}:lock");
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(3000);
    await look.pexpire("fauxdr:{t}:lock", 1);
    expect(await other.lock(first, [])).toMatchObject(first);
    const second = await other.commit(first, [["c", "1"]], false);
    expect(await one.commit(first, [["a", "2"]], false)).toBeUndefined();
    expect(second?.version).toBe(2);
  });

  it("tells the servers that have read it of a change, and no others", async () => {
    const { one, other, first, look } = await pair();
    const heard = await look.duplicate();
    onTestFinished(() => heard.disconnect());
    const messages: string[] = [];
    heard.on("message", (_, message: string) => messages.push(message));
    await heard.subscribe("fauxdr:{t}:news");
    const second = (await one.commit(first, [["a", "2"]], false)) as Version;
    await heard.ping();
    expect(messages).toEqual([]);
    await other.news(first, []);
    const told = new Promise<number>((resolve) => void other.follow(resolve));
    await one.commit(second, [["a", "3"]], false);
    expect(await told).toBe(3);
  });

  it.each(["head", "values"])("that has lost its %s is not answered from", async (part) => {
    const { one, other, first, look } = await pair();
    await look.del(`fauxdr:{t}:${part}`);
    await expect(one.commit(first, [["a", "2"]], false)).rejects.toThrow(LOST);
    await expect(other.news(first, [])).rejects.toThrow(LOST);
    await expect(other.lock(first, [])).rejects.toThrow(LOST);
  });

  it("stores what a server commits that has dropped the tenant and loaded it again", async () => {
    const { places, other, first } = await pair();
    const next = await places[0].tenant("t").commit(first, [["a", "2"]], false);
    expect(next?.version).toBe(2);
    expect((await other.news(first, []))?.changes).toEqual([["a", "2"]]);
  });

  it("expires if it is to, and nobody calls it", async () => {
    const { url, look } = await startRedis();
    const place = await connect(url, 60);
    const first = await place.tenant("t").commit(NOTHING, CHANGES, true);
    await place.tenant("t").commit(first as Version, [["a", "2"]], false);
    for (const part of ["head", "values", "log"]) {
      expect(await look.ttl(`fauxdr:{t}:${part}`)).toBeGreaterThan(50);
    }
    await place.tenant("default").commit(NOTHING, CHANGES, true);
    expect(await look.ttl("fauxdr:{default}:values")).toBe(-1);
  });

  it("has keys and channels under the prefix alone", async () => {
    const { url, look } = await startRedis();
    const rules = ["on", ">word", "~mine:*", "&mine:*", "+@all", "-@admin", "-@dangerous", "+info"];
    await look.call("ACL", "SETUSER", "limited", ...rules);
    const address = url.replace("//", "//limited:word@");
    const place = await connect(address, 0, "mine");
    await place.directory.join();
    expect(await place.directory.reserve("t", 1, ["a claim"], 9)).toBe("listed");
    const tenant = place.tenant("t");
    await tenant.follow(() => {});
    const first = (await tenant.commit(NOTHING, CHANGES, true)) as Version;
    await tenant.lock(first, []);
    await tenant.commit(first, [["a", "2"]], false);
    await tenant.news(NOTHING, []);
    expect((await look.keys("*")).filter((key) => !key.startsWith("mine:"))).toEqual([]);
  });
});

describe.skipIf(redisServer.skip)(`the list of tenants in Redis${redisServer.note}`, () => {
  const directoryOf = async () => {
    const { url, look } = await startRedis();
    const { directory } = await connect(url);
    return { look, directory, world: await directory.join() };
  };

  it("takes a name and a claim once, and as many tenants as there may be", async () => {
    const { directory } = await directoryOf();
    expect(await directory.reserve("a", 3, ["x"], 2)).toBe("listed");
    expect(await directory.reserve("a", 4, ["y"], 2)).toBe("taken");
    expect(await directory.reserve("b", 4, ["x"], 2)).toBe("late");
    expect(await directory.reserve("b", 4, ["y"], 2)).toBe("listed");
    expect(await directory.reserve("c", 5, ["z"], 2)).toBe("full");
    expect(await directory.next()).toBe(5);
  });

  it("finds a tenant by name and by claim until it is removed", async () => {
    const { directory, world } = await directoryOf();
    await directory.reserve("a", 3, ["x"], 9);
    expect(await directory.find("a")).toEqual({ number: 3, isReady: false });
    await directory.ready("a", 3);
    expect([...(await directory.all())]).toEqual([["a", { number: 3, isReady: true }]]);
    expect(await directory.claimed("x")).toEqual({ world, name: "a" });
    await directory.remove("a", ["x"]);
    expect(await directory.claimed("x")).toEqual({ world });
    expect(await directory.find("a")).toBeUndefined();
  });

  it("has another name after it was wiped", async () => {
    const { look, directory, world } = await directoryOf();
    expect(await directory.join()).toBe(world);
    await look.flushall();
    const { url } = { url: `redis://127.0.0.1:${look.options.port}` };
    expect(await (await connect(url)).directory.join()).not.toBe(world);
  });

  it.each(["root", "tenants", "claims"])(
    "that has lost its %s is not answered from",
    async (part) => {
      const { look, directory } = await directoryOf();
      await directory.reserve("a", 3, ["x"], 9);
      await look.del(`fauxdr:{*}:${part}`);
      const lost = /^The store has lost its list of tenants: empty it, and see that Redis/;
      await expect(directory.claimed("x")).rejects.toThrow(lost);
      await expect(directory.join()).rejects.toThrow(lost);
    },
  );
});

describe("a store", () => {
  it.skipIf(redisServer.skip)(
    `cannot be used with another password, which is not repeated${redisServer.note}`,
    async () => {
      const { url, look } = await startRedis();
      await look.config("SET", "requirepass", "right");
      const wrong = url.replace("//", "//default:wrong-secret@");
      const failed = await connect(wrong).catch((error: Error) => error.message);
      expect(failed).toMatch(
        /^The store redis:\/\/127\.0\.0\.1:\d+ cannot be used: WRONGPASS .*\.$/,
      );
      expect(failed).not.toContain("secret");
    },
  );

  it("that nothing serves is named in an error", async () => {
    const port = await freePort();
    await expect(connect(`redis://127.0.0.1:${port}/0`)).rejects.toThrow(
      `The store redis://127.0.0.1:${port}/0 cannot be used: connect ECONNREFUSED 127.0.0.1:${port}.`,
    );
  });

  it("with another protocol is named in an error", async () => {
    const server = createServer((_, res) => res.end()).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expect(connect(`redis://127.0.0.1:${port}`)).rejects.toThrow(
      /^The store redis:\/\/127\.0\.0\.1:\d+ cannot be used: .*\.$/,
    );
  });
});
