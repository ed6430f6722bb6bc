import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { answering, documentOf } from "../../support/also.ts";
import { cortexClient } from "../../support/clients.ts";
import { sharedHub } from "../../support/place.ts";
import { type Replica, startReplica } from "../../support/replicas.ts";

const COMPLETES = "facade00000000000000000000000001";

const pair = async (): Promise<[Replica, Replica]> => {
  const hub = sharedHub();
  return [await startReplica(hub), await startReplica(hub)];
};

describe("two servers at one place", () => {
  it("give out one action after the other, and each knows all of them", async () => {
    const [one, other] = await pair();
    const ids = [];
    for (const { cortex } of [one, other, other, one])
      ids.push(await cortex.quarantine([COMPLETES]));
    expect(new Set(ids).size).toBe(4);
    for (const { control, cortex } of [one, other]) {
      const { actions } = await control.listActions("default");
      expect(actions.map(({ id }) => id)).toEqual(ids);
      expect(await cortex.statuses(ids[1] ?? "")).toEqual({ [COMPLETES]: "PENDING" });
    }
  });

  it("have one clock", async () => {
    const [one, other] = await pair();
    const id = await one.cortex.quarantine([COMPLETES]);
    await other.control.moveClock("default", { advanceSeconds: 5 });
    expect(await one.cortex.statuses(id)).toEqual({ [COMPLETES]: "COMPLETED_SUCCESSFULLY" });
    expect(await one.control.getClock("default")).toEqual(await other.control.getClock("default"));
  });

  it("count a fault's calls together", async () => {
    const [one, other] = await pair();
    const fault = { kind: "status", status: 503 } as const;
    await one.control.addFault("default", { id: "twice", times: 2, vendor: "cortex", fault });
    const statuses = [];
    for (const { cortex } of [other, one, other, one]) {
      const { status } = await cortex
        .post("endpoints/get_endpoints", {})
        .catch(() => ({ status: 503 }));
      statuses.push(status);
    }
    expect(statuses).toEqual([503, 503, 200, 200]);
    const { faults } = await other.control.listFaults("default");
    expect(faults).toMatchObject([{ id: "twice", matched: 4, applied: 2 }]);
  });

  it("let a delay of one end when the clock is moved by way of the other", async () => {
    const [one, other] = await pair();
    const fault = { kind: "delay", delayMs: 60_000 } as const;
    await one.control.addFault("default", { vendor: "cortex", times: 1, fault });
    const answered = one.cortex.quarantine([COMPLETES]);
    await waitForOpen(other);
    await other.control.moveClock("default", { advanceSeconds: 59 });
    expect(one.log).toEqual([]);
    await other.control.moveClock("default", { advanceSeconds: 1 });
    expect(await answered).toMatch(/^\d+$/);
  });

  it("write one journal: what was answered here is there before the client can ask", async () => {
    const [one, other] = await pair();
    await one.cortex.quarantine([COMPLETES]);
    const verdict = await other.control.verify("default", {
      operation: "quarantineFiles",
      status: 200,
      times: 1,
    });
    expect(verdict).toMatchObject({ verdict: "passed" });
    await other.cortex.quarantine([COMPLETES]);
    const { requests } = await one.control.listRequests();
    expect(requests.map(({ id, operation }) => [id, operation])).toEqual([
      [1, "quarantineFiles"],
      [2, "quarantineFiles"],
    ]);
  });

  it("show a reply that is slow to go out before it is out", async () => {
    const [one, other] = await pair();
    const fault = { kind: "slow-body", overMs: 60_000 } as const;
    await one.control.addFault("default", { vendor: "cortex", times: 1, fault });
    const answered = one.cortex.quarantine([COMPLETES]);
    await waitForOpen(other, 200);
    await other.control.moveClock("default", { advanceSeconds: 86_400 });
    await answered;
  });

  it("each log only their own calls, and show the calls of all servers to watchers", async () => {
    const [one, other] = await pair();
    const leave = new AbortController();
    const stream = await one.control.streamRequests({}, leave.signal);
    await other.cortex.quarantine([COMPLETES]);
    const seen = [];
    for await (const { id, open } of stream) {
      seen.push([id, open === true]);
      if (!open) break;
    }
    expect(seen.at(-1)).toEqual([1, false]);
    expect(one.log).toEqual([]);
    expect(other.log.map(({ id }) => id)).toEqual([1]);
  });

  it("know each other's tenants, by name and by credentials", async () => {
    const [one, other] = await pair();
    const made = await one.control.createTenant({ settings: { wire: "recorded" } });
    expect(await other.control.getTenant(made.name)).toMatchObject({ settings: made.settings });
    const vendor = made.vendors.find(({ name }) => name === "cortex");
    const credentials = { cortex: vendor?.credentials ?? [] };
    await cortexClient({ url: other.mock.url, credentials }).quarantine([COMPLETES]);
    expect((await one.control.listActions(made.name)).actions).toHaveLength(1);
    expect((await one.control.listActions("default")).actions).toHaveLength(0);
    expect((await other.control.createTenant()).name).not.toBe(made.name);
    await other.control.deleteTenant(made.name);
    await expect(one.control.getTenant(made.name)).rejects.toThrow(`no tenant ${made.name}`);
  });

  it("distinguish a tenant that was created again with the same name from the old one", async () => {
    const [one, other] = await pair();
    await one.control.createTenant({ name: "suite" });
    await other.control.addFault("suite", { fault: { kind: "broken-json" } });
    await one.control.deleteTenant("suite");
    await one.control.createTenant({ name: "suite", settings: { wire: "recorded" } });
    expect((await other.control.listFaults("suite")).faults).toEqual([]);
    expect((await other.control.getTenant("suite")).settings.wire).toBe("recorded");
  });

  it.each<[string, (replica: Replica) => Promise<unknown>]>([
    ["a reset", ({ control }) => control.resetTenant("default")],
    ["a scenario", ({ control }) => control.chooseScenario("default", { name: "empty-fleet" })],
    [
      "a snapshot",
      async ({ control }) =>
        control.restoreSnapshot("default", await control.takeSnapshot("default")),
    ],
    [
      "an action that is moved by hand",
      async ({ control }) => {
        const { actions } = await control.listActions("default");
        await control.moveAction("default", actions[0]?.id ?? "", { state: "failed" });
      },
    ],
    ["emptied journals", ({ control }) => control.clearRequests()],
  ])("have the same world after %s", async (_what, change) => {
    const [one, other] = await pair();
    await one.cortex.quarantine([COMPLETES]);
    await change(other);
    expect(await worldOf(one)).toEqual(await worldOf(other));
    const late = await one.cortex.post("endpoints/get_endpoints", {});
    expect(late).toEqual(await other.cortex.post("endpoints/get_endpoints", {}));
  });

  it("put no credential where they meet", async () => {
    const hub = sharedHub();
    const { mock, cortex, control } = await startReplica(hub);
    const headers = { "x-xdr-auth-id": "9", authorization: "a-key-that-nobody-knows" };
    await fetch(`${mock.url}/public_api/v1/endpoints/get_endpoints`, { method: "POST", headers });
    await cortex.post("endpoints/get_endpoints", { note: "fauxdr-standard-key" });
    await control.listRequests();
    expect(hub.content()).toContain("getEndpoints");
    expect(hub.content()).not.toContain("a-key-that-nobody-knows");
    const secrets = Object.values(mock.credentials).flatMap((own) =>
      own.flatMap((one) => one.secrets),
    );
    for (const secret of secrets) expect(hub.content()).not.toContain(secret);
  });

  it("answer to the byte as one alone does", async () => {
    const [one, other] = await pair();
    const alone = await startReplica(sharedHub());
    for (const server of [one, other, one]) {
      const [shared, single] = [
        await server.cortex.post("endpoints/get_endpoints", {}),
        await alone.cortex.post("endpoints/get_endpoints", {}),
      ];
      expect(shared).toEqual(single);
      expect(await server.cortex.quarantine([COMPLETES])).toBe(
        await alone.cortex.quarantine([COMPLETES]),
      );
    }
  });
});

describe("a server that opens a store", () => {
  it("adopts all existing content", async () => {
    const hub = sharedHub();
    const first = await startReplica(hub);
    await first.control.createTenant({ name: "suite" });
    const id = await first.cortex.quarantine([COMPLETES]);
    await first.mock.close();
    const second = await startReplica(hub);
    expect(await second.cortex.statuses(id)).toEqual({ [COMPLETES]: "PENDING" });
    expect((await second.control.listTenants()).tenants.map(({ name }) => name)).toEqual([
      "default",
      "suite",
    ]);
    const { requests } = await second.control.listRequests();
    expect(requests[0]).toMatchObject({ id: 1, operation: "quarantineFiles" });
    expect(requests[0]).not.toHaveProperty("open");
  });

  it("does not start where what is there was made with other settings", async () => {
    const hub = sharedHub();
    await startReplica(hub);
    await expect(startReplica(hub, { seed: "another" })).rejects.toThrow(
      'The store has a tenant "default" with other settings: start this server with the same settings, or with another store.',
    );
  });

  it("stores its tenants again after the store was wiped, and gives out no id twice", async () => {
    const hub = sharedHub();
    const [one, other] = [await startReplica(hub), await startReplica(hub)];
    const { name } = await one.control.createTenant();
    const id = await one.cortex.quarantine([COMPLETES]);
    hub.wipe();
    const later = await other.cortex.quarantine([COMPLETES]);
    expect(Number(later)).toBeGreaterThan(Number(id) + 100_000);
    expect(Number(await one.cortex.quarantine([COMPLETES]))).toBe(Number(later) + 1);
    expect(await one.control.getTenant(name)).toMatchObject({ name });
    const third = await startReplica(hub);
    expect(await third.cortex.statuses(id)).toEqual({ [COMPLETES]: "PENDING" });
    expect((await third.control.listTenants()).tenants.map((tenant) => tenant.name)).toEqual([
      "default",
      name,
    ]);
  });

  it("stores nothing of a call that got an error when the store was wiped", async () => {
    const hub = sharedHub();
    const one = await startReplica(hub);
    const id = await one.cortex.quarantine([COMPLETES]);
    // Stores the end of that exchange too.
    await one.control.listActions("default");
    hub.wipe();
    one.trouble.commit = new KitError("The store cannot be reached.");
    await expect(one.cortex.quarantine([COMPLETES])).rejects.toThrow();
    await one.cortex.quarantine([COMPLETES]);
    const { actions } = await one.control.listActions("default");
    expect(actions).toHaveLength(2);
    expect(actions.map((action) => action.id)).toContain(id);
  });

  it.each([
    ["suite", 'The store has lost a part of tenant "suite": delete the tenant'],
    ["default", 'The store has lost a part of tenant "default": empty the store'],
  ])("says that tenant %s is gone, and does not answer from its copy", async (name, error) => {
    const hub = sharedHub();
    const one = await startReplica(hub);
    await one.control.createTenant({ name: "suite" });
    hub.evict(name);
    const reply = await fetch(`${one.mock.url}/__admin/tenants/${name}/clock`);
    expect(reply.status).toBe(500);
    expect(((await reply.json()) as { readonly error: string }).error).toContain(error);
    if (name === "suite") expect(await one.control.deleteTenant(name)).toEqual({ deleted: name });
  });

  it("does not start where the list of tenants is gone", async () => {
    const hub = sharedHub();
    await startReplica(hub);
    hub.evict("list");
    await expect(startReplica(hub)).rejects.toThrow("The store has lost its list of tenants");
  });
});

describe("a server with room for two tenants", () => {
  const names = ["a", "b", "c", "d"];
  const crowded = async () => {
    const hub = sharedHub();
    const one = await startReplica(hub, { storeTenants: 2 });
    for (const name of names) await one.control.createTenant({ name });
    return { hub, one };
  };

  it("drops those that it has created like others", async () => {
    const { hub } = await crowded();
    expect(names.filter((name) => hub.followers(name) > 0)).toEqual(["d"]);
  });

  it("has the content of all others when they are called again", async () => {
    const { one } = await crowded();
    for (const name of names) {
      await one.control.addFault(name, { id: name, fault: { kind: "broken-json" } });
    }
    for (const name of names) {
      expect((await one.control.listFaults(name)).faults).toMatchObject([{ id: name }]);
    }
  });

  it("loads a tenant that it could not load before", async () => {
    const { one } = await crowded();
    one.trouble.follow = new KitError("The store cannot be reached.");
    await expect(one.control.listActions("a")).rejects.toThrow("cannot be reached");
    expect((await one.control.listActions("a")).actions).toEqual([]);
  });

  it("lists all tenants, and finds each by its credentials", async () => {
    const { one } = await crowded();
    await one.control.moveClock("a", { advanceSeconds: 60 });
    const { tenants } = await one.control.listTenants();
    expect(tenants.map(({ name }) => name)).toEqual(["default", ...names]);
    expect(tenants[1]?.time).toBe("2026-01-31T12:01:00.000Z");
    expect(tenants[1]).toEqual(await one.control.getTenant("a"));
    for (const { name, vendors } of tenants) {
      const own = vendors.find((vendor) => vendor.name === "cortex")?.credentials ?? [];
      await cortexClient({ url: one.mock.url, credentials: { cortex: own } }).quarantine([
        COMPLETES,
      ]);
      expect((await one.control.listActions(name)).actions).toHaveLength(1);
    }
  });

  it("keeps a tenant whose reply is still out", async () => {
    const { one } = await crowded();
    const fault = { kind: "delay", delayMs: 60_000 } as const;
    await one.control.addFault("a", { times: 1, fault });
    const { vendors } = await one.control.getTenant("a");
    const own = vendors.find((vendor) => vendor.name === "cortex")?.credentials ?? [];
    const client = cortexClient({ url: one.mock.url, credentials: { cortex: own } });
    const answered = client.quarantine([COMPLETES]);
    for (const name of ["b", "c", "d", "b", "c"]) await one.control.getClock(name);
    await one.control.moveClock("a", { advanceSeconds: 60 });
    expect(await answered).toMatch(/^\d+$/);
  });
});

it("a server that stops stores the end of a reply that is still out", async () => {
  const [one, other] = await pair();
  const fault = { kind: "delay", delayMs: 60_000 } as const;
  await one.control.addFault("default", { vendor: "cortex", times: 1, fault });
  const answered = one.cortex.quarantine([COMPLETES]).catch(() => {});
  await waitForOpen(other);
  await one.mock.close();
  await answered;
  const { requests } = await other.control.listRequests();
  expect(requests.map(({ open, aborted }) => [open, aborted])).toEqual([[undefined, true]]);
});

const worldOf = async ({ control }: Replica): Promise<unknown> => {
  const { clock, random, store } = await control.takeSnapshot("default");
  const { faults } = await control.listFaults("default");
  const { scenario } = await control.getTenant("default");
  return [
    clock,
    random,
    store.tables,
    store.sequences,
    faults,
    scenario,
    await control.listRequests(),
  ];
};

/** Waits until an exchange is open, and has a reply with that status if one is given. */
async function waitForOpen({ control }: Replica, status?: number): Promise<void> {
  for (;;) {
    const { requests } = await control.listRequests();
    if (requests.some(({ open, reply }) => open && reply?.status === status)) return;
  }
}

describe("servers at one place with an OpenAPI document of the user's", () => {
  const mine = (id: string) => ({
    also: [documentOf({ "/mine": { get: answering({ example: { id } }, { operationId: id }) } })],
  });
  const ask = async ({ mock: { url } }: Replica): Promise<unknown> => {
    const headers = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
    return (await fetch(`${url}/mine`, { headers })).json();
  };

  it("both answer its calls, and write them into one journal", async () => {
    const hub = sharedHub();
    const [one, other] = [await startReplica(hub, mine("a")), await startReplica(hub, mine("a"))];
    expect([await ask(one), await ask(other)]).toEqual([{ id: "a" }, { id: "a" }]);
    const { requests } = await one.control.listRequests();
    expect(requests.map(({ operation, reply }) => [operation, reply?.basis])).toEqual([
      ["a", "yours"],
      ["a", "yours"],
    ]);
  });

  it("a tenant's own document is known to the other server", async () => {
    const [one, other] = await pair();
    await one.control.createTenant({ name: "own", settings: mine("b") });
    const { vendors: own } = await other.control.getTenant("own");
    const headers = own.find(({ name }) => name === "cortex")?.headers ?? {};
    expect(await (await fetch(`${other.mock.url}/mine`, { headers })).json()).toEqual({ id: "b" });
  });
});
