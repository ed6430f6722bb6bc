import { describe, expect, it, onTestFinished } from "vitest";
import { createClient } from "../../../src/client.ts";
import { connectRedis } from "../../../src/server/shared/redis.ts";
import { startServer } from "../../support/process.ts";
import { redisServer, startTlsRedis } from "../../support/redis.ts";

describe.skipIf(redisServer.skip)(`a Redis that takes TLS alone${redisServer.note}`, () => {
  it("stores tenants, if its CA is trusted", async () => {
    const { url, look, caFile } = await startTlsRedis();
    const flags = ["--port", "0", "--store", url, "--log", "none"];
    const server = await startServer(flags, { NODE_EXTRA_CA_CERTS: caFile });
    onTestFinished(() => server[Symbol.asyncDispose]());
    await createClient({ url: server.url }).createTenant({ name: "suite" });
    expect(await look.exists("fauxdr:{suite}:values", "fauxdr:{default}:values")).toBe(2);
  });

  it("is refused with a reason, if nobody vouches for its certificate", async () => {
    const { url } = await startTlsRedis();
    await expect(connectRedis({ url, prefix: "fauxdr", idleSeconds: 0 })).rejects.toThrow(
      /^The store rediss:\/\/127\.0\.0\.1:\d+ cannot be used: .*certificate.*\.$/,
    );
  });

  it("is refused with a reason, if it is asked without TLS", async () => {
    const { url } = await startTlsRedis();
    const plain = url.replace("rediss", "redis");
    await expect(connectRedis({ url: plain, prefix: "fauxdr", idleSeconds: 0 })).rejects.toThrow(
      /^The store redis:\/\/127\.0\.0\.1:\d+ cannot be used: .+\.$/,
    );
  });
});
