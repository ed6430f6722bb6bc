import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectRedis } from "../../../src/server/shared/redis.ts";
import type { SharedPlace } from "../../../src/server/shared/transaction.ts";
import { freePort } from "../../support/port.ts";
import { redisServer, startRedis } from "../../support/redis.ts";

async function connect(url: string): Promise<SharedPlace> {
  const place = await connectRedis(url);
  onTestFinished(() => place.close());
  return place;
}

/** Whether it has settled, after all pending work has had its turn. */
async function isOver(
  look: { ping(): Promise<unknown> },
  promise: Promise<unknown>,
): Promise<boolean> {
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

describe.skipIf(redisServer.skip)(`a place in Redis${redisServer.note}`, () => {
  it("has nothing at first, then what was put there", async () => {
    const { url } = await startRedis();
    const [one, other] = [await connect(url), await connect(url)];
    expect(await one.begin()).toEqual({ changes: [], isAll: true });
    expect(await one.end(CHANGES)).toBe(true);
    expect(await other.news()).toEqual({ changes: CHANGES, isAll: true });
    expect(await one.news()).toEqual({ changes: [], isAll: false });
  });

  it("returns the changes since then: each path once, with its current value or as removed", async () => {
    const { url } = await startRedis();
    const [one, other] = [await connect(url), await connect(url)];
    await other.begin();
    await other.end([["c", "1"]]);
    for (const changes of [CHANGES, [["a", "2"]], [["b", undefined]]] as const) {
      await one.begin();
      await one.end(changes);
    }
    const { changes, isAll } = await other.begin();
    expect(isAll).toBe(false);
    expect(changes).toEqual([
      ["a", "2"],
      ["b", undefined],
    ]);
    await other.end([]);
  });

  it("gives the lock to one server at a time", async () => {
    const { url, look } = await startRedis();
    const [one, other] = [await connect(url), await connect(url)];
    await one.begin();
    const next = other.begin();
    expect(await isOver(look, next)).toBe(false);
    await one.end(CHANGES);
    expect(await next).toEqual({ changes: CHANGES, isAll: true });
  });

  it("takes the lock from a crashed server after three seconds, and stores nothing of its work", async () => {
    const { url, look } = await startRedis();
    const [dead, other] = [await connect(url), await connect(url)];
    await dead.begin();
    const left = await look.pttl("{fauxdr}:lock");
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(3000);
    await look.pexpire("{fauxdr}:lock", 1);
    await other.begin();
    expect(await dead.end(CHANGES)).toBe(false);
    expect(await other.end([["c", "1"]])).toBe(true);
    expect(await look.hgetall("{fauxdr}:values")).toEqual({ c: "1" });
  });

  it("returns everything to a server that was away for longer than the log goes back", async () => {
    const { url, look } = await startRedis();
    const [one, other] = [await connect(url), await connect(url)];
    await other.begin();
    await other.end([]);
    for (const changes of [CHANGES, [["a", "2"]]] as const) {
      await one.begin();
      await one.end(changes);
    }
    await look.xtrim("{fauxdr}:log", "MAXLEN", 1);
    const { changes, isAll } = await other.news();
    expect(isAll).toBe(true);
    expect(Object.fromEntries(changes)).toEqual({ a: "2", b: '""' });
  });

  it("returns everything on request", async () => {
    const { url } = await startRedis();
    const one = await connect(url);
    await one.begin();
    await one.end(CHANGES);
    one.forget();
    expect(await one.news()).toEqual({ changes: CHANGES, isAll: true });
  });

  it("is empty for everybody once somebody has wiped it", async () => {
    const { url, look } = await startRedis();
    const one = await connect(url);
    await one.begin();
    await one.end(CHANGES);
    await look.flushall();
    expect(await one.begin()).toEqual({ changes: [], isAll: true });
    await one.end(CHANGES);
    expect(await look.hlen("{fauxdr}:values")).toBe(2);
  });

  it("is another one for who was away when somebody wiped it and others went on", async () => {
    const { url, look } = await startRedis();
    const [one, other] = [await connect(url), await connect(url)];
    await one.begin();
    await one.end(CHANGES);
    await other.news();
    await look.flushall();
    for (const path of ["c", "d"]) {
      await one.begin();
      await one.end([[path, "1"]]);
    }
    const { changes, isAll } = await other.news();
    expect(isAll).toBe(true);
    expect(Object.fromEntries(changes)).toEqual({ c: "1", d: "1" });
  });

  it("notifies the others at once after a change", async () => {
    const { url } = await startRedis();
    const [one, other] = [await connect(url), await connect(url)];
    const told = new Promise<void>((resolve) => other.onNews(resolve));
    await one.begin();
    await one.end(CHANGES);
    await told;
  });

  it("cannot be used with another password, which is not repeated", async () => {
    const { url, look } = await startRedis();
    await look.config("SET", "requirepass", "right");
    const wrong = url.replace("//", "//default:wrong-secret@");
    const failed = await connectRedis(wrong).catch((error: Error) => error.message);
    expect(failed).toMatch(/^The store redis:\/\/127\.0\.0\.1:\d+ cannot be used: WRONGPASS .*\.$/);
    expect(failed).not.toContain("secret");
  });
});

it("a store that nothing serves is named in an error", async () => {
  const port = await freePort();
  await expect(connectRedis(`redis://127.0.0.1:${port}/0`)).rejects.toThrow(
    `The store redis://127.0.0.1:${port}/0 cannot be used: connect ECONNREFUSED 127.0.0.1:${port}.`,
  );
});

it("a store with another protocol is named in an error", async () => {
  const server = createServer((_, res) => res.end()).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await expect(connectRedis(`redis://127.0.0.1:${port}`)).rejects.toThrow(
    /^The store redis:\/\/127\.0\.0\.1:\d+ cannot be used: .*\.$/,
  );
});
