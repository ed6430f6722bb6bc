import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/mock.ts";
import { CLOCK, ENDPOINT, NOW, OTHER, UNKNOWN } from "../../support/cortex.ts";
import { cortexClient, DAY, LINUX, OFFLINE, SECOND } from "../../support/cortex-client.ts";

/** A filter of get_endpoint, in short. */
type Short = readonly [field: string, operator: string, value: unknown];

/** The names of the endpoints that match, but for the reserved ones. */
async function matching(mock: Mock, ...filters: readonly Short[]): Promise<string[]> {
  const { status, text } = await cortexClient(mock).post("endpoints/get_endpoint", {
    filters: filters.map(([field, operator, value]) => ({ field, operator, value })),
  });
  expect([status, text]).toEqual([200, expect.any(String)]);
  const { endpoints } = JSON.parse(text).reply as { endpoints: { endpoint_name: string }[] };
  return endpoints.map((one) => one.endpoint_name).filter((name) => !name.startsWith("fauxdr-"));
}

const SERVERS = ["dc-01", "file-01", "web-01", "web-02", "db-01"];
const LINUXES = ["web-01", "web-02", "db-01"];
const MACS = ["mac-eli", "mac-fay"];
const VARIED = ["ws-ivy", "ws-old", "cloud-01"];
const WINDOWSES = [
  "dc-01",
  "file-01",
  "ws-ana",
  "ws-bruno",
  "ws-chen",
  "ws-dara",
  "ws-müller",
  ...VARIED,
];
const ON = [
  "dc-01",
  "file-01",
  "ws-ana",
  "ws-bruno",
  "web-01",
  "web-02",
  "mac-eli",
  "ws-müller",
  "ws-ivy",
  "cloud-01",
];
const OFF = ["ws-chen", "db-01", "mac-fay"];
const NAMES = [...WINDOWSES.slice(0, 6), ...LINUXES, ...MACS, "ws-müller", ...VARIED];
const LAST_HEARD = Date.parse("2025-11-14T17:30:00Z");
const INSTALLED = Date.parse("2025-03-03T08:00:00Z");

describe("a filter", () => {
  it.each<readonly [...Short, readonly string[]]>([
    ["endpoint_id_list", "in", [ENDPOINT, LINUX, UNKNOWN], ["dc-01", "web-01"]],
    ["endpoint_id_list", "in", [ENDPOINT, ENDPOINT], ["dc-01"]],
    ["endpoint_id_list", "in", ENDPOINT, ["dc-01"]],
    ["endpoint_id_list", "eq", ENDPOINT, ["dc-01"]],
    ["endpoint_id_list", "IN", [ENDPOINT], ["dc-01"]],
    ["endpoint_id_list", "in", [UNKNOWN], []],
    ["endpoint_id_list", "in", [], []],
    ["endpoint_status", "in", ["connected"], ON],
    ["endpoint_status", "in", "disconnected", OFF],
    ["endpoint_status", "in", ["lost"], ["ws-dara"]],
    ["endpoint_status", "in", ["uninstalled"], ["ws-old"]],
    ["endpoint_status", "in", ["CONNECTED"], ON],
    ["platform", "in", ["windows"], WINDOWSES],
    ["platform", "in", ["linux"], LINUXES],
    ["platform", "in", ["macos"], MACS],
    ["platform", "in", ["linux", "macos"], [...LINUXES, ...MACS]],
    ["platform", "in", ["android"], []],
    ["isolate", "in", ["unisolated"], NAMES],
    ["isolate", "in", ["isolated"], []],
    ["scan_status", "in", ["none"], NAMES],
    ["scan_status", "in", ["success", "pending"], []],
    ["hostname", "in", ["ws-müller", "web-01"], ["web-01", "ws-müller"]],
    ["hostname", "eq", "ws-ana", ["ws-ana"]],
    ["hostname", "in", ["ws-"], []],
    ["username", "in", ["root"], ["web-01", "web-02"]],
    ["group_name", "in", ["Servers", "DMZ"], ["file-01", ...LINUXES]],
    ["group_name", "in", ["Finance"], ["ws-ana"]],
    ["ip_list", "in", ["10.20.3.41", "10.20.2.11"], ["web-01", "mac-eli"]],
    ["public_ip_list", "in", ["203.0.113.7"], NAMES],
    ["dist_name", "in", ["macOS package"], MACS],
    ["alias", "in", [""], NAMES.filter((name) => name !== "ws-ivy")],
    ["alias", "in", ["front desk"], ["ws-ivy"]],
    ["alias", "in", ["none"], []],
    ["last_seen", "gte", NOW, ON],
    ["last_seen", "lte", NOW - 1, [...OFF.slice(0, 1), "ws-dara", ...OFF.slice(1), "ws-old"]],
    ["last_seen", "gte", NOW + 1, []],
    ["last_seen", "lte", LAST_HEARD - 1, []],
    ["first_seen", "gte", INSTALLED, NAMES],
    ["first_seen", "lte", INSTALLED, NAMES],
    ["first_seen", "gte", INSTALLED + 1, []],
    ["first_seen", "gte", 0, NAMES],
    ["first_seen", "eq", INSTALLED, NAMES],
    ["first_seen", "eq", INSTALLED + 1, []],
    ["last_seen", "in", NOW, ON],
    ["last_seen", "IN", [1, NOW], ON],
    ["last_seen", "in", [1, 2], []],
  ])("by %s, %s %j", async (field, operator, value, names) => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await matching(mock, [field, operator, value])).toEqual(names);
  });

  it.each([
    ["last_seen", "gte", 0],
    ["hostname", "in", []],
    ["hostname", "in", ""],
  ])("by %s, %s %j has no value, as recordings have it", async (field, operator, value) => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const { post } = cortexClient(mock);
    const filters = [{ field, operator, value }];
    const { status, text } = await post("endpoints/get_endpoint", { filters });
    expect([status, JSON.parse(text).reply.err_extra]).toEqual([500, "value param is missing"]);
  });

  it("is one of several that an endpoint must all match", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const linux: Short = ["platform", "in", ["linux"]];
    const on: Short = ["endpoint_status", "in", ["connected"]];
    expect(await matching(mock, linux, on)).toEqual(["web-01", "web-02"]);
    expect(await matching(mock, linux, on, ["ip_list", "in", ["10.20.2.12"]])).toEqual(["web-02"]);
    expect(await matching(mock, linux, ["platform", "in", ["windows"]])).toEqual([]);
    const groups: Short = ["group_name", "in", ["Servers"]];
    expect(await matching(mock, groups, groups)).toEqual(SERVERS.slice(1));
  });

  it("asked again finds what has changed since, by alias as by scan", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { post } = cortexClient(mock);
    const filters = [{ field: "endpoint_id_list", operator: "in", value: [ENDPOINT] }];
    const named = ["alias", "in", ["the controller"]] as const;
    const scanned = ["scan_status", "in", ["pending", "in_progress", "success"]] as const;
    expect([await matching(mock, named), await matching(mock, scanned)]).toEqual([[], []]);
    await post("endpoints/scan", { filters });
    expect(await matching(mock, scanned)).toEqual(["dc-01"]);
    await post("endpoints/update_agent_name", { filters, alias: "the controller" });
    expect(await matching(mock, named)).toEqual(["dc-01"]);
  });

  it("by isolation follows the actions", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { post } = cortexClient(mock);
    await post("endpoints/isolate", { endpoint_id: ENDPOINT });
    await post("endpoints/isolate", { endpoint_id: OFFLINE });
    expect(await matching(mock, ["isolate", "in", "isolated"])).toEqual([]);
    mock.clock.advance(2 * SECOND);
    expect(await matching(mock, ["isolate", "in", "isolated"])).toEqual(["dc-01"]);
    // An endpoint that waits for its isolation is neither.
    const free = NAMES.filter((name) => name !== "dc-01" && name !== "ws-chen");
    expect(await matching(mock, ["isolate", "in", "unisolated"])).toEqual(free);
    mock.clock.advance(DAY);
    expect(await matching(mock, ["isolate", "in", "unisolated"])).toContain("ws-chen");
  });

  it("by scan follows the actions", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { post } = cortexClient(mock);
    const filters = [{ field: "endpoint_id_list", operator: "in", value: [ENDPOINT, OTHER] }];
    await post("endpoints/scan", { filters });
    for (const word of ["pending", "in_progress", "success"]) {
      expect(await matching(mock, ["scan_status", "in", [word]])).toEqual(["dc-01", "file-01"]);
      mock.clock.advance(SECOND);
    }
  });
});
