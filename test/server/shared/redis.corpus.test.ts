import type { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";
import { serve } from "../../../src/mock.ts";
import { connectRedis } from "../../../src/server/shared/redis.ts";
import { readSettings } from "../../../src/settings/read.ts";
import { foundIn, plant, planted } from "../../support/corpus-places.ts";
import { sharedHub } from "../../support/place.ts";
import { redisServer, startRedis } from "../../support/redis.ts";
import { startReplica } from "../../support/replicas.ts";

/** Everything stored in a Redis, and everything published through it. */
async function contentOf(look: Redis): Promise<string> {
  const read: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
    string: (key) => look.get(key),
    hash: (key) => look.hgetall(key),
    list: (key) => look.lrange(key, 0, -1),
    set: (key) => look.smembers(key),
    zset: (key) => look.zrange(key, 0, "-1"),
    stream: (key) => look.xrange(key, "-", "+"),
  };
  const all = (await look.keys("*")).map(async (key) => {
    const kind = await look.type(key);
    return [key, await read[kind]?.(key)];
  });
  return JSON.stringify(await Promise.all(all));
}

it("no planted secret goes where servers meet", async () => {
  const hub = sharedHub();
  const { mock } = await startReplica(hub);
  await plant(mock);
  await mock.close();
  expect(hub.content().split('\\"durationMs\\"').length).toBeGreaterThan(planted.length / 2);
  expect(foundIn({ "shared place": hub.content() })).toEqual([]);
}, 120_000);

describe.skipIf(redisServer.skip)(`a Redis${redisServer.note}`, () => {
  it("has none of the planted secrets, in no key, value or message", async () => {
    const { url, look } = await startRedis();
    const place = await connectRedis({ url, prefix: "fauxdr", idleSeconds: 0 });
    const listener = look.duplicate();
    onTestFinished(() => listener.disconnect());
    let messages = "";
    listener.on("pmessage", (_, channel: string, message: string) => {
      messages += `${channel} ${message}\n`;
    });
    await listener.psubscribe("*");
    const settings = readSettings([{ values: { port: 0 }, call: (name) => name }]);
    const mock = await serve(settings, undefined, place);
    await plant(mock);
    await mock.close();
    const content = await contentOf(look);
    await place.close();
    expect(content.split('\\"durationMs\\"').length).toBeGreaterThan(planted.length / 2);
    expect(foundIn({ Redis: content, "messages through Redis": messages })).toEqual([]);
  }, 120_000);
});
