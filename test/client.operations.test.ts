import { describe, expect, it } from "vitest";
import { type ControlClient, createClient } from "../src/client.ts";
import { type Mock, startMock } from "../src/index.ts";
import { version } from "../src/version.ts";
import { cortexClient, FILE } from "./support/clients.ts";

const NOON = "2026-01-31T12:00:00.000Z";
const COMPLETES = "facade00000000000000000000000001";
const ONCE = { operation: "quarantineFiles", times: 1 };
const BUSY = { id: "busy", times: 2, fault: { kind: "status", status: 503 } } as const;

type Ids = keyof ControlClient;

/** A call of each operation on a mock with one quarantine in it, and what it comes to. */
const GOOD: {
  readonly [Id in Ids]: (client: ControlClient, mock: Mock) => Promise<readonly [unknown, unknown]>;
} = {
  getHealth: async (client) => [
    await client.getHealth(),
    expect.objectContaining({ status: "ok", version }),
  ],
  getCa: async () => {
    await using mock = await startMock({ tls: true });
    return [await createClient(mock).getCa(), mock.ca];
  },
  listFindings: async (client, mock) => {
    await fetch(`${mock.url}/public_api/v1/endpoints/quarantine`, { method: "POST" });
    const { findings } = await client.listFindings({ tenant: "default" });
    return [findings[0], { tenant: "default", ...mock.findings()[0] }];
  },
  getVerdict: async (client, mock) => {
    mock.reset();
    await cortexClient(mock).quarantine([COMPLETES]);
    return [
      await client.getVerdict({ vendor: "cortex", failOn: "info" }),
      { verdict: "passed", requests: 1, findings: [] },
    ];
  },
  getLedger: async (client) => [
    (await client.getLedger({ vendor: "cortex" })).rows[0],
    expect.objectContaining({
      vendor: "cortex",
      operation: "quarantineFiles",
      status: 200,
      cause: "ok",
      basis: { document: "documented", recorded: "observed" },
      source: expect.objectContaining({ title: expect.any(String) }),
    }),
  ],
  getDocument: async (client) => [
    await client.getDocument("cortex"),
    expect.objectContaining({ openapi: expect.any(String), info: expect.anything() }),
  ],
  listRequests: async (client, mock) => [
    await client.listRequests({ tenant: "default", operation: "quarantineFiles", limit: 1 }),
    { dropped: 0, requests: mock.journal.entries() },
  ],
  clearRequests: async (client, mock) => [
    [await client.clearRequests({ tenant: "default" }), mock.journal.entries()],
    [{ cleared: ["default"] }, []],
  ],
  streamRequests: async (client, mock) => {
    const stream = await client.streamRequests({ vendor: "cortex" });
    await cortexClient(mock).quarantine([COMPLETES]);
    for await (const exchange of stream) {
      if (!exchange.open) return [exchange, mock.journal.entries().at(-1)];
    }
    return ["the end", "an exchange"];
  },
  exportHar: async (client) => [
    await client.exportHar({ status: 200 }),
    { log: expect.objectContaining({ version: "1.2", entries: [expect.anything()] }) },
  ],
  listFaultKinds: async (client) => [
    (await client.listFaultKinds()).faults,
    expect.arrayContaining([
      expect.objectContaining({ kind: "delay", effect: "always", needs: ["delayMs"] }),
      expect.objectContaining({ kind: "EMPTY_RESPONSE", effect: "as told" }),
    ]),
  ],
  listScenarios: async (client) => [
    (await client.listScenarios()).scenarios.map(({ vendor, name }) => [vendor, name]),
    expect.arrayContaining([
      [undefined, "flaky-gateway"],
      ["cortex", "fleet-offline"],
      ["qualys", "fleet-offline"],
    ]),
  ],
  listTriggers: async (client) => [
    (await client.listTriggers()).triggers.find(({ vendor }) => vendor === "cortex"),
    { vendor: "cortex", id: COMPLETES, name: "completes", description: "the action succeeds" },
  ],
  reset: async (client, mock) => [
    [await client.reset(), mock.actions.list()],
    [{ reset: ["default"] }, []],
  ],
  listTenants: async (client) => [
    (await client.listTenants()).tenants.map(({ name, scenario, time }) => [name, scenario, time]),
    [["default", "ordinary", NOON]],
  ],
  createTenant: async (client, { url }) => {
    const tenant = await client.createTenant({ name: "suite", settings: { progress: "polls" } });
    const cortex = tenant.vendors.find(({ name }) => name === "cortex");
    const values = cortex?.credentials[0]?.values ?? {};
    const fresh = cortexClient({ url, credentials: { cortex: [{ values }] } });
    return [
      [tenant.settings.progress, cortex?.url, await fresh.quarantine([COMPLETES])],
      ["polls", url, "10001001"],
    ];
  },
  getTenant: async (client, { settings }) => [
    await client.getTenant("default"),
    expect.objectContaining({ name: "default", settings, scenario: "ordinary", time: NOON }),
  ],
  deleteTenant: async (client) => {
    await client.createTenant({ name: "suite" });
    const deleted = await client.deleteTenant("suite");
    return [
      [deleted, (await client.listTenants()).tenants.length],
      [{ deleted: "suite" }, 1],
    ];
  },
  resetTenant: async (client, mock) => [
    [await client.resetTenant("default"), mock.actions.list()],
    [{ reset: ["default"] }, []],
  ],
  getClock: async (client) => [await client.getClock("default"), { time: NOON, frozen: true }],
  moveClock: async (client) => [
    await client.moveClock("default", { advanceSeconds: 60 }),
    { time: "2026-01-31T12:01:00.000Z", frozen: true },
  ],
  listActions: async (client, mock) => [
    await client.listActions("default"),
    { actions: mock.actions.list() },
  ],
  moveAction: async (client) => [
    await client.moveAction("default", "1001", { state: "running", target: COMPLETES }),
    expect.objectContaining({
      id: "1001",
      targets: [expect.objectContaining({ id: COMPLETES, state: "running" })],
    }),
  ],
  takeSnapshot: async (client, mock) => [await client.takeSnapshot("default"), mock.snapshot()],
  restoreSnapshot: async (client, mock) => {
    const saved = await client.takeSnapshot("default");
    mock.reset();
    const restored = await client.restoreSnapshot("default", saved);
    return [
      [restored, mock.actions.list().length],
      [{ restored: "default" }, 1],
    ];
  },
  chooseScenario: async (client, mock) => [
    [await client.chooseScenario("default", { name: "maintenance" }), mock.faults.list().length],
    [{ name: "default", scenario: "maintenance" }, 1],
  ],
  listFaults: async (client, mock) => {
    mock.faults.add(BUSY);
    return [await client.listFaults("default"), { faults: [{ ...BUSY, matched: 0, applied: 0 }] }];
  },
  addFault: async (client, mock) => {
    const added = await client.addFault("default", BUSY);
    return [[added], mock.faults.list()];
  },
  clearFaults: async (client, mock) => {
    mock.faults.add(BUSY);
    return [
      [await client.clearFaults("default"), mock.faults.list()],
      [{ removed: ["busy"] }, []],
    ];
  },
  removeFault: async (client, mock) => {
    mock.faults.add(BUSY);
    const removed = await client.removeFault("default", "busy");
    return [
      [removed, mock.faults.list()],
      [{ removed: ["busy"] }, []],
    ];
  },
  listInventory: async (client, mock) => [
    await client.listInventory("default", "qualys", "events"),
    { rows: mock.inventory.list("qualys", "events") },
  ],
  addToInventory: async (client, mock) => {
    const row = { agentId: "a", platform: "Linux" };
    const added = await client.addToInventory("default", "qualys", "assets", row);
    return [added, mock.inventory.list("qualys", "assets").at(-1)];
  },
  removeFromInventory: async (client, mock) => {
    await mock.inventory.put("qualys", "assets", { agentId: "a###b/_1", platform: "Linux" });
    const before = mock.inventory.list("qualys", "assets");
    const removed = await client.removeFromInventory("default", "qualys", "assets", "a###b/_1");
    return [
      [removed, mock.inventory.list("qualys", "assets")],
      [{ removed: ["a###b/_1"] }, before.slice(0, -1)],
    ];
  },
  getExample: async (client) => [
    await client.getExample("default", "cortex", "getActionStatus"),
    { values: { group_action_id: 1001 } },
  ],
  listRelated: async (client, mock) => {
    const { quarantine, statuses } = cortexClient(mock);
    await quarantine([COMPLETES]);
    await statuses("1001");
    return [await client.listRelated("default", "1"), { action: "1001", requests: [1, 3] }];
  },
  verify: async (client) => [
    await client.verify("default", {
      ...ONCE,
      where: { "/request_data/file_hash": FILE.file_hash },
    }),
    expect.objectContaining({ verdict: "passed", matched: [1], nearest: [] }),
  ],
};

async function start(): Promise<Mock> {
  const mock = await startMock({ clock: NOON });
  await cortexClient(mock).quarantine([COMPLETES]);
  return mock;
}

describe("the client's method", () => {
  it.each(Object.entries(GOOD))("%s does what its operation says", async (_, call) => {
    await using mock = await start();
    const [found, expected] = await call(createClient(mock), mock);
    expect(found).toEqual(expected);
  });

  it("verify answers a verdict that is failed, and rejects nothing", async () => {
    await using mock = await start();
    const verdict = await createClient(mock).verify("default", { ...ONCE, times: 2 });
    expect(verdict).toEqual(mock.verdict({ ...ONCE, times: 2 }));
    expect(verdict).toMatchObject({ verdict: "failed", matched: [1] });
  });
});
