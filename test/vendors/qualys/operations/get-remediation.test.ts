import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT } from "../../../support/qualys.ts";
import { qualysClient, quarantine, remediate } from "../../../support/qualys-client.ts";
import { FILE_EVENT, OLD_AGENT, PROCESS_EVENT } from "../../../support/qualys-inventory.ts";

/** Not on a full second, so that a time that is cut can be told from one that is not. */
const CLOCK = "2026-01-31T12:00:00.789Z";
const AT = 1_769_860_800_789;
const CUT = "2026-01-31T12:00:00.000+00:00";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const activity = (id: string): string => `/ioc/remediation-actions/activityLog/${id}`;
const item = (id: string): string => `/ioc/remediation-actions/quarantinedItem/${id}`;

describe("the details of a host action", () => {
  it.each(["document", "recorded"] as const)("are the activity log (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire });
    const client = qualysClient(mock);
    const requestId = await quarantine(client, [AGENT]);
    const answer = await client.get(activity(requestId));
    const { remediationEventId, manifestId, uniqueId } = JSON.parse(answer.text);
    for (const id of [remediationEventId, manifestId, uniqueId]) expect(id).toMatch(UUID);
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(
      JSON.stringify({
        action: "Quarantine Host",
        eventSource: "EDR",
        status: "queued",
        requestTime: CUT,
        requestTimestamp: AT,
        executionTime: CUT,
        remediationEventId,
        requestId,
        manifestId,
        uniqueId,
        userId: "qaedr_jd",
        agentId: AGENT,
        hostName: "jd-laptop",
        platform: "WINDOWS",
        interfaces: [
          {
            interfaceName: "Ethernet",
            macAddress: "02:00:5e:40:01:0b",
            gatewayAddress: "10.40.1.1",
            ipAddress: "10.40.1.15",
          },
        ],
      }),
    );
  });

  it("are the same under every path, and stay the same but for the status", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await quarantine(client, [AGENT]);
    const { text } = await client.get(activity(id));
    const v1 = `/ioc/v1/remediation-actions/activityLog/${id}`;
    for (const path of [`${activity(id)}/`, v1, `${v1}/`]) {
      expect((await client.get(path)).text).toBe(text);
    }
    mock.clock.advance(2000);
    expect((await client.get(v1)).text).toBe(text.replace("queued", "success"));
  });

  it("are there for each host of a call; the requestId names the first of those least advanced", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const hosts = [OLD_AGENT, AGENT];
    const requestId = await quarantine(client, hosts);
    const ask = async (id: string) => JSON.parse((await client.get(activity(id))).text);
    for (const agentId of hosts) {
      const remediationId = `RTP_${agentId}_1-2026_${requestId}`;
      expect(await ask(remediationId)).toMatchObject({ requestId, agentId });
    }
    expect(await ask(requestId)).toEqual(await ask(`RTP_${OLD_AGENT}_1-2026_${requestId}`));
  });

  it("say that a host is released", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await quarantine(client, [AGENT], "UNQUARANTINE_HOST");
    mock.clock.advance(2000);
    expect(JSON.parse((await client.get(activity(id))).text)).toMatchObject({
      action: "UnQuarantine Host",
      status: "success",
    });
  });
});

describe("the details of an action on an event", () => {
  it("are the file in quarantine", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await remediate(client, AGENT, FILE_EVENT, "FILE");
    const { text } = await client.get(item(id));
    const { remediationEventId, uniqueId } = JSON.parse(text);
    expect(text).toBe(
      JSON.stringify({
        action: "Quarantine File",
        eventSource: "EDR",
        status: "queued",
        requestTime: CUT,
        requestTimestamp: AT,
        remediationEventId,
        requestId: id.split("_")[3],
        uniqueId,
        userId: "qaedr_jd",
        agentId: AGENT,
        hostName: "jd-laptop",
        platform: "WINDOWS",
        fileName: "invoice_1.exe",
        fullPath: "C:\\Users\\Public\\Downloads\\invoice_1.exe",
        sha256: "da5eaee15de50b6161e5995772029146a76989da533921404520ae9dd5622dd7",
      }),
    );
    expect((await client.get(item(id).replace("/ioc/", "/ioc/v1/"))).text).toBe(text);
  });

  it.each([
    ["FILE", FILE_EVENT, "Quarantine File"],
    ["PROCESS", PROCESS_EVENT, "Kill Process"],
  ])("are in the activity log as well (%s)", async (eventType, eventId, action) => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const id = await remediate(client, AGENT, eventId, eventType);
    expect(JSON.parse((await client.get(activity(id))).text)).toMatchObject({
      action,
      agentId: AGENT,
      executionTime: CUT,
    });
  });
});
