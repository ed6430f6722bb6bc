import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, NOW } from "../../../support/cortex.ts";
import { cortexClient, DAY, named, SECOND } from "../../../support/cortex-client.ts";

type Row = Readonly<Record<string, unknown>>;

interface Part {
  readonly total_count: number;
  readonly data: readonly Row[];
}

interface ExtraData {
  readonly incident: Row;
  readonly alerts: Part;
  readonly file_artifacts: Part;
  readonly network_artifacts: Part;
}

const CALL = "incidents/get_incident_extra_data";

async function extraData(mock: Mock, data: object): Promise<ExtraData> {
  const { status, text } = await cortexClient(mock).post(CALL, data);
  expect([status, text]).toEqual([200, expect.stringContaining("file_artifacts")]);
  return JSON.parse(text).reply;
}

describe.each(["document", "recorded"] as const)("get_incident_extra_data, %s form", (wire) => {
  it.each(["105", 105])("returns the incident %j as get_incidents does", async (incident_id) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { incident } = await extraData(mock, { incident_id });
    const { text } = await cortexClient(mock).post("incidents/get_incidents", {});
    expect(JSON.parse(text).reply.incidents[0]).toEqual(incident);
  });

  it("leads from the artifact over the alert to an endpoint that has the file", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { incident, alerts, file_artifacts } = await extraData(mock, { incident_id: "105" });
    const [file] = file_artifacts.data;
    expect(file).toMatchObject({ is_malicious: true, file_wildfire_verdict: "MALWARE" });
    expect(file).toMatchObject({ alert_count: 2, file_name: "invoice.exe", type: "HASH" });
    const hash = String(file?.["file_sha256"]);
    const [alert] = alerts.data;
    expect(alert).toMatchObject({
      case_id: 105,
      actor_process_image_sha256: hash,
      detection_timestamp: NOW - 30 * 60 * SECOND - 90 * SECOND,
      host_ip: "10.20.1.31",
      agent_os_type: "Windows",
      tags: "DS:PANW/XDR Agent,EG:Workstations,EG:Finance",
    });
    const id = String(alert?.["endpoint_id"]);
    expect(incident["hosts"]).toContain(`ws-ana:${id}`);
    const { act, statuses } = cortexClient(mock);
    const file_path = alert?.["actor_process_image_path"];
    const request = { filters: named(id), file_path, file_hash: hash };
    const action = await act("endpoints/quarantine", request);
    mock.clock.advance(2 * SECOND);
    expect(await statuses(action)).toEqual({ [id]: "COMPLETED_SUCCESSFULLY" });
  });

  it("has the hosts outside as network artifacts, and alerts without a host", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { alerts, network_artifacts, file_artifacts } = await extraData(mock, {
      incident_id: "104",
    });
    expect(network_artifacts).toEqual({
      total_count: 1,
      data: [
        {
          type: "DOMAIN",
          alert_count: 1,
          is_manual: false,
          network_domain: "bad.example.org",
          network_remote_ip: "203.0.113.99",
          network_remote_port: wire === "document" ? "53" : 53,
          network_country: "UNKNOWN",
        },
      ],
    });
    expect(file_artifacts).toEqual({ total_count: 0, data: [] });
    expect(alerts.data[0]).toMatchObject({
      endpoint_id: null,
      host_name: null,
      agent_os_type: "NO_HOST",
      matching_status: "UNMATCHABLE",
    });
  });

  it("counts all alerts and returns as many as alerts_limit says", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { alerts } = await extraData(mock, { incident_id: "105", alerts_limit: 1 });
    expect([alerts.total_count, alerts.data.length]).toEqual([2, 1]);
  });

  it("knows a signed file from the malicious one", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { file_artifacts } = await extraData(mock, { incident_id: "103" });
    const verdicts = file_artifacts.data.map((row) => [
      row["file_name"],
      row["file_wildfire_verdict"],
    ]);
    expect(Object.fromEntries(verdicts)).toEqual({
      "powershell.exe": "BENIGN",
      "winword.exe": "BENIGN",
      "übersicht.exe": "MALWARE",
    });
  });

  it("refuses the eleventh call in a minute, where the rate limit is on", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, rateLimit: "429" });
    const { post } = cortexClient(mock);
    const ask = async (): Promise<number> => {
      mock.clock.advance(SECOND);
      return (await post(CALL, { incident_id: "105" })).status;
    };
    const statuses: number[] = [];
    for (let call = 0; call < 11; call++) statuses.push(await ask());
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await post("incidents/get_incidents", {})).status).toBe(200);
    mock.clock.advance(60 * SECOND);
    expect(await ask()).toBe(200);
  });
});

it("says how many calls a minute are allowed", async () => {
  await using mock = await startMock({ clock: CLOCK, rateLimit: "429" });
  const { post } = cortexClient(mock);
  for (let call = 0; call < 10; call++) await post(CALL, { incident_id: "105" });
  mock.clock.advance(SECOND);
  const { status, text } = await post(CALL, { incident_id: "105" });
  expect([status, JSON.parse(text).err_extra]).toEqual([
    429,
    "The limit is 10 requests in 60 seconds.",
  ]);
});

it("keeps the alerts of a deleted endpoint, with its id", async () => {
  await using mock = await startMock({ clock: CLOCK });
  const before = await extraData(mock, { incident_id: "105" });
  const id = String(before.alerts.data[0]?.["endpoint_id"]);
  await cortexClient(mock).post("endpoints/delete", { filters: named(id) });
  mock.clock.advance(DAY);
  const { alerts } = await extraData(mock, { incident_id: "105" });
  expect(alerts.data[0]).toMatchObject({ endpoint_id: id, name: "WildFire Malware" });
});
