import { describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { cortexClient, FILE } from "../support/clients.ts";

const TERMINAL = /^(COMPLETED|FAILED|TIMEOUT|EXPIRED|CANCELLED|ABORTED)/;

/** Asks until every endpoint has come to its end, as a client would; gives up after so many calls. */
async function poll(
  client: ReturnType<typeof cortexClient>,
  id: string,
  most = 50,
): Promise<Record<string, string>> {
  for (let calls = 0; calls < most; calls++) {
    const statuses = await client.statuses(id);
    if (Object.values(statuses).every((status) => TERMINAL.test(status))) return statuses;
  }
  return {};
}

describe.each(["document", "recorded"] as const)("a Cortex story, %s", (wire) => {
  it("lists, picks, quarantines, polls to the end, checks and restores", async () => {
    await using mock = await startMock({ wire, progress: "polls" });
    const client = cortexClient(mock);
    const { reply } = await client.post("endpoints/get_endpoint", {
      filters: [
        { field: "endpoint_status", operator: "in", value: ["connected"] },
        { field: "platform", operator: "in", value: ["windows"] },
        { field: "hostname", operator: "in", value: ["ws-ana"] },
      ],
    });
    expect(reply.result_count).toBe(1);
    const [{ endpoint_id: id }] = reply.endpoints;

    const quarantine = await client.quarantine([id]);
    expect(await client.isQuarantined(id)).toBe(false);
    expect(await poll(client, quarantine)).toEqual({ [id]: "COMPLETED_SUCCESSFULLY" });
    expect(await client.isQuarantined(id)).toBe(true);

    const restored = await client.post("endpoints/restore", {
      file_hash: FILE.file_hash,
      endpoint_id: id,
    });
    const restore = String(restored.reply.action_id);
    expect(await client.isQuarantined(id)).toBe(true);
    expect(await poll(client, restore)).toEqual({ [id]: "COMPLETED_SUCCESSFULLY" });
    expect(await client.isQuarantined(id)).toBe(false);
    expect(mock.journal.entries().every(({ reply }) => reply?.status === 200)).toBe(true);
  });

  it("has mixed results, and restores only what was quarantined", async () => {
    await using mock = await startMock({ wire, progress: "polls" });
    const client = cortexClient(mock);
    const { reply } = await client.post("endpoints/get_endpoints", {});
    const named = (host: string): string =>
      reply.find((one: { host_name: string }) => one.host_name === host).agent_id;
    const [well, offline, without, failing] = ["ws-ana", "ws-chen", "web-02", "fauxdr-fails"].map(
      named,
    ) as [string, string, string, string];

    const action = await client.quarantine([well, offline, without, failing]);
    expect(await poll(client, action)).toEqual({
      [well]: "COMPLETED_SUCCESSFULLY",
      [offline]: "EXPIRED",
      [without]: "FAILED",
      [failing]: "FAILED",
    });
    const quarantined: boolean[] = [];
    for (const id of [well, offline, without, failing]) {
      quarantined.push(await client.isQuarantined(id));
    }
    expect(quarantined).toEqual([true, false, false, false]);

    const restored = await client.post("endpoints/restore", { file_hash: FILE.file_hash });
    expect(Number(restored.reply.endpoints_count)).toBe(1);
    expect(await poll(client, String(restored.reply.action_id))).toEqual({
      [well]: "COMPLETED_SUCCESSFULLY",
    });
    const again = await client.post("endpoints/restore", { file_hash: FILE.file_hash });
    expect(again.status).toBe(500);
  });
});
