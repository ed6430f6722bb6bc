import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { CLOCK, ENDPOINT, NOW } from "../../support/cortex.ts";
import { cortexClient } from "../../support/cortex-client.ts";

async function extraData(
  mock: Mock,
  id: string,
): Promise<Record<"incident" | "alerts" | "file_artifacts", Record<string, unknown>>> {
  const { text } = await cortexClient(mock).post("incidents/get_incident_extra_data", {
    incident_id: id,
  });
  return JSON.parse(text).reply;
}

describe("an incident that a test adds", () => {
  it("is filled in, and has the next number", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const added = await mock.inventory.put("cortex", "incidents", {});
    expect(added).toMatchObject({
      incident_id: "106",
      status: "new",
      severity: "low",
      creation_time: NOW,
      modification_time: NOW,
      hosts: [],
      alert_count: 0,
    });
    expect((await extraData(mock, "106")).incident).toEqual(added);
  });

  it("gets its counts, hosts and files from alerts that are added to it", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await mock.inventory.put("cortex", "incidents", { incident_id: "41" });
    const hash = "a".repeat(64);
    const alert = await mock.inventory.put("cortex", "alerts", {
      case_id: 41,
      endpoint_id: ENDPOINT,
      severity: "critical",
      action_file_path: "C:\\lab\\x.exe",
      action_file_name: "x.exe",
      action_file_sha256: hash,
      user_name: "LAB\\Ada",
    });
    expect(alert).toMatchObject({ alert_id: "1008", host_name: "dc-01", source: "XDR Agent" });
    const { incident, alerts, file_artifacts } = await extraData(mock, "41");
    expect(incident).toMatchObject({
      severity: "critical",
      alert_count: 1,
      critical_severity_alert_count: 1,
      hosts: [`dc-01:${ENDPOINT}`],
      users: ["lab\\ada"],
    });
    expect(alerts).toEqual({ total_count: 1, data: [alert] });
    expect(file_artifacts).toMatchObject({ data: [{ file_sha256: hash, is_malicious: true }] });
  });

  it("keeps what the test gives, artifacts too", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const file = { type: "HASH", file_name: "x", file_sha256: "b".repeat(64) };
    const given = {
      incident_id: "41",
      status: "resolved_other_reason",
      severity: "high",
      hosts: null,
      alert_count: 17,
      predicted_score: 82,
      resolved_timestamp: 1688391281417,
      modification_time: 1688391281417,
      file_artifacts: [file],
    };
    const added = await mock.inventory.put("cortex", "incidents", given);
    expect(added).toMatchObject({ ...given, creation_time: given.modification_time });
    expect((await extraData(mock, "41")).file_artifacts).toEqual({ total_count: 1, data: [file] });
    expect(mock.inventory.remove("cortex", "incidents", "41")).toBe(true);
    expect(mock.inventory.remove("cortex", "incidents", "41")).toBe(false);
  });

  it.each(["document", "recorded"] as const)("may be any row of the vendor (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire, scenario: "odd-incidents" });
    for (const kind of ["incidents", "alerts"]) {
      for (const row of mock.inventory.list("cortex", kind)) {
        expect(await mock.inventory.put("cortex", kind, row)).toEqual(row);
      }
    }
  });

  it("changes with an alert that moves to another incident, or goes", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const row = { alert_id: "1006", case_id: 104, endpoint_id: ENDPOINT };
    await mock.inventory.put("cortex", "alerts", row);
    await mock.inventory.put("cortex", "alerts", row);
    expect((await extraData(mock, "104")).incident).toMatchObject({ alert_count: 2 });
    expect((await extraData(mock, "105")).incident).toMatchObject({ alert_count: 1 });
    mock.inventory.remove("cortex", "alerts", "1006");
    expect((await extraData(mock, "104")).incident).toMatchObject({ alert_count: 1 });
  });

  it("is in snapshots, and gone after a reset", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const first = mock.snapshot().store;
    await mock.inventory.put("cortex", "incidents", { incident_id: "41" });
    await mock.inventory.put("cortex", "alerts", { case_id: 41 });
    const saved = mock.snapshot();
    mock.reset();
    expect(mock.snapshot().store).toEqual(first);
    mock.restore(saved);
    expect((await extraData(mock, "41")).incident).toMatchObject({ alert_count: 1 });
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ["a number in words", "incidents", { incident_id: "one" }, "incident_id of the row must be"],
    ["a time in words", "incidents", { creation_time: "today" }, "creation_time of the row must"],
    ["a status of another product", "incidents", { status: "STATUS_NEW" }, "has no such incidents"],
    ["a severity of alerts", "incidents", { severity: "informational" }, "has no such incidents"],
    ["a member that it has not", "incidents", { colour: "red" }, "has no such incidents"],
    ["artifacts that are none", "incidents", { file_artifacts: "x" }, "file_artifacts of the row"],
    ["an artifact without hash", "incidents", { file_artifacts: [{ type: "HASH" }] }, "no such"],
    ["an unknown case", "alerts", { case_id: 9 }, "There is no incident 9"],
    ["an unknown severity", "alerts", { severity: "bad" }, "severity of the row must be one of"],
    ["a member that it has not", "alerts", { colour: "red" }, "has no such alerts"],
    ["lists as in version 2", "alerts", { event_type: ["x"] }, "has no such alerts"],
    ["a number in words", "alerts", { alert_id: "x" }, "alert_id of the row must be a number"],
  ])("is refused with %s (%s), and changes nothing", async (_, kind, row, words) => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.store.state();
    await expect(mock.inventory.put("cortex", kind, row)).rejects.toThrow(words);
    expect(mock.store.state()).toEqual(before);
  });
});

describe("a response action that names an incident", () => {
  it("counts as a change of the incident, and is kept with the action", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { post } = cortexClient(mock);
    mock.clock.advance(1000);
    const filters = [{ field: "endpoint_id_list", operator: "in", value: [ENDPOINT] }];
    const file = { file_path: "C:\\x", file_hash: "c".repeat(64) };
    await post("endpoints/quarantine", { filters, ...file, incident_id: 105 });
    expect((await extraData(mock, "105")).incident).toMatchObject({
      modification_time: NOW + 1000,
      status: "new",
      resolved_timestamp: null,
    });
    expect(mock.snapshot().store.tables["cortex.actions"]?.[0]?.[1]).toMatchObject({
      incident: "105",
    });
  });

  it.each([
    ["endpoints/isolate", { endpoint_id: ENDPOINT }],
    ["endpoints/scan", { filters: "all" }],
    ["hash_exceptions/blocklist", { hash_list: ["d".repeat(64)] }],
  ])("%s does so too", async (path, data) => {
    await using mock = await startMock({ clock: CLOCK });
    mock.clock.advance(1000);
    const { status } = await cortexClient(mock).post(path, { ...data, incident_id: "104" });
    expect(status).toBe(200);
    expect((await extraData(mock, "104")).incident["modification_time"]).toBe(NOW + 1000);
  });
});
