import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT, UNKNOWN } from "../../../support/qualys.ts";
import { qualysClient, quarantine, remediate } from "../../../support/qualys-client.ts";
import { FILE_EVENT, PROCESS_EVENT } from "../../../support/qualys-inventory.ts";
import { refusal, refused } from "../../../support/qualys-refused.ts";

const CLOCK = "2026-01-31T12:00:00.789Z";
const AT = 1_769_860_800_789;

const activity = (id: string): string => `/ioc/remediation-actions/activityLog/${id}`;
const item = (id: string): string => `/ioc/remediation-actions/quarantinedItem/${id}`;

describe("details are refused", () => {
  it.each(["activitylog", "activityLogs", "quarantinedItems", "x"])(
    "for the requestType %s, also where the id is good",
    async (requestType) => {
      await using mock = await startMock({ clock: CLOCK });
      const client = qualysClient(mock);
      const id = await quarantine(client, [AGENT]);
      for (const base of ["/ioc", "/ioc/v1"]) {
        const ask = () => client.get(`${base}/remediation-actions/${requestType}/${id}`);
        expect(await refused(mock, ask)).toEqual(
          refusal(
            "400 BAD_REQUEST",
            "invalid",
            "Path/requestType must be activityLog or quarantinedItem",
            { at: AT },
          ),
        );
      }
    },
  );

  const notFound = (id: string) =>
    refusal("404 NOT_FOUND", "not-found", `There is no remediation ${id}`, { at: AT });

  it("for ids that were never issued, however similar", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await quarantine(client, [AGENT]);
    const event = await remediate(client, AGENT, FILE_EVENT, "FILE");
    const strange = [
      UNKNOWN,
      "x",
      AGENT,
      id.toUpperCase(),
      `RTP_${id}`,
      `RTP_${id}_1-2026`,
      `RTP_${UNKNOWN}_1-2026_${id}`,
      `RTP_${AGENT}_01-2026_${id}`,
      `RTP_${AGENT}_2-2026_${id}`,
      `RTF_${AGENT}_1-2026_${id}`,
      `RTP_${AGENT}_1-2026_${UNKNOWN}`,
      event.replace("RTF", "RTP"),
    ];
    for (const one of strange) {
      expect(await refused(mock, () => client.get(activity(one)))).toEqual(notFound(one));
      expect(await refused(mock, () => client.get(item(one)))).toEqual(notFound(one));
    }
  });

  it("for a quarantined item that is a host or a process", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const client = qualysClient(mock);
    const requestId = await quarantine(client, [AGENT]);
    const process = await remediate(client, AGENT, PROCESS_EVENT, "PROCESS");
    for (const id of [requestId, `RTP_${AGENT}_1-2026_${requestId}`, process]) {
      expect(await refused(mock, () => client.get(item(id)))).toEqual(notFound(id));
    }
  });

  it("for another tenant's remediation", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme" });
    const id = await quarantine(qualysClient(mock), [AGENT]);
    const theirs = qualysClient(mock, "acme-token");
    expect(await refused(acme, () => theirs.get(activity(id)))).toEqual(notFound(id));
  });

  it("for an id that is not percent-encoded UTF-8", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).get(activity("%ff"));
    expect(await refused(mock, ask)).toMatchObject({ status: 400, cause: "invalid" });
  });
});
