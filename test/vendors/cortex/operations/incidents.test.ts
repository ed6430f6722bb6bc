import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { alerts } from "../../../../src/vendors/cortex/alerts.ts";
import { CLOCK, NOW } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";

type Row = Readonly<Record<string, unknown>>;

interface Page {
  readonly total_count: number;
  readonly result_count: number;
  readonly incidents: readonly Row[];
}

async function page(mock: Mock, data: unknown = {}): Promise<Page> {
  const { status, text } = await cortexClient(mock).post("incidents/get_incidents", data);
  expect([status, text]).toEqual([200, expect.stringContaining("total_count")]);
  return JSON.parse(text).reply;
}

const idsIn = ({ incidents }: Page): unknown[] => incidents.map(({ incident_id: id }) => id);

const where = (field: string, operator: string, value: unknown): object => ({
  filters: [{ field, operator, value }],
});

const MINUTE = 60_000;
const ALL = ["105", "104", "103", "102", "101"];

describe.each(["document", "recorded"] as const)("get_incidents, %s form", (wire) => {
  it("lists the newest first, without a body too", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const found = await page(mock);
    expect(idsIn(found)).toEqual(ALL);
    expect([found.total_count, found.result_count]).toEqual([5, 5]);
    const { send } = cortexClient(mock);
    const { text } = await send("/public_api/v1/incidents/get_incidents/");
    expect(JSON.parse(text).reply).toEqual(found);
    expect(mock.journal.entries().at(-1)?.error).toBeUndefined();
  });

  it.each<[string, object, readonly string[]]>([
    ["changed since a moment", where("modification_time", "gte", NOW - 30 * MINUTE), ["105"]],
    [
      "created until a moment",
      where("creation_time", "lte", NOW - 10_080 * MINUTE),
      ["102", "101"],
    ],
    ["with one of these ids", where("incident_id_list", "in", ["101", "9"]), ["101"]],
    ["with this id", where("incident_id", "eq", "104"), ["104"]],
    ["whose summary has a text", where("description", "contains", "ws-"), ["103"]],
    ["of a source", where("alert_sources", "in", ["PAN NGFW"]), ["104"]],
    ["with a status", where("status", "eq", "new"), ["105", "104"]],
    ["with another status", where("status", "neq", "new"), ["103", "102", "101"]],
    ["with one of these statuses", where("status", "in", ["under_investigation"]), ["103"]],
    ["with a star", where("starred", "eq", true), ["103"]],
    ["without a star", where("starred", "eq", false), ["105", "104", "102", "101"]],
    ["with a severity", where("severity", "in", ["medium", "low"]), ["104", "103", "102"]],
    ["changed since the epoch in seconds", where("creation_time", "gte", 1_769_860_800), ALL],
  ])("finds those %s", async (_, data, ids) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    expect(idsIn(await page(mock, data))).toEqual(ids);
  });

  it("follows the alerts when it is asked again with the same filter", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const filter = where("alert_sources", "in", ["PAN NGFW"]);
    expect(idsIn(await page(mock, filter))).toEqual(["104"]);
    for (const alert of mock.store.all(alerts)) {
      mock.store.put(alerts, { ...alert, source: "XDR Agent" });
    }
    expect(idsIn(await page(mock, filter))).toEqual([]);
  });

  it("joins filters with AND", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const filters = [
      { field: "status", operator: "eq", value: "new" },
      { field: "severity", operator: "in", value: ["low"] },
    ];
    expect(idsIn(await page(mock, { filters }))).toEqual(["104"]);
  });

  it.each([
    [{ field: "incident_id", keyword: "asc" }, ["101", "102", "103", "104", "105"]],
    [{ field: "modification_time", keyword: "desc" }, ALL],
    [{ field: "creation_time", keyword: "ASC" }, ["101", "102", "103", "104", "105"]],
  ])("sorts by %j", async (sort, ids) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    expect(idsIn(await page(mock, { sort }))).toEqual(ids);
  });

  it("gives every incident once, page by page, and an empty page behind the last", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, scenario: "many-incidents" });
    const seen: unknown[] = [];
    for (let from = 0; ; from += 100) {
      const sort = { field: "creation_time", keyword: "asc" };
      const found = await page(mock, { search_from: from, search_to: from + 100, sort });
      expect(found.total_count).toBe(250);
      if (found.incidents.length === 0) break;
      seen.push(...idsIn(found));
    }
    expect(seen).toHaveLength(250);
    expect(new Set(seen).size).toBe(250);
  });

  it("counts what the alerts have", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const [incident] = (await page(mock, where("incident_id", "eq", "105"))).incidents;
    expect(incident).toMatchObject({
      severity: "high",
      description:
        "2 'WildFire Malware' alerts detected by XDR Agent on 2 hosts  involving 2 users",
      alert_count: 2,
      low_severity_alert_count: 0,
      high_severity_alert_count: 2,
      host_count: 2,
      user_count: 2,
      wildfire_hits: 2,
      hosts: [
        "ws-ana:7d5f4c38e557885ddf695c85fd6e1424",
        "ws-bruno:35d6e417090dbe4cdecea9d8895286c2",
      ],
      users: ["corp\\ana", "corp\\bruno"],
      incident_sources: ["XDR Agent"],
      alert_categories: ["Malware"],
      creation_time: NOW - 30 * MINUTE,
      resolved_timestamp: null,
    });
  });

  it("shows the severity that an analyst has set, and none of a host that is not there", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { incidents } = await page(mock);
    const [, network, office] = incidents;
    expect(office).toMatchObject({ severity: "medium", manual_severity: "medium" });
    expect(office).toMatchObject({ high_severity_alert_count: 2 });
    expect(network).toMatchObject({ hosts: [], host_count: 0, users: [], severity: "low" });
  });
});

it("has what only one of the two forms has", async () => {
  await using recorded = await startMock({ wire: "recorded", clock: CLOCK });
  await using document = await startMock({ wire: "document", clock: CLOCK });
  const [here, there] = [await page(recorded), await page(document)];
  expect(Object.keys(there)).toContain("restricted_incident_ids");
  expect(Object.keys(here)).not.toContain("restricted_incident_ids");
  expect(here.incidents[0]).toMatchObject({ predicted_score: null, aggregated_score: null });
  expect(there.incidents[0]).not.toHaveProperty("predicted_score");
  expect(here.incidents[0]?.["xdr_url"]).toMatch(/incident-view\?caseId=105$/);
  expect(there.incidents[0]?.["xdr_url"]).toMatch(/incident-view\/105$/);
});

it("accepts an empty sort in the recorded form, as a shipped client sends it", async () => {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  expect((await page(mock, { filters: [], sort: {} })).total_count).toBe(5);
});

it("gives another tenant incidents with other ids", async () => {
  await using mock = await startMock({ clock: CLOCK });
  const other = await mock.tenant();
  const { text } = await cortexClient({ url: mock.url, credentials: other.credentials }).post(
    "incidents/get_incidents",
    {},
  );
  expect(JSON.parse(text).reply.incidents[0].incident_id).toBe("10000105");
});

it("has odd incidents: no hosts, a host without an id, a file without a path", async () => {
  await using mock = await startMock({ clock: CLOCK, scenario: "odd-incidents" });
  const { incidents } = await page(mock, { sort: { field: "incident_id", keyword: "asc" } });
  expect(incidents.slice(-3)).toMatchObject([
    { incident_id: "2001", hosts: null },
    { incident_id: "2002", hosts: ["lab-07"] },
    { incident_id: "2003" },
  ]);
  const { post } = cortexClient(mock);
  const { text } = await post("incidents/get_incident_extra_data", { incident_id: "2003" });
  const { alerts, file_artifacts } = JSON.parse(text).reply;
  expect(file_artifacts.data[0].file_sha256).toMatch(/^c0ffee0+$/);
  expect(JSON.stringify(alerts)).not.toContain("c0ffee");
});
