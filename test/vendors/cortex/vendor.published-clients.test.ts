import { describe, expect, it } from "vitest";
import { judge } from "../../../src/contract/judge.ts";
import { startMock } from "../../../src/index.ts";
import { sign } from "../../../src/vendors/cortex/sign.ts";
import { cortex } from "../../../src/vendors/cortex/vendor.ts";
import { CLOCK, ENDPOINT, NONCE, NOW, OTHER } from "../../support/cortex.ts";
import { cortexClient, FILE, HASH, LINUX, named, SECOND } from "../../support/cortex-client.ts";

const API = "/public_api/v1";
const KEY = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
const ids = { filters: named(ENDPOINT) };
const quarantine = { ...ids, ...FILE };
const status = { files: [{ endpoint_id: ENDPOINT, ...FILE }] };

const condition = (field: string, operator: string, value: unknown): object => ({
  field,
  operator,
  value,
});

/** The requests of published clients, and what the vendor does with them as far as is known. */
const ACCEPTED: readonly (readonly [client: string, path: string, data: object | undefined])[] = [
  ["google", "endpoints/get_endpoint/", { limit: 100, search_from: 0, search_to: 100 }],
  ["google", "endpoints/get_endpoint/", { filters: [], sort: {} }],
  [
    "google",
    "endpoints/get_endpoint/",
    { filters: [{ field: "ip_list", operator: "in", value: ["10.20.0.10"] }] },
  ],
  ["google", "audits/endpoints/quarantine/", quarantine],
  ["google", "audits/endpoints/scan/", { filters: "all" }],
  ["google", "audits/endpoints/file_retrieval/", { ...ids, files: { windows: ["C:\\x"] } }],
  ["google", "audits/hash_exceptions/whitelist/", { hash_list: [HASH], comment: "c" }],
  ["google", "audits/hash_exceptions/blacklist/", { hash_list: [HASH], comment: "c" }],
  ["google", "endpoints/scan/", ids],
  ["demisto", "endpoints/get_endpoints/", {}],
  ["demisto", "endpoints/get_endpoints/", undefined],
  [
    "demisto",
    "endpoints/get_endpoint/",
    { search_from: 0, search_to: 30, sort: { field: "first_seen", keyword: "asc" } },
  ],
  ["demisto", "endpoints/isolate", { endpoint_id: ENDPOINT }],
  ["demisto", "endpoints/quarantine/", quarantine],
  ["demisto", "quarantine/status/", status],
  ["demisto", "endpoints/file_retrieval/", { ...ids, files: { windows: ["C:\\x"] } }],
  ["demisto", "hash_exceptions/blocklist/", { hash_list: [HASH], detailed_response: true }],
  ["demisto", "hash_exceptions/allowlist/", { hash_list: [HASH], incident_id: "41" }],
  ["demisto, 2020", "hash_exceptions/blacklist/", { hash_list: [HASH], comment: "c" }],
  ["pan-cortex-xdr-nodejs", "audits/quarantine/status/", status],
  ["pan-cortex-xdr-nodejs", "hash_exceptions/whitelist/", { hash_list: [HASH] }],
  ["pan-cortex-xdr-nodejs", "endpoints/isolate/", ids],
  ["rapid7", "hash_exceptions/blocklist/", { hash_list: [HASH], comment: "c" }],
  [
    "the vendor's MCP component",
    "endpoints/get_endpoint",
    { sort: { field: "scan_status", keyword: "ASC" } },
  ],
  [
    "the vendor's MCP component",
    "endpoints/get_endpoint",
    { filters: [{ field: "first_seen", operator: "eq", value: NOW }] },
  ],
  ["google", "incidents/get_incidents/", { filters: [], sort: {} }],
  ["google", "incidents/get_incidents/", { filters: [condition("status", "in", ["new"])] }],
  [
    "google",
    "incidents/get_incidents/",
    { filters: [condition("incident_id_list", "in", ["101", "105"])], search_to: 100 },
  ],
  [
    "google",
    "incidents/update_incident/",
    { incident_id: "105", update_data: { status: "RESOLVED_OTHER", manual_severity: "HIGH" } },
  ],
  [
    "elastic",
    "incidents/get_incidents/",
    {
      filters: [condition("modification_time", "gte", NOW - SECOND)],
      sort: { field: "modification_time", keyword: "asc" },
    },
  ],
  ["rapid7", "incidents/get_incidents/", { search_from: 0, search_to: 5, filters: [] }],
  ["demisto", "incidents/get_incident_extra_data/", { incident_id: "105", alerts_limit: 1000 }],
  [
    "demisto",
    "incidents/update_incident/",
    {
      incident_id: "103",
      update_data: { assigned_user_mail: "none", status: "RESOLVED_THREAT_HANDLED" },
    },
  ],
  ["a component of its users", "incidents/get_incident_extra_data", { incident_id: 105 }],
  [
    "a component of its users",
    "incidents/update_incident",
    { incident_id: "105", update_data: { severity: "low" } },
  ],
  ["wazuh", "incidents/get_incidents", { filters: [condition("severity", "in", ["high"])] }],
  ["rapid7", "alerts/get_alerts_multi_events/", { search_from: 0, search_to: 100 }],
  ["pan-cortex-xdr-nodejs", "endpoints/delete/", ids],
  ["google", "audits/endpoints/delete/", ids],
  ["splunk", "endpoints/get_policy/", { endpoint_id: ENDPOINT }],
  ["demisto", "endpoints/update_agent_name/", { ...ids, alias: "" }],
  [
    "other material of the vendor",
    "endpoints/quarantine",
    {
      ...FILE,
      filters: [{ field: "endpoint_id_list", operator: "IN", value: [ENDPOINT, OTHER, LINUX] }],
    },
  ],
];

const REFUSED: readonly (readonly [
  mistake: string,
  path: string,
  body: unknown,
  status: number,
  words: string,
])[] = [
  [
    "endpoint_id_list in the place of filters",
    "endpoints/quarantine",
    { request_data: { endpoint_id_list: [ENDPOINT], ...FILE } },
    500,
    "filters param is missing",
  ],
  [
    "filters: [] where no endpoint was given",
    "endpoints/quarantine",
    { request_data: { ...FILE, filters: [] } },
    500,
    "filters",
  ],
  [
    "endpoint_id beside filters",
    "endpoints/isolate",
    { request_data: { ...ids, endpoint_id: ENDPOINT } },
    500,
    "exactly one",
  ],
  [
    "a page of 200",
    "endpoints/get_endpoint",
    { request_data: { search_to: 200 } },
    500,
    "Search size",
  ],
  [
    "a body without request_data",
    "endpoints/quarantine",
    quarantine,
    500,
    "request_data param is missing",
  ],
  [
    "a filter with the value 0",
    "incidents/get_incidents",
    { request_data: { filters: [condition("creation_time", "gte", 0)] } },
    500,
    "value param is missing",
  ],
  [
    "an incident that is not there",
    "incidents/get_incident_extra_data",
    { request_data: { incident_id: "9" } },
    404,
    "incident management - get_incident_extra_data",
  ],
  ["a path that the vendor never had", "incidents/get_extra_data", {}, 500, "waitress"],
];

describe("in the recorded form, the requests of published clients", () => {
  it.each(ACCEPTED)("%s: POST %s %j is accepted", async (_, path, data) => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const reply = await fetch(`${mock.url}${API}/${path}`, {
      method: "POST",
      headers: data ? { ...KEY, "content-type": "application/json" } : KEY,
      ...(data && { body: JSON.stringify({ request_data: data }) }),
    });
    expect([reply.status, await reply.text()]).toEqual([200, expect.any(String)]);
  });

  it.each(REFUSED)("with %s are refused", async (_, path, body, wanted, words) => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const before = mock.store.state();
    const { status, text } = await cortexClient(mock).send(`${API}/${path}`, {
      body: JSON.stringify(body),
    });
    expect([status, text]).toEqual([wanted, expect.stringContaining(words)]);
    expect(mock.store.state()).toEqual(before);
  });

  it("with incident_id beside request_data are accepted, and found", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const body = JSON.stringify({ request_data: quarantine, incident_id: "5" });
    const { status } = await cortexClient(mock).send(`${API}/endpoints/quarantine`, { body });
    const rules = judge(mock.journal.entries(), [cortex]).map(({ rule }) => rule);
    expect([status, rules]).toEqual([200, expect.arrayContaining(["request.ignored-member"])]);
  });

  it.each([
    ["x-xdr-auth-hash", { "x-xdr-auth-hash": "fauxdr-standard-key", "x-xdr-auth-id": "1" }],
    ["x-xdr-hmac-sha256", { "x-xdr-hmac-sha256": "0".repeat(64), "x-xdr-auth-id": "2" }],
  ])("with the key in %s get a 401", async (_, sent) => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const reply = await fetch(`${mock.url}${API}/healthcheck`, { headers: sent as never });
    expect(reply.status).toBe(401);
  });

  it("with a digest of the key's id get a 401", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const sent = {
      "x-xdr-auth-id": "2",
      "x-xdr-nonce": NONCE,
      "x-xdr-timestamp": String(NOW),
      authorization: sign("2", NONCE, String(NOW)),
    };
    expect((await fetch(`${mock.url}${API}/healthcheck`, { headers: sent })).status).toBe(401);
  });

  it("with one signature for a whole session, and no content type, are accepted", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const sent = {
      "x-xdr-auth-id": "2",
      "x-xdr-nonce": NONCE,
      "x-xdr-timestamp": String(NOW),
      authorization: sign("fauxdr-advanced-key", NONCE, String(NOW)),
    };
    for (const path of ["endpoints/get_endpoints", "endpoints/get_endpoint/"]) {
      const body = Buffer.from('{"request_data":{}}');
      const reply = await fetch(`${mock.url}${API}/${path}`, {
        method: "POST",
        headers: sent,
        body,
      });
      expect(reply.status).toBe(200);
    }
  });

  it("ask for an action by number and by text, and for a download by GET and by POST", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const { act, post } = cortexClient(mock);
    const id = await act("endpoints/file_retrieval", { ...ids, files: { windows: ["C:\\x"] } });
    mock.clock.advance(2 * SECOND);
    for (const group_action_id of [id, Number(id)]) {
      expect((await post("actions/get_action_status/", { group_action_id })).status).toBe(200);
    }
    const { text } = await post("actions/file_retrieval_details/", { group_action_id: Number(id) });
    const address = JSON.parse(text).reply.data[ENDPOINT];
    for (const method of ["GET", "POST"]) {
      const reply = await fetch(address, { method, headers: KEY });
      // FortiSOAR's connector reads the name like this, and fails without the header.
      const [, name] = (reply.headers.get("content-disposition") ?? "").split(";");
      expect([reply.status, name?.split("=")[1]]).toEqual([200, `${ENDPOINT}_${id}.zip`]);
    }
  });

  it("test a connection outside of the API's prefix", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const reply = await cortexClient(mock).send("/api_keys/validate/", { body: "{}" });
    expect([reply.status, reply.text]).toEqual([200, "true"]);
  });
});
