import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT, CLOCK } from "../../../support/qualys.ts";
import { eventAction, qualysClient, WHO } from "../../../support/qualys-client.ts";
import { PROCESS_EVENT } from "../../../support/qualys-inventory.ts";

const PATH = "/ioc/remediation-actions/performAction";
const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** The sample of the vendor's page has all fields. */
const whole = eventAction({ pid: 0, uniqueId: "2c3afaac-66be-3c1f-adc1-54d41e90336a" });

describe("performAction queues a remediation per entry", () => {
  it.each([PATH, `${PATH}/`, "/ioc/v1/remediation-actions/performAction"])(
    "under %s",
    async (path) => {
      await using mock = await startMock({ clock: CLOCK });
      const answer = await qualysClient(mock).post(path, [whole], { ...WHO, comment: "seen" });
      expect(answer.status).toBe(200);
      const { remediationIds } = JSON.parse(answer.text);
      expect(answer.text).toBe(JSON.stringify({ remediationIds }));
      expect(remediationIds).toEqual([expect.stringMatching(`^RTF_${UUID}_1-2026_${UUID}$`)]);
      expect(mock.actions.list()).toMatchObject([
        {
          vendor: "qualys",
          id: remediationIds[0].split("_")[3],
          kind: "event action",
          at: "2026-01-31T12:00:00.000Z",
          targets: [{ id: AGENT, state: "pending" }],
        },
      ]);
    },
  );

  it("in the same way in both wire forms, and byte for byte for the same seed", async () => {
    const ask = async (wire: "document" | "recorded"): Promise<string> => {
      await using mock = await startMock({ clock: CLOCK, wire });
      return (await qualysClient(mock).post(PATH, [eventAction(), eventAction()], WHO)).text;
    };
    expect(await ask("document")).toBe(await ask("recorded"));
  });

  it("and names them in the order of the entries: RTF for files, RTP for processes", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const process = { eventId: PROCESS_EVENT, eventType: "process" };
    const entries = [
      eventAction(process),
      eventAction(),
      eventAction({ ...process, eventType: "PROCESS", pid: 4000 }),
    ];
    const { text } = await qualysClient(mock).post(PATH, entries, WHO);
    const ids: string[] = JSON.parse(text).remediationIds;
    expect(ids.map((id) => id.slice(0, 4))).toEqual(["RTP_", "RTF_", "RTP_"]);
    expect(new Set(ids).size).toBe(3);
  });

  it("with a month that has no leading zero, and two digits where it needs them", async () => {
    await using mock = await startMock({ clock: "2025-09-30T23:59:59.999Z" });
    const ask = async (): Promise<string> =>
      JSON.parse((await qualysClient(mock).post(PATH, [eventAction()], WHO)).text)
        .remediationIds[0];
    expect(await ask()).toContain("_9-2025_");
    mock.clock.advance(1);
    expect(await ask()).toContain("_10-2025_");
  });

  it("for any number of the action, and for every kind of event with a file", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const entries = [{ actionId: -7 }, { actionId: 2 ** 31 }, { eventType: "NETWORK" }].map(
      eventAction,
    );
    const { text } = await qualysClient(mock).post(PATH, entries, WHO);
    for (const id of JSON.parse(text).remediationIds) expect(id).toMatch(/^RTF_/);
  });

  it("for 200 entries at once", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const entries = Array.from({ length: 200 }, () => eventAction());
    const { text } = await qualysClient(mock).post(PATH, entries, WHO);
    expect(new Set(JSON.parse(text).remediationIds).size).toBe(200);
    expect(mock.actions.list()).toHaveLength(200);
  });
});
