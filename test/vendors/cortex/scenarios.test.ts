import { describe, expect, it } from "vitest";
import { type Mock, type MockOptions, startMock } from "../../../src/index.ts";
import { CLOCK, ENDPOINT, reserved } from "../../support/cortex.ts";
import {
  cortexClient,
  DAY,
  FILE,
  HASH,
  LINUX,
  MAC,
  named,
  SECOND,
} from "../../support/cortex-client.ts";

const COMPLETES = reserved(1);
const MACHINES = [ENDPOINT, LINUX, MAC];

const start = (scenario: string, options: MockOptions = {}): Promise<Mock> =>
  startMock({ clock: CLOCK, scenario, ...options });

const quarantining = (...ids: string[]): object => ({ filters: named(...ids), ...FILE });

describe.each(["document", "recorded"] as const)("%s form, scenario", (wire) => {
  it("fleet-offline: actions stay pending and expire, but for the reserved endpoints", async () => {
    await using mock = await start("fleet-offline", { wire });
    const client = cortexClient(mock);
    const id = await client.act("endpoints/quarantine", quarantining(...MACHINES, COMPLETES));
    mock.clock.advance(DAY - 1);
    const all = (status: string): object =>
      Object.fromEntries(MACHINES.map((machine) => [machine, status]));
    const reservedOne = { [COMPLETES]: "COMPLETED_SUCCESSFULLY" };
    expect(await client.statuses(id)).toEqual({ ...all("PENDING"), ...reservedOne });
    mock.clock.advance(1);
    expect(await client.statuses(id)).toEqual({ ...all("EXPIRED"), ...reservedOne });
    expect(await client.endpoint(LINUX)).toMatchObject({ endpoint_status: "DISCONNECTED" });
    expect(await client.endpoint(COMPLETES)).toMatchObject({ endpoint_status: "CONNECTED" });
  });

  it.each([
    ["stuck", "IN_PROGRESS"],
    ["fails", "FAILED"],
  ] as const)("outdated-agents: an isolation %s, a quarantine goes well", async (oldAgent, end) => {
    await using mock = await start("outdated-agents", { wire, oldAgent });
    const client = cortexClient(mock);
    const isolation = await client.act("endpoints/isolate", {
      filters: named(...MACHINES, COMPLETES),
    });
    const quarantine = await client.act("endpoints/quarantine", quarantining(ENDPOINT));
    mock.clock.advance(2 * SECOND);
    expect(await client.statuses(isolation)).toEqual({
      ...Object.fromEntries(MACHINES.map((machine) => [machine, end])),
      [COMPLETES]: "COMPLETED_SUCCESSFULLY",
    });
    expect(await client.statuses(quarantine)).toEqual({ [ENDPOINT]: "COMPLETED_SUCCESSFULLY" });
  });

  it("empty-fleet: only the reserved endpoints exist", async () => {
    await using mock = await start("empty-fleet", { wire, fleet: 20 });
    const client = cortexClient(mock);
    const { status } = await client.post("endpoints/quarantine", quarantining(ENDPOINT));
    expect([status, mock.journal.entries().at(-1)?.refusal?.kind]).toEqual([500, "no-target"]);
    const { reply } = JSON.parse((await client.post("endpoints/get_endpoints")).text);
    expect(reply.map(({ agent_id }: { agent_id: string }) => agent_id)).toContain(COMPLETES);
    for (const { agent_id } of reply) expect(agent_id).toMatch(/^facade/);
  });

  it("file-not-found: a quarantine fails everywhere but on the reserved endpoints", async () => {
    await using mock = await start("file-not-found", { wire });
    const client = cortexClient(mock);
    const id = await client.act("endpoints/quarantine", quarantining(...MACHINES, COMPLETES));
    mock.clock.advance(2 * SECOND);
    expect(await client.statuses(id)).toEqual({
      ...Object.fromEntries(MACHINES.map((machine) => [machine, "FAILED"])),
      [COMPLETES]: "COMPLETED_SUCCESSFULLY",
    });
    const { text } = await client.post("quarantine/status", {
      files: [{ endpoint_id: ENDPOINT, file_hash: HASH, file_path: FILE.file_path }],
    });
    expect(JSON.parse(text).reply).toMatchObject([{ status: false }]);
  });

  it("licence-expired: calls get the documented 402 until the rule is removed", async () => {
    await using mock = await start("licence-expired", { wire });
    const client = cortexClient(mock);
    for (const ask of [
      () => client.post("endpoints/quarantine", quarantining(ENDPOINT)),
      () => client.post("endpoints/get_endpoints"),
      () => client.send("/public_api/v1/healthcheck", { method: "GET" }),
    ]) {
      const { status, text } = await ask();
      const { err_code, reply } = JSON.parse(text);
      expect([status, Number(err_code ?? reply.err_code)]).toEqual([402, 402]);
    }
    expect(mock.actions.list()).toEqual([]);
    mock.faults.remove("licence-expired");
    await client.act("endpoints/quarantine", quarantining(ENDPOINT));
  });

  it("licence-expired: an unknown path is refused as unknown", async () => {
    await using mock = await start("licence-expired", { wire });
    expect((await cortexClient(mock).post("endpoints/nonsense")).status).toBe(500);
    expect(mock.journal.entries().at(-1)?.refusal?.kind).toBe("no-operation");
  });

  it("no-permission: both good keys are refused with 403, a wrong one with 401", async () => {
    await using mock = await start("no-permission", { wire });
    const { status } = await cortexClient(mock).post("endpoints/get_endpoints");
    const seen = mock.journal.entries().at(-1);
    expect([status, seen?.refusal?.kind, seen?.fault]).toEqual([403, "forbidden", undefined]);
    const wrong = { headers: { authorization: "wrong" }, body: "{}" };
    const path = "/public_api/v1/endpoints/get_endpoints";
    expect((await cortexClient(mock).send(path, wrong)).status).toBe(401);
  });
});

describe("a scenario", () => {
  it("leaves out the other vendor where only one has it", async () => {
    await using mock = await start("licence-expired");
    const headers = { authorization: "Bearer fauxdr-token" };
    const reply = await fetch(`${mock.url}/ioc/asset/count`, { headers });
    expect(reply.status).toBe(200);
  });

  it.each([
    "fleet-offline",
    "outdated-agents",
    "empty-fleet",
    "file-not-found",
    "licence-expired",
    "no-permission",
  ])("%s is there again after a reset, and gone in the ordinary one", async (scenario) => {
    await using mock = await start(scenario);
    const begun = mock.store.state();
    await cortexClient(mock).post("endpoints/quarantine", quarantining(COMPLETES));
    mock.faults.clear();
    mock.reset();
    expect([mock.store.state(), mock.faults.list().length]).toEqual([
      begun,
      scenario === "licence-expired" ? 1 : 0,
    ]);
    mock.reset("ordinary");
    await using other = await startMock({ clock: CLOCK });
    expect([mock.store.state(), mock.faults.list()]).toEqual([other.store.state(), []]);
  });
});
