import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, NOW } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";

type Row = Readonly<Record<string, unknown>>;

interface Page {
  readonly total_count: number;
  readonly result_count: number;
  readonly alerts: readonly Row[];
}

async function page(mock: Mock, version: string, data: unknown = {}): Promise<Page> {
  const { send } = cortexClient(mock);
  const path = `/public_api/${version}/alerts/get_alerts_multi_events`;
  const { status, text } = await send(path, { body: JSON.stringify({ request_data: data }) });
  expect([status, text]).toEqual([200, expect.stringContaining("total_count")]);
  return JSON.parse(text).reply;
}

const where = (field: string, operator: string, value: unknown): object => ({
  filters: [{ field, operator, value }],
});
const idsIn = ({ alerts }: Page): unknown[] => alerts.map(({ alert_id: id }) => id);

const MINUTE = 60_000;
/** When the alerts of incident 105 were detected. */
const DETECTED = NOW - 31.5 * MINUTE;
const ALL = ["1006", "1007", "1005", "1003", "1004", "1002", "1001"];

const FORMS = ["document", "recorded"].flatMap((wire) =>
  ["v1", "v2"].map((version) => [version, wire]),
);

describe.each(FORMS as ["v1" | "v2", "document" | "recorded"][])(
  "get_alerts_multi_events %s, %s form",
  (version, wire) => {
    it.each<[string, object, readonly string[]]>([
      ["all, the newest first", {}, ALL],
      ["with these ids", where("alert_id_list", "in", [1001, "1005"]), ["1005", "1001"]],
      ["of a source", where("alert_source", "in", ["PAN NGFW"]), ["1005"]],
      ["with a severity", where("severity", "in", ["low"]), ["1005", "1002"]],
      ["with an external id", where("external_id_list", "in", ["3ed".padStart(32, "0")]), ["1005"]],
      ["since a moment", where("creation_time", "gte", DETECTED), ["1006", "1007"]],
      ["since a second", where("creation_time", "gte", DETECTED / 1000), ["1006", "1007"]],
      ["stored since", where("server_creation_time", "gte", DETECTED + 4001), []],
      ["stored until", where("server_creation_time", "lte", DETECTED + 4000), ALL],
    ])("finds those %s", async (_, data, ids) => {
      await using mock = await startMock({ wire, clock: CLOCK });
      expect(idsIn(await page(mock, version, data))).toEqual(ids);
    });

    it("sorts by severity and takes a part", async () => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const sort = { field: "severity", keyword: "asc" };
      const found = await page(mock, version, { sort, search_from: 0, search_to: 3 });
      expect(idsIn(found).slice(0, 2)).toEqual(["1002", "1005"]);
      expect([found.total_count, found.result_count]).toEqual([7, 3]);
    });

    it("has the fields of the event where this version has them", async () => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const [alert] = (await page(mock, version, where("alert_id_list", "in", [1006]))).alerts;
      const event = { event_type: "Process Execution", actor_process_image_name: "invoice.exe" };
      if (version === "v1") {
        expect(alert?.["events"]).toMatchObject([{ ...event, user_name: "CORP\\ana" }]);
        expect(alert).not.toHaveProperty("event_type");
      } else {
        expect(alert).toMatchObject({
          events: null,
          event_type: [event.event_type],
          actor_process_image_name: [event.actor_process_image_name],
          action_file_sha256: null,
          user_name: ["CORP\\ana"],
          case_id: 105,
          agent_install_type: "STANDARD",
        });
      }
      expect(alert).toMatchObject({
        alert_id: "1006",
        severity: "high",
        host_ip: ["10.20.1.31"],
        tags: ["DS:PANW/XDR Agent", "EG:Workstations", "EG:Finance"],
        local_insert_ts: DETECTED + 4000,
        mac_addresses: ["02:00:5e:20:03:15"],
      });
    });

    it("refuses a wrong page and a wrong filter", async () => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const path = `/public_api/${version}/alerts/get_alerts_multi_events`;
      for (const data of [
        { search_from: 0, search_to: 101 },
        where("severity", "gte", "low"),
        where("alert_id_list", "in", ["one"]),
        where("status", "in", ["new"]),
      ]) {
        const body = JSON.stringify({ request_data: data });
        const { status } = await cortexClient(mock).send(path, { body });
        expect(status).toBe(wire === "document" ? 400 : 500);
        expect(mock.journal.entries().at(-1)?.refusal?.kind).toBe("invalid");
      }
    });
  },
);

it("splits what the flat form joins", async () => {
  await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
  await mock.inventory.put("cortex", "alerts", {
    alert_id: "7",
    host_ip: "192.0.2.1, 192.0.2.2",
    mitre_technique_id_and_name: "T1140 - Decode, T1059.001 - Interpreter: PowerShell",
    tags: "DS:A,EG:B",
  });
  const [alert] = (await page(mock, "v2", where("alert_id_list", "in", [7]))).alerts;
  expect(alert).toMatchObject({
    host_ip: ["192.0.2.1", "192.0.2.2"],
    mitre_technique_id_and_name: ["T1140 - Decode", "T1059.001 - Interpreter: PowerShell"],
    tags: ["DS:A", "EG:B"],
    case_id: null,
  });
});
