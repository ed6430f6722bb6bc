import { describe, expect, it, onTestFinished } from "vitest";
import { createClient } from "../../../src/client.ts";
import { serve } from "../../../src/mock.ts";
import { connectRedis } from "../../../src/server/shared/redis.ts";
import { readSettings } from "../../../src/settings/read.ts";
import { redisServer, startRedis } from "../../support/redis.ts";

/** Two servers whose tenants are removed an hour after their last call, and a way to let that hour pass for one. */
async function forgetful() {
  const { url, look } = await startRedis();
  const settings = readSettings([{ values: { port: 0 }, call: (name) => name }]);
  const start = async () => {
    const place = await connectRedis({ url, prefix: "fauxdr", idleSeconds: 3600 });
    const mock = await serve(settings, () => {}, place);
    onTestFinished(() => mock.close());
    return createClient({ url: mock.url });
  };
  const expire = async (name: string): Promise<void> => {
    for (const part of ["head", "values", "log"]) {
      const key = `fauxdr:{${name}}:${part}`;
      expect(await look.pttl(key)).toBeGreaterThan(3_000_000);
      await look.pexpire(key, 0);
    }
  };
  return { one: await start(), other: await start(), expire };
}

const namesAt = async (control: ReturnType<typeof createClient>): Promise<string[]> =>
  (await control.listTenants()).tenants.map(({ name }) => name);

describe.skipIf(redisServer.skip)(`a tenant that nobody called for long${redisServer.note}`, () => {
  it("is there for no server any more, and its name is free again", async () => {
    const { one, other, expire } = await forgetful();
    await one.createTenant({ name: "suite" });
    expect(await other.getTenant("suite")).toMatchObject({ name: "suite" });
    await expire("suite");
    for (const control of [one, other]) {
      await expect(control.getTenant("suite")).rejects.toThrow("no tenant suite");
      expect(await namesAt(control)).toEqual(["default"]);
    }
    expect(await other.createTenant({ name: "suite" })).toMatchObject({ name: "suite" });
    expect(await one.getTenant("suite")).toMatchObject({ name: "suite" });
  });

  it("takes no other tenant with it", async () => {
    const { one, other, expire } = await forgetful();
    for (const name of ["a", "b"]) await one.createTenant({ name });
    await expire("a");
    expect(await other.getTenant("b")).toMatchObject({ name: "b" });
    await expect(other.getTenant("a")).rejects.toThrow("no tenant a");
    expect(await namesAt(one)).toEqual(["default", "b"]);
  });
});
