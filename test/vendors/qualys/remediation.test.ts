import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { AGENT, CLOCK, reserved } from "../../support/qualys.ts";
import {
  type QualysClient,
  qualysClient,
  quarantine,
  remediate,
} from "../../support/qualys-client.ts";
import { OFFLINE_AGENT, OLD_AGENT, reservedEvent } from "../../support/qualys-inventory.ts";

const COMPLETES = reserved(1);
const FAILS = reserved(2);
const STAYS_PENDING = reserved(7);
const STUCK = reserved(8);
const YEAR = 365 * 24 * 60 * 60 * 1000;

const statusOf = async (client: QualysClient, id: string, type = "activityLog"): Promise<string> =>
  JSON.parse((await client.get(`/ioc/remediation-actions/${type}/${id}`)).text).status;

/** What the client sees at each of these steps of the clock (milliseconds). */
async function watch(agentId: string, steps: readonly number[], oldAgent?: "stuck" | "fails") {
  await using mock = await startMock({ clock: CLOCK, ...(oldAgent && { oldAgent }) });
  const client = qualysClient(mock);
  const id = await quarantine(client, [agentId]);
  const seen = [await statusOf(client, id)];
  for (const step of steps) {
    mock.clock.advance(step);
    seen.push(await statusOf(client, id));
  }
  return seen;
}

describe("a host action, by time", () => {
  const END = [999, 1, 999, 1, YEAR];

  it.each([
    ["a good agent", AGENT, "success"],
    ["the agent that completes", COMPLETES, "success"],
    ["the agent that fails", FAILS, "failed"],
  ])("is queued, in progress and at its end, to the millisecond: %s", async (_who, id, end) => {
    expect(await watch(id, END)).toEqual([
      "queued",
      "queued",
      "in progress",
      "in progress",
      end,
      end,
    ]);
  });

  it.each([
    ["an agent that is too old", OLD_AGENT],
    ["the agent that gets stuck", STUCK],
  ])("is in progress for ever on %s", async (_who, id) => {
    expect(await watch(id, [999, 1, YEAR])).toEqual([
      "queued",
      "queued",
      "in progress",
      "in progress",
    ]);
  });

  it("fails on an outdated agent if the tenant is set so", async () => {
    expect(await watch(OLD_AGENT, END, "fails")).toEqual([
      "queued",
      "queued",
      "in progress",
      "in progress",
      "failed",
      "failed",
    ]);
  });

  it.each([
    ["an agent that is offline", OFFLINE_AGENT],
    ["the agent that never picks anything up", STAYS_PENDING],
  ])("is queued for ever on %s", async (_who, id) => {
    expect(await watch(id, [1000, YEAR])).toEqual(["queued", "queued", "queued"]);
  });

  it.each([
    ["edge-case", "4f084161-a5cc-4ace-a8e4-0358d9cc1e77", "success"],
    ["kiosk-old", "59e53117-07c4-44ef-a1dc-e5ad9752f0d8", "in progress"],
    ["build-02", "6a767796-1ecb-4e81-a2d9-c020da92f6ae", "success"],
    ["design-mac", "a670238c-ea9f-4ebb-a89a-f657a59720ca", "success"],
  ])("goes by the oldest version that can do it: %s", async (_host, id, end) => {
    expect((await watch(id, [YEAR])).at(-1)).toBe(end);
  });

  it("has its own lifecycle on each host of a call", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const hosts = [COMPLETES, FAILS, STUCK, STAYS_PENDING];
    const requestId = await quarantine(client, hosts);
    mock.clock.advance(2000);
    const ids = hosts.map((host) => `RTP_${host}_1-2026_${requestId}`);
    expect(await Promise.all(ids.map((id) => statusOf(client, id)))).toEqual([
      "success",
      "failed",
      "in progress",
      "queued",
    ]);
  });

  it.each([
    [[COMPLETES, COMPLETES], "success"],
    [[COMPLETES, FAILS], "failed"],
    [[COMPLETES, FAILS, STUCK], "in progress"],
    [[STUCK, FAILS, STAYS_PENDING, COMPLETES], "queued"],
  ])(
    "has, asked by requestId, the status of the host that is least advanced: %j",
    async (hosts, status) => {
      for (const progress of ["time", "polls"] as const) {
        await using mock = await startMock({ clock: CLOCK, progress });
        const client = qualysClient(mock);
        const requestId = await quarantine(client, hosts);
        expect(await statusOf(client, requestId)).not.toBe("success");
        mock.clock.advance(2000);
        await statusOf(client, requestId);
        expect(await statusOf(client, requestId)).toBe(status);
      }
    },
  );

  it("does not change when a client asks for it", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await quarantine(client, [AGENT]);
    const before = mock.store.state();
    await statusOf(client, id);
    expect(mock.store.state()).toEqual(before);
  });

  it("releases a host in the same way, also while its quarantine is pending", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const first = await quarantine(client, [AGENT]);
    mock.clock.advance(1000);
    const second = await quarantine(client, [AGENT], "UNQUARANTINE_HOST");
    expect(await statusOf(client, first)).toBe("in progress");
    expect(await statusOf(client, second)).toBe("queued");
    mock.clock.advance(1000);
    expect(await statusOf(client, first)).toBe("success");
    expect(await statusOf(client, second)).toBe("in progress");
  });
});

describe("an action on an event", () => {
  it.each([
    [1, "success"],
    [2, "failed"],
  ])("moves like one on a host (agent %i), in both logs", async (code, end) => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await remediate(client, reserved(code), reservedEvent(code), "FILE");
    for (const status of ["queued", "in progress", end, end]) {
      expect(await statusOf(client, id)).toBe(status);
      expect(await statusOf(client, id, "quarantinedItem")).toBe(status);
      mock.clock.advance(1000);
    }
  });
});

describe("a host action, by status calls", () => {
  it("advances with each status call, and with nothing else", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const client = qualysClient(mock);
    const id = await quarantine(client, [COMPLETES]);
    mock.clock.advance(YEAR);
    const fresh = qualysClient(mock);
    mock.actions.list();
    expect(await statusOf(fresh, id)).toBe("queued");
    mock.actions.list();
    expect(await statusOf(fresh, id)).toBe("in progress");
    expect(await statusOf(fresh, id)).toBe("success");
    expect(await statusOf(fresh, id)).toBe("success");
  });

  it("needs as many status calls per step as the setting says", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls", stepPolls: 2 });
    const client = qualysClient(mock);
    const id = await quarantine(client, [FAILS]);
    const seen: string[] = [];
    for (let look = 0; look < 6; look++) seen.push(await statusOf(client, id));
    expect(seen).toEqual(["queued", "queued", "in progress", "in progress", "failed", "failed"]);
  });

  it("does not advance with a refused status call", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const client = qualysClient(mock);
    const id = await quarantine(client, [COMPLETES]);
    for (const token of ["", "fauxdr-viewer-token"]) {
      await qualysClient(mock, token).get(`/ioc/remediation-actions/activityLog/${id}`);
    }
    await client.get(`/ioc/remediation-actions/quarantinedItem/${id}`);
    expect(await statusOf(client, id)).toBe("queued");
  });
});

describe("a host action, advanced manually", () => {
  it("stays in its state until it is advanced, on one host or on all", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const client = qualysClient(mock);
    const requestId = await quarantine(client, [COMPLETES, FAILS]);
    const ids = [COMPLETES, FAILS].map((host) => `RTP_${host}_1-2026_${requestId}`);
    const look = () => Promise.all(ids.map((id) => statusOf(client, id)));
    mock.clock.advance(YEAR);
    expect(await look()).toEqual(["queued", "queued"]);
    mock.actions.move(requestId, { target: FAILS });
    expect(await look()).toEqual(["queued", "in progress"]);
    mock.actions.move(requestId);
    expect(await look()).toEqual(["in progress", "failed"]);
    mock.actions.move(requestId, { state: "failed" });
    expect(await look()).toEqual(["failed", "failed"]);
  });

  it.each([
    ["succeeded", "success"],
    ["partial", "success"],
    ["failed", "failed"],
    ["timed-out", "failed"],
  ] as const)("put from running into %s reads %s", async (state, status) => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const client = qualysClient(mock);
    const id = await quarantine(client, [AGENT]);
    mock.actions.move(id, { state: "running" });
    mock.actions.move(id, { state });
    expect(await statusOf(client, id)).toBe(status);
  });

  it.each([
    ["expired", "failed"],
    ["cancelled", "failed"],
    ["aborting", "in progress"],
  ] as const)("put from queued into %s reads %s", async (state, status) => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const client = qualysClient(mock);
    const id = await quarantine(client, [AGENT]);
    mock.actions.move(id, { state });
    expect(await statusOf(client, id)).toBe(status);
  });
});
