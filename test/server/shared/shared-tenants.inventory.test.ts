import { expect, it } from "vitest";
import { sharedHub } from "../../support/place.ts";
import { type Replica, startReplica } from "../../support/replicas.ts";

const pair = async (): Promise<[Replica, Replica]> => {
  const hub = sharedHub();
  return [await startReplica(hub), await startReplica(hub)];
};

const idsOf = async ({ control }: Replica, vendor: string, kind: string, id: string) =>
  (await control.listInventory("default", vendor, kind)).rows.map((row) => row[id]);

it("an incident and an alert that were staged through one server are what calls to the other find", async () => {
  const [one, other] = await pair();
  const stage = (kind: string, row: Readonly<Record<string, unknown>>) =>
    one.control.addToInventory("default", "cortex", kind, row as never);
  await stage("endpoints", { endpoint_id: "lab7", endpoint_name: "lab-07" });
  const { incident_id } = await stage("incidents", { status: "new" });
  await stage("alerts", {
    case_id: Number(incident_id),
    endpoint_id: "lab7",
    action_file_name: "dropper.exe",
    action_file_sha256: "c0ffee".padEnd(64, "0"),
  });
  const { reply } = await other.cortex.post("incidents/get_incident_extra_data", { incident_id });
  expect(reply.incident).toMatchObject({ incident_id, alert_count: 1, host_count: 1 });
  expect(reply.alerts.data).toMatchObject([{ endpoint_id: "lab7", host_name: "lab-07" }]);
  const update_data = { status: "resolved_true_positive", resolve_comment: "cleaned" };
  await other.cortex.post("incidents/update_incident", { incident_id, update_data });
  const { reply: seen } = await one.cortex.post("incidents/get_incidents", {
    filters: [{ field: "incident_id_list", operator: "in", value: [String(incident_id)] }],
  });
  expect(seen.incidents).toMatchObject([{ incident_id, status: "resolved_true_positive" }]);
});

it("an event that was staged through one server is what calls to the other find, until it is removed there", async () => {
  const [one, other] = await pair();
  await one.control.addToInventory("default", "qualys", "assets", {
    agentId: "a-1",
    hostName: "till-7",
    platform: "Windows",
  } as never);
  const { id } = await one.control.addToInventory("default", "qualys", "events", {
    type: "FILE",
    score: "9",
    asset: { agentId: "a-1" },
  } as never);
  const headers = { authorization: "Bearer fauxdr-token" };
  const reply = await fetch(`${other.mock.url}/ioc/v1/events?pageSize=100`, { headers });
  const events = (await reply.json()) as { readonly id: string }[];
  expect(events.find((event) => event.id === id)).toMatchObject({ asset: { hostName: "till-7" } });
  expect(await idsOf(other, "qualys", "incidents", "id")).toContain("INC_a-1");
  await other.control.removeFromInventory("default", "qualys", "events", String(id));
  expect(await idsOf(one, "qualys", "events", "id")).not.toContain(id);
});

it("a row that is refused is on neither server", async () => {
  const [one, other] = await pair();
  const before = await idsOf(other, "cortex", "incidents", "incident_id");
  const refused = one.control.addToInventory("default", "cortex", "incidents", {
    status: "no such status",
  } as never);
  await expect(refused).rejects.toThrow("status");
  for (const server of [one, other]) {
    expect(await idsOf(server, "cortex", "incidents", "incident_id")).toEqual(before);
  }
});
