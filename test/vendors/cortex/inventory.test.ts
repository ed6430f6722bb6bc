import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { CLOCK, ENDPOINT } from "../../support/cortex.ts";
import { cortexClient, FILE, named } from "../../support/cortex-client.ts";

const ID = "facefeed000000000000000000000001";

async function found(mock: Mock, id = ID): Promise<readonly Record<string, unknown>[]> {
  const { text } = await cortexClient(mock).post("endpoints/get_endpoint", { filters: named(id) });
  return JSON.parse(text).reply.endpoints;
}

describe("an endpoint that a test adds", () => {
  it("is filled in, found by a client, and can be acted on", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const given = {
      endpoint_id: ID,
      endpoint_name: "lab-07",
      os_type: "AGENT_OS_LINUX",
      endpoint_type: "AGENT_TYPE_SERVER",
      alias: "the lab",
      group_name: ["Lab"],
      tags: { server_tags: ["x"], endpoint_tags: [] },
    };
    const added = await mock.inventory.put("cortex", "endpoints", given);
    expect(added).toMatchObject({ ...given, endpoint_status: "CONNECTED", users: [] });
    expect(await found(mock)).toEqual([added]);
    const { act, statuses } = cortexClient(mock);
    const action = await act("endpoints/quarantine", { filters: named(ID), ...FILE });
    expect(await statuses(action)).toEqual({ [ID]: "PENDING" });
  });

  it("replaces the one with its id, and can be removed", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await mock.inventory.put("cortex", "endpoints", { endpoint_id: ID, alias: "one" });
    await mock.inventory.put("cortex", "endpoints", { endpoint_id: ID, alias: "two" });
    expect(await found(mock)).toMatchObject([{ alias: "two" }]);
    expect(mock.inventory.remove("cortex", "endpoints", ID)).toBe(true);
    expect(await found(mock)).toEqual([]);
    expect(mock.inventory.remove("cortex", "endpoints", ID)).toBe(false);
  });

  it.each(["document", "recorded"] as const)("may be any row of the vendor (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire });
    for (const row of mock.inventory.list("cortex", "endpoints")) {
      expect(await mock.inventory.put("cortex", "endpoints", row)).toMatchObject(row);
    }
  });

  it("keeps users and groups that are no lists, as some tenants have them", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const given = { endpoint_id: ID, users: "", group_name: null };
    await mock.inventory.put("cortex", "endpoints", given);
    expect(await found(mock)).toMatchObject([given]);
  });

  it("follows a scenario in what it derives from its machine", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await mock.inventory.put("cortex", "endpoints", {
      endpoint_id: ID,
      endpoint_status: "DISCONNECTED",
    });
    expect(await found(mock)).toMatchObject([
      { endpoint_status: "DISCONNECTED", operational_status: "UNKNOWN" },
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["without an id", { alias: "x" }, "must have an endpoint_id"],
    ["with an empty id", { endpoint_id: "" }, "must have an endpoint_id"],
    ["with an unknown status", { endpoint_status: "ASLEEP" }, "endpoint_status of the row must"],
    ["with a system that nobody has", { os_type: "AGENT_OS_BEOS" }, "os_type of the row must"],
    ["with an unknown type", { endpoint_type: "AGENT_TYPE_TV" }, "endpoint_type of the row must"],
    ["that is isolated", { is_isolated: "AGENT_ISOLATED" }, "is_isolated follows from the actions"],
    ["that is scanned", { scan_status: "SCAN_STATUS_SUCCESS" }, "scan_status follows from"],
    ["with a member that the row has not", { colour: "red" }, "has no such endpoints"],
    ["with a tag that is no text", { tags: { server_tags: [5] } }, "has no such endpoints"],
  ])("is refused %s, and changes nothing", async (_, row, words) => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.store.state();
    const given = { endpoint_id: ENDPOINT, ...row };
    if (!("endpoint_id" in row) && words.includes("endpoint_id")) {
      Reflect.deleteProperty(given, "endpoint_id");
    }
    await expect(mock.inventory.put("cortex", "endpoints", given)).rejects.toThrow(words);
    expect(mock.store.state()).toEqual(before);
  });
});
