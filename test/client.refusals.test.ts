import { expect, it } from "vitest";
import { type ControlClient, createClient } from "../src/client.ts";
import { startMock } from "../src/index.ts";
import { cortexClient } from "./support/clients.ts";
import { VENDOR_NAMES } from "./support/vendor-names.ts";

/** A call that each operation refuses, where a caller can make one; a JavaScript caller can make them all. */
const REFUSED: {
  readonly [Id in keyof ControlClient]?: readonly [
    call: (client: ControlClient) => Promise<unknown>,
    status: number,
    message: string,
  ];
} = {
  getCa: [
    (client) => client.getCa(),
    404,
    "there is no CA: start fauxdr with --tls and without --tls-cert, or trust the CA of your own certificate",
  ],
  listFindings: [(client) => client.listFindings({ tenant: "x" }), 404, "there is no tenant x"],
  getVerdict: [
    (client) => client.getVerdict({ vendor: "qualys" }),
    409,
    "no call had a path of qualys",
  ],
  getLedger: [
    (client) => client.getLedger({ vendor: "x" }),
    400,
    `There is no vendor "x": choose from ${VENDOR_NAMES}.`,
  ],
  listRequests: [(client) => client.listRequests({ limit: 0 }), 400, "query/limit must be >= 1"],
  clearRequests: [(client) => client.clearRequests({ tenant: "x" }), 404, "there is no tenant x"],
  streamRequests: [(client) => client.streamRequests({ tenant: "x" }), 404, "there is no tenant x"],
  exportHar: [
    (client) => client.exportHar({ operation: "quarantineFile" }),
    400,
    'There is no operation "quarantineFile"; the nearest is quarantineFiles.',
  ],
  createTenant: [
    (client) => client.createTenant({ name: "default" }),
    400,
    'A tenant "default" already exists: choose another name.',
  ],
  getTenant: [(client) => client.getTenant("x"), 404, "there is no tenant x"],
  deleteTenant: [
    (client) => client.deleteTenant("default"),
    400,
    "The tenant default cannot be deleted: reset it instead.",
  ],
  resetTenant: [(client) => client.resetTenant("x"), 404, "there is no tenant x"],
  getExample: [
    (client) => client.getExample("default", "cortex", "nope"),
    404,
    "there is no operation nope",
  ],
  listRelated: [(client) => client.listRelated("default", "7"), 404, "there is no request 7"],
  getClock: [(client) => client.getClock("x"), 404, "there is no tenant x"],
  moveClock: [
    (client) => client.moveClock("default", { set: "2026-01-31T11:59:59Z" }),
    400,
    "the clock cannot go back: this time has passed",
  ],
  listActions: [(client) => client.listActions("x"), 404, "there is no tenant x"],
  moveAction: [
    (client) => client.moveAction("default", "7"),
    400,
    'Tenant "default" has no action 7.',
  ],
  takeSnapshot: [(client) => client.takeSnapshot("x"), 404, "there is no tenant x"],
  restoreSnapshot: [
    (client) => client.restoreSnapshot("default", {} as never),
    400,
    "This is not a snapshot: it has no format number.",
  ],
  chooseScenario: [
    (client) => client.chooseScenario("default", { name: "sunshine" }),
    400,
    expect.stringMatching(
      /^There is no scenario "sunshine": choose from ordinary, .*fleet-offline/,
    ) as never,
  ],
  listFaults: [(client) => client.listFaults("x"), 404, "there is no tenant x"],
  addFault: [
    (client) => client.addFault("default", { vendor: "nobody", fault: { kind: "EMPTY_RESPONSE" } }),
    400,
    `There is no vendor "nobody": choose from ${VENDOR_NAMES}.`,
  ],
  clearFaults: [(client) => client.clearFaults("x"), 404, "there is no tenant x"],
  removeFault: [
    (client) => client.removeFault("default", "busy"),
    404,
    "there is no fault rule busy",
  ],
  listInventory: [
    (client) => client.listInventory("default", "qualys", "hosts"),
    400,
    'qualys has no inventory of "hosts"; it has: assets, events, incidents.',
  ],
  addToInventory: [
    (client) =>
      client.addToInventory("default", "qualys", "assets", { agentId: "a", platform: "BeOS" }),
    400,
    "The platform of the row must be Windows, Linux or Mac.",
  ],
  removeFromInventory: [
    (client) => client.removeFromInventory("default", "qualys", "events", "F_1"),
    404,
    "there is no events F_1",
  ],
  verify: [
    (client) => client.verify("default", { times: 1, atLeast: 1 }),
    400,
    'An expectation takes either "times", or "atLeast" and "atMost", not both.',
  ],
};

it.each(Object.entries(REFUSED))("%s rejects with the server's refusal", async (_, refused) => {
  await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
  await cortexClient(mock).quarantine(["facade00000000000000000000000001"]);
  const before = [mock.snapshot(), mock.faults.list(), mock.journal.entries()];
  const [call, status, message] = refused;
  await expect(call(createClient(mock))).rejects.toMatchObject({ status, message });
  expect([mock.snapshot(), mock.faults.list(), mock.journal.entries()]).toEqual(before);
});
