import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, INVENTORY, NOW } from "../../../support/cortex.ts";
import { cortexClient, named, OFFLINE } from "../../../support/cortex-client.ts";

const LAST_HEARD = Date.parse("2025-11-14T17:30:00Z");

const SHORT = {
  agent_id: ENDPOINT,
  agent_status: "CONNECTED",
  operational_status: "PROTECTED",
  host_name: "dc-01",
  agent_type: "Server",
  ip: ["10.20.0.10"],
  last_seen: NOW,
  tags: { server_tags: [], endpoint_tags: [] },
  users: ["svc_ad"],
};

const FULL = {
  endpoint_id: ENDPOINT,
  endpoint_name: "dc-01",
  endpoint_type: "AGENT_TYPE_SERVER",
  endpoint_status: "CONNECTED",
  os_type: "AGENT_OS_WINDOWS",
  os_version: "10.0.20348",
  ip: ["10.20.0.10"],
  ipv6: [],
  public_ip: "203.0.113.7",
  users: ["svc_ad"],
  domain: "CORP",
  alias: "",
  first_seen: 1_740_988_800_000,
  last_seen: NOW,
  content_version: "1990-26471",
  installation_package: "Windows package",
  active_directory: null,
  install_date: 1_740_988_800_000,
  endpoint_version: "8.5.0.1250",
  is_isolated: "AGENT_UNISOLATED",
  isolated_date: null,
  group_name: ["Domain controllers"],
  operational_status: "PROTECTED",
  operational_status_description: null,
  operational_status_details: [],
  scan_status: "SCAN_STATUS_NONE",
  content_release_timestamp: 1_762_754_400_000,
  last_content_update_time: 1_762_754_400_000,
  operating_system: "Windows 10.0.20348",
  mac_address: ["02:00:5e:20:01:07"],
  assigned_prevention_policy: "Windows Default",
  assigned_extensions_policy: "",
  token_hash: null,
  tags: { server_tags: [], endpoint_tags: [] },
  content_status: "UP_TO_DATE",
};

const basis = { document: "documented", recorded: "recorded" };

/** A reply's value. */
async function ask(mock: Mock, call: string, body?: string): Promise<never> {
  const sending = body === undefined ? {} : { body };
  const { status, text } = await cortexClient(mock).send(
    `/public_api/v1/endpoints/${call}`,
    sending,
  );
  expect(status).toBe(200);
  return JSON.parse(text).reply as never;
}

describe.each(WIRE_FORMS)("get_endpoints, %s form", (wire) => {
  it.each(["get_endpoints", "get_endpoints/"])("lists the inventory at %s", async (call) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const list: object[] = await ask(mock, call, '{"request_data":{}}');
    expect(list).toHaveLength(INVENTORY);
    expect(list[0]).toEqual(SHORT);
    expect(list[4]).toEqual({
      ...SHORT,
      agent_id: OFFLINE,
      agent_status: "DISCONNECTED",
      operational_status: "UNKNOWN",
      host_name: "ws-chen",
      agent_type: "Workstation",
      ip: ["10.20.1.33"],
      last_seen: LAST_HEARD,
      users: ["chen"],
    });
    const exchange = mock.journal.entries().at(-1);
    expect(exchange?.operation).toBe("getEndpoints");
    expect(exchange?.reply?.basis).toBe(basis[wire]);
  });

  it.each([
    ["no body and no content type", undefined],
    ["an empty object", "{}"],
    [
      "filters and paging, which are ignored",
      JSON.stringify({
        request_data: { filters: named(ENDPOINT), search_from: 5, search_to: 1, x: [null] },
      }),
    ],
  ])("lists all of it with %s", async (_what, body) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    expect(await ask(mock, "get_endpoints", body)).toEqual(
      await ask(mock, "get_endpoints", '{"request_data":{}}'),
    );
    expect(await ask(mock, "get_endpoints", body)).toHaveLength(INVENTORY);
  });
});

describe.each(WIRE_FORMS)("get_endpoint, %s form", (wire) => {
  it.each(["get_endpoint", "get_endpoint/"])("shows an endpoint in full at %s", async (call) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const body = JSON.stringify({ request_data: { filters: named(ENDPOINT) } });
    expect(await ask(mock, call, body)).toEqual({
      total_count: 1,
      result_count: 1,
      endpoints: [FULL],
    });
    const exchange = mock.journal.entries().at(-1);
    expect(exchange?.operation).toBe("getEndpoint");
    expect(exchange?.reply?.basis).toBe(basis[wire]);
  });

  it.each([
    ["no body and no content type", undefined],
    ["an empty object", "{}"],
    ["an empty request_data", '{"request_data":{}}'],
    ["no filters", '{"request_data":{"filters":[]}}'],
  ])("shows all in the order of the inventory with %s", async (_what, body) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const short: { agent_id: string }[] = await ask(mock, "get_endpoints");
    const reply: { endpoints: { endpoint_id: string }[] } = await ask(mock, "get_endpoint", body);
    expect(reply).toMatchObject({ total_count: INVENTORY, result_count: INVENTORY });
    expect(reply.endpoints.map(({ endpoint_id }) => endpoint_id)).toEqual(
      short.map(({ agent_id }) => agent_id),
    );
  });

  it("shows an offline endpoint with the time of its last report, at any time of the clock", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    mock.clock.advance(5000);
    const { endpoint } = cortexClient(mock);
    expect((await endpoint(ENDPOINT))["last_seen"]).toBe(NOW + 5000);
    expect(await endpoint(OFFLINE)).toMatchObject({
      endpoint_status: "DISCONNECTED",
      last_seen: LAST_HEARD,
      operational_status: "UNKNOWN",
    });
  });
});
