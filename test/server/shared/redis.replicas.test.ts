import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { createClient } from "../../../src/client.ts";
import { balance } from "../../support/balancer.ts";
import { fauxdr, type Server, startServer } from "../../support/process.ts";
import { redisServer, startRedis } from "../../support/redis.ts";

const CLIENTS = 200;
const TARGET = "facade00000000000000000000000001";

const HEADERS = {
  "content-type": "application/json",
  "x-xdr-auth-id": "1",
  authorization: "fauxdr-standard-key",
};

/** One client with its own connection: the reply's status and text, or nothing if the connection broke. */
const post = (url: string, path: string, data: unknown) =>
  new Promise<{ readonly status: number; readonly text: string } | undefined>((resolve) => {
    const call = request(`${url}/public_api/v1/${path}`, {
      method: "POST",
      headers: HEADERS,
      agent: false,
    });
    call.once("response", (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      reply.once("end", () => resolve({ status: reply.statusCode ?? 0, text }));
      reply.once("error", () => resolve(undefined));
    });
    call.once("error", () => resolve(undefined));
    call.end(JSON.stringify({ request_data: data }));
  });

/** Each client names a path that no other client names. */
const quarantine = (url: string, client: number) =>
  post(url, "endpoints/quarantine", {
    filters: [{ field: "endpoint_id_list", operator: "in", value: [TARGET] }],
    file_path: `C:\\client-${client}.exe`,
    file_hash: "ab".repeat(32),
  });

const serving = (store: string): Promise<Server> =>
  startServer(["--port", "0", "--store", store, "--log", "none"]);

async function replicas(): Promise<{ readonly servers: [Server, Server]; readonly url: string }> {
  const { url: store } = await startRedis();
  const servers: [Server, Server] = [await serving(store), await serving(store)];
  return { servers, url: await balance(servers.map(({ url }) => url)) };
}

/** Every quarantine that the server knows: its id and its path. */
async function quarantined({ url }: Server): Promise<{ id: string; path: string }[]> {
  const { store } = await createClient({ url }).takeSnapshot("default");
  return (store.tables["cortex.actions"] ?? []).map(([id, row]) => ({
    id,
    path: (row as { readonly path: string }).path,
  }));
}

const all = <Value>(make: (client: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: CLIENTS }, (_, client) => make(client)));

describe.skipIf(redisServer.skip)(`two servers behind a balancer${redisServer.note}`, () => {
  it("apply as often as a rule says, with 200 concurrent clients", async () => {
    const { servers, url } = await replicas();
    const control = createClient({ url: servers[0].url });
    const fault = { kind: "status", status: 503 } as const;
    await control.addFault("default", { operation: "getEndpoints", times: 2, fault });
    const replies = await all(() => post(url, "endpoints/get_endpoints", {}));
    const statuses = replies.map((reply) => reply?.status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(2);
    expect(statuses.filter((status) => status === 200)).toHaveLength(CLIENTS - 2);
    const { faults } = await createClient({ url: servers[1].url }).listFaults("default");
    expect(faults).toMatchObject([{ matched: CLIENTS, applied: 2 }]);
  });

  it("lose no action and create none twice when one of them is killed in the middle", async () => {
    const { servers, url } = await replicas();
    const [victim, survivor] = servers;
    let answered = 0;
    const replies = await all(async (client) => {
      const reply = await quarantine(url, client);
      if (++answered === CLIENTS / 4) victim.child.kill("SIGKILL");
      return reply;
    });
    const actions = await quarantined(survivor);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    expect(new Set(actions.map(({ path }) => path)).size).toBe(actions.length);
    const known = new Map(actions.map(({ id, path }) => [path, id]));
    const broken = replies.filter((reply) => reply === undefined).length;
    for (const [client, reply] of replies.entries()) {
      if (!reply) continue;
      expect(reply.status).toBe(200);
      expect(String(JSON.parse(reply.text).reply.action_id)).toBe(
        known.get(`C:\\client-${client}.exe`),
      );
    }
    // A call whose connection broke may have taken effect or not.
    expect(actions.length).toBeGreaterThanOrEqual(CLIENTS - broken);
    expect(await quarantine(url, CLIENTS)).toMatchObject({ status: 200 });
  });
});

it.skipIf(redisServer.skip)(
  `a server whose Redis is away says so, and goes on with what it knows when it is back${redisServer.note}`,
  async () => {
    const redis = await startRedis();
    const server = await serving(redis.url);
    const before = await quarantine(server.url, 1);
    await redis.stop();
    const { status, text } = (await quarantine(server.url, 2)) ?? { status: 0, text: "" };
    expect(status).toBe(500);
    expect(JSON.parse(text).error).toMatch(
      /^The store redis:\S+ cannot be used: connect ECONNREFUSED/,
    );
    const again = await startRedis(Number(new URL(redis.url).port));
    // It reconnects after a while.
    let after = await quarantine(server.url, 3);
    while (after?.status === 500) after = await quarantine(server.url, 3);
    const idOf = (reply: typeof after): number =>
      Number(JSON.parse(reply?.text ?? "").reply.action_id);
    // Another server may have given out ids that this one does not know of.
    expect(idOf(after)).toBeGreaterThan(idOf(before) + 100_000);
    expect((await quarantined(server)).map(({ path }) => path)).toEqual([
      "C:\\client-1.exe",
      "C:\\client-3.exe",
    ]);
    await again.stop();
    expect(await server.stop()).toMatchObject({ code: 0 });
  },
);

it.skipIf(redisServer.skip)(
  `a server with other settings than those that are there ends with a sentence${redisServer.note}`,
  async () => {
    const { url } = await startRedis();
    await serving(url);
    const ended = await fauxdr(["--port", "0", "--store", url, "--seed", "another"]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain('The store has a tenant "default" with other settings');
  },
);
