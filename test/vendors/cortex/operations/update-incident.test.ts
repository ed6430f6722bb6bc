import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, NOW } from "../../../support/cortex.ts";
import { cortexClient, SECOND } from "../../../support/cortex-client.ts";

type Row = Readonly<Record<string, unknown>>;

async function incident(mock: Mock, id: string): Promise<Row> {
  const { text } = await cortexClient(mock).post("incidents/get_incident_extra_data", {
    incident_id: id,
  });
  return JSON.parse(text).reply.incident;
}

async function update(mock: Mock, id: string | number, update_data: object): Promise<unknown> {
  const { status, text } = await cortexClient(mock).post("incidents/update_incident", {
    incident_id: id,
    update_data,
  });
  expect(status).toBe(200);
  return JSON.parse(text);
}

describe.each(["document", "recorded"] as const)("update_incident, %s form", (wire) => {
  it("changes what it names, keeps the rest, and moves modification_time", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const before = await incident(mock, "105");
    mock.clock.advance(SECOND);
    const done = await update(mock, "105", { status: "under_investigation", notes: "mine" });
    expect(done).toEqual(wire === "document" ? true : { reply: true });
    expect(await incident(mock, "105")).toEqual({
      ...before,
      status: "under_investigation",
      notes: "mine",
      modification_time: NOW + SECOND,
    });
  });

  it("sets resolved_timestamp to the moment of resolving, and keeps it", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const comment = { resolve_comment: "file quarantined" };
    await update(mock, 105, { status: "RESOLVED_TRUE_POSITIVE", ...comment });
    expect(await incident(mock, "105")).toMatchObject({
      status: "resolved_true_positive",
      resolved_timestamp: NOW,
      modification_time: NOW,
      ...comment,
    });
    mock.clock.advance(SECOND);
    await update(mock, "105", { status: "resolved_other" });
    expect(await incident(mock, "105")).toMatchObject({
      resolved_timestamp: NOW,
      modification_time: NOW + SECOND,
    });
    await update(mock, "105", { status: "new" });
    expect(await incident(mock, "105")).toMatchObject({ status: "new", resolved_timestamp: null });
  });

  it.each([
    ["critical", "critical", "critical"],
    ["LOW", "low", "low"],
    ["none", null, "high"],
    ["", null, "high"],
  ])("sets the severity %j", async (given, manual_severity, severity) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await update(mock, "103", { manual_severity: given });
    expect(await incident(mock, "103")).toMatchObject({ manual_severity, severity });
  });

  it.each([
    [{ assigned_user_mail: "sam@fauxdr.example" }, "sam@fauxdr.example", "Sam Responder"],
    [
      { assigned_user_mail: "sam@fauxdr.example", assigned_user_pretty_name: "S." },
      "sam@fauxdr.example",
      "S.",
    ],
    [{ assigned_user_pretty_name: "Nobody" }, "ada@fauxdr.example", "Ada Analyst"],
    [{ assigned_user_mail: "none" }, null, null],
    [{ assigned_user_mail: "" }, null, null],
  ])("assigns with %j", async (data, mail, name) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await update(mock, "103", data);
    expect(await incident(mock, "103")).toMatchObject({
      assigned_user_mail: mail,
      assigned_user_pretty_name: name,
    });
  });

  it("changes nothing without a change, nor with a comment on a resolution that is none", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const before = mock.store.state();
    await update(mock, "105", {});
    await update(mock, "105", { resolve_comment: "too early" });
    expect(mock.store.state()).toEqual(before);
  });

  it("adds comments, which the recorded form shows", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await update(mock, "105", { comment: { comment_action: "add", value: "first" } });
    await update(mock, "105", { comment: { comment_action: "add", value: "second" } });
    const { comments } = await incident(mock, "105");
    if (wire === "document") expect(comments).toBeUndefined();
    else {
      expect(comments).toMatchObject([
        { comment_id: "1", created_by: "1", created_time: NOW, value: "first" },
        { comment_id: "2", value: "second" },
      ]);
    }
  });

  it("takes the assignee of an incident that a test has put in as a user", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const own = { assigned_user_mail: "eve@corp.example", assigned_user_pretty_name: "Eve" };
    await mock.inventory.put("cortex", "incidents", own);
    await update(mock, "105", { assigned_user_mail: "eve@corp.example" });
    expect(await incident(mock, "105")).toMatchObject(own);
  });
});
