import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { createdBy, progressOf } from "../../../src/vendors/qualys/follow.ts";
import { AGENT, OTHER, reserved, UNKNOWN } from "../../support/qualys.ts";
import {
  type QualysClient,
  qualysClient,
  quarantine,
  remediate,
} from "../../support/qualys-client.ts";
import { FILE_EVENT } from "../../support/qualys-inventory.ts";

const CLOCK = "2026-01-31T12:00:00Z";
const COMPLETES = reserved(1);
const FAILS = reserved(2);

const newest = (mock: Mock): Exchange => mock.journal.entries().at(-1) as Exchange;

/** What each of so many status calls tells. */
async function told(
  mock: Mock,
  client: QualysClient,
  id: string,
  times = 1,
  base = "/ioc",
): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let call = 0; call < times; call++) {
    await client.get(`${base}/remediation-actions/activityLog/${id}`);
    seen.push(progressOf(newest(mock)));
  }
  return seen;
}

describe("what a reply created", () => {
  it("is the requestId of a quarantine call", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = await quarantine(qualysClient(mock), [AGENT, OTHER]);
    expect(createdBy(newest(mock))).toBe(id);
  });

  it("is nothing where the call was refused", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await quarantine(qualysClient(mock), [UNKNOWN]).catch(() => undefined);
    expect(newest(mock).operation).toBe("quarantineHost");
    expect(createdBy(newest(mock))).toBeUndefined();
  });

  it("is nothing where a status call was answered, which also has a requestId", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    await told(mock, client, await quarantine(client, [AGENT]));
    expect(newest(mock).reply?.body.text).toContain("requestId");
    expect(createdBy(newest(mock))).toBeUndefined();
  });

  it("is known where the reply was lost, because the action is there all the same", async () => {
    const fault = { kind: "CONNECTION_RESET_BY_PEER", afterBytes: 5, effect: true } as const;
    await using mock = await startMock({
      clock: CLOCK,
      faults: [{ operation: "quarantineHost", fault }],
    });
    await quarantine(qualysClient(mock), [AGENT]).catch(() => undefined);
    expect(createdBy(newest(mock))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is nothing where a gateway answered in the vendor's place", async () => {
    const fault = { kind: "html-page", status: 200 } as const;
    await using mock = await startMock({
      clock: CLOCK,
      faults: [{ operation: "quarantineHost", fault }],
    });
    await quarantine(qualysClient(mock), [AGENT]).catch(() => undefined);
    expect(newest(mock).reply?.status).toBe(200);
    expect(createdBy(newest(mock))).toBeUndefined();
  });
});

describe("an action's progress", () => {
  it.each([
    ["success", COMPLETES],
    ["failed", FAILS],
  ])("goes on until the status is %s", async (_status, agentId) => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const client = qualysClient(mock);
    const action = await quarantine(client, [agentId]);
    expect(await told(mock, client, action, 4)).toEqual([
      { action, ended: false },
      { action, ended: false },
      { action, ended: true },
      { action, ended: true },
    ]);
  });

  it("is read from the path of version 1 too", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const client = qualysClient(mock);
    const action = await quarantine(client, [COMPLETES]);
    expect((await told(mock, client, action, 3, "/ioc/v1")).at(-1)).toEqual({
      action,
      ended: true,
    });
  });

  it("has not ended because one host of several is done", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const client = qualysClient(mock);
    const action = await quarantine(client, [COMPLETES, AGENT]);
    const ofOneHost = `RTP_${COMPLETES}_1-2026_${action}`;
    expect((await told(mock, client, ofOneHost, 3)).at(-1)).toEqual({ action, ended: false });
    expect(newest(mock).reply?.body.text).toContain('"status":"success"');
  });

  it("is read for an id that was never issued", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await told(mock, qualysClient(mock), UNKNOWN)).toEqual([
      { action: UNKNOWN, ended: false },
    ]);
  });

  it("is not read for actions on events: one call creates several", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await remediate(client, AGENT, FILE_EVENT, "FILE");
    expect(await told(mock, client, id)).toEqual([undefined]);
    expect(newest(mock).reply?.status).toBe(200);
  });

  it("has not ended for a client that could not read that it has", async () => {
    const fault = { kind: "broken-json" } as const;
    await using mock = await startMock({
      clock: CLOCK,
      progress: "polls",
      faults: [{ operation: "getRemediation", nth: 3, fault }],
    });
    const client = qualysClient(mock);
    const action = await quarantine(client, [COMPLETES]);
    expect((await told(mock, client, action, 4)).slice(2)).toEqual([
      { action, ended: false },
      { action, ended: true },
    ]);
  });

  it("is not read from any other call", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await quarantine(qualysClient(mock), [AGENT]);
    expect(progressOf(newest(mock))).toBeUndefined();
  });
});
