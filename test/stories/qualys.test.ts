import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";

const REQUEST = {
  remediationSource: "EDR",
  user: "Jane Doe",
  userId: "jdoe",
  comment: "suspicious",
  requestTime: "2026-01-31T12:00:00.000Z",
};

/** Logs in and answers the two calls that a client needs after that. */
async function logIn({ url }: Mock): Promise<Client> {
  const form = new URLSearchParams({
    username: "fauxdr",
    password: "fauxdr-password",
    token: "true",
  });
  const login = await fetch(`${url}/auth`, { method: "POST", body: form });
  expect(login.status).toBe(201);
  const headers = { authorization: `Bearer ${await login.text()}` };
  return {
    get: async (path) => (await fetch(`${url}/ioc/v1/${path}`, { headers })).json(),
    act: async (agentIds, action) => {
      const assetActions = agentIds.map((agentId) => ({
        eventId: agentId,
        action,
        agentId,
        eventType: "AGENT",
        agentVersion: "7.1.0.35",
      }));
      const response = await fetch(`${url}/ioc/v1/remediation-actions/quarantineHost`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ ...REQUEST, assetActionParameter: { assetActions } }),
      });
      expect(response.status).toBe(200);
      const { requestId } = (await response.json()) as { requestId: string };
      return requestId;
    },
  };
}

interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  get(path: string): Promise<any>;
  act(agentIds: readonly string[], action: string): Promise<string>;
}

/** Asks until the status is one of the ends, as a client would; gives up after so many calls. */
async function poll(client: Client, id: string, most = 20): Promise<string> {
  for (let calls = 0; calls < most; calls++) {
    const { status } = await client.get(`remediation-actions/activityLog/${id}`);
    if (status === "success" || status === "failed") return status;
  }
  return "gave up";
}

describe("a Qualys story", () => {
  it("logs in, lists, picks, quarantines, polls to the end and releases", async () => {
    await using mock = await startMock({ progress: "polls" });
    const client = await logIn(mock);
    const { count } = await client.get("asset/count");
    const assets = await client.get(`asset/all?pageSize=${count}`);
    const { agentId } = assets.find(
      ({ hostName }: { hostName: string }) => hostName === "jd-laptop",
    );
    const events = await client.get(`events?filter=asset.agentid:${agentId}`);
    expect(events[0].asset.agentId).toBe(agentId);

    const quarantine = await client.act([agentId], "QUARANTINE_HOST");
    expect(await poll(client, quarantine)).toBe("success");
    const detail = await client.get(`remediation-actions/activityLog/${quarantine}`);
    expect(detail).toMatchObject({
      action: "Quarantine Host",
      hostName: "jd-laptop",
      userId: "jdoe",
    });

    const release = await client.act([agentId], "UNQUARANTINE_HOST");
    expect(await poll(client, release)).toBe("success");
    expect(mock.journal.entries().every(({ reply }) => (reply?.status ?? 500) < 300)).toBe(true);
  });

  it("has mixed results: done, failed, never picked up, stuck", async () => {
    await using mock = await startMock({ progress: "polls", oldAgent: "stuck" });
    const client = await logIn(mock);
    const assets = await client.get("asset/all?pageSize=100");
    const hosts = ["build-01", "fauxdr-fails", "branch-pc", "legacy-app"];
    const agentIds = hosts.map(
      (host) => assets.find(({ hostName }: { hostName: string }) => hostName === host).agentId,
    );
    const requestId = await client.act(agentIds, "QUARANTINE_HOST");
    const month = new Date(mock.clock.now()).getUTCMonth() + 1;
    const year = new Date(mock.clock.now()).getUTCFullYear();
    const ends: string[] = [];
    for (const agentId of agentIds) {
      ends.push(await poll(client, `RTP_${agentId}_${month}-${year}_${requestId}`));
    }
    expect(ends).toEqual(["success", "failed", "gave up", "gave up"]);
  });
});
