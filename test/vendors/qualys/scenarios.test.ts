import { describe, expect, it } from "vitest";
import { type Mock, type MockOptions, startMock } from "../../../src/index.ts";
import { AGENT, CLOCK, NOW, reserved } from "../../support/qualys.ts";
import {
  CREDENTIALS,
  login,
  type QualysClient,
  qualysClient,
  quarantine,
} from "../../support/qualys-client.ts";
import { OFFLINE_AGENT, OLD_AGENT } from "../../support/qualys-inventory.ts";
import { refusal, refused } from "../../support/qualys-refused.ts";

const COMPLETES = reserved(1);
const LINUX = "9b37c024-3498-425a-aa42-929723ac5cd5";
const MAC = "a670238c-ea9f-4ebb-a89a-f657a59720ca";

const start = (scenario: string, options: MockOptions = {}): Promise<Mock> =>
  startMock({ clock: CLOCK, scenario, ...options });

const poll = (client: QualysClient, requestId: string) =>
  client.get(`/ioc/remediation-actions/activityLog/${requestId}`);

/** What became of a host action on one agent. */
async function statusOf(mock: Mock, agentId: string, waitMs: number): Promise<string> {
  const client = qualysClient(mock);
  const id = await quarantine(client, [agentId]);
  mock.clock.advance(waitMs);
  return JSON.parse((await poll(client, id)).text).status;
}

const DAYS = 30 * 86_400_000;

describe.each(["document", "recorded"] as const)("%s form, scenario", (wire) => {
  it("fleet-offline: actions stay queued for agents of any version, except the reserved ones", async () => {
    await using mock = await start("fleet-offline", { wire });
    for (const agent of [AGENT, LINUX, MAC, OLD_AGENT, OFFLINE_AGENT]) {
      expect([agent, await statusOf(mock, agent, DAYS)]).toEqual([agent, "queued"]);
    }
    expect(await statusOf(mock, COMPLETES, 2000)).toBe("success");
  });

  it.each([
    ["stuck", "in progress"],
    ["fails", "failed"],
  ] as const)(
    "outdated-agents: an action %s, but for Macs and the reserved",
    async (oldAgent, end) => {
      await using mock = await start("outdated-agents", { wire, oldAgent });
      expect(await statusOf(mock, AGENT, DAYS)).toBe(end);
      expect(await statusOf(mock, LINUX, DAYS)).toBe(end);
      expect(await statusOf(mock, OFFLINE_AGENT, DAYS)).toBe("queued");
      expect(await statusOf(mock, MAC, 2000)).toBe("success");
      expect(await statusOf(mock, COMPLETES, 2000)).toBe("success");
    },
  );

  it("empty-fleet: only the reserved assets and their events exist", async () => {
    await using mock = await start("empty-fleet", { wire, fleet: 20 });
    const client = qualysClient(mock);
    for (const [path, idOf] of [
      ["/ioc/asset/all", ({ agentId }: { agentId: string }) => agentId],
      ["/ioc/events", ({ asset }: { asset: { agentId: string } }) => asset.agentId],
    ] as const) {
      const rows = JSON.parse((await client.get(path, { pageSize: 100 })).text);
      const ids: string[] = rows.map(idOf);
      expect(ids).toContain(COMPLETES);
      expect(ids.filter((id) => !id.startsWith("facade00"))).toEqual([]);
    }
  });

  it("no-permission: every call but the login is refused with 403, whichever the token", async () => {
    await using mock = await start("no-permission", { wire });
    for (const token of ["fauxdr-token", (await login(mock)).text]) {
      const { status } = await qualysClient(mock, token).get("/ioc/asset/count");
      const seen = mock.journal.entries().at(-1);
      expect([status, seen?.refusal?.kind, seen?.fault]).toEqual([403, "forbidden", undefined]);
    }
  });

  describe("token-expires-mid-poll", () => {
    const SCENARIO = "token-expires-mid-poll";
    const expired = refusal("401 UNAUTHORIZED", "unauthenticated", "JWT expired");

    it("lets a client that logs in again go on to the end", async () => {
      await using mock = await start(SCENARIO, { wire, progress: "polls" });
      let client = qualysClient(mock, (await login(mock)).text);
      const id = await quarantine(client, [COMPLETES]);
      const seen: (string | number)[] = [];
      for (let polls = 0; seen.at(-1) !== "success" && polls < 10; polls++) {
        const { status, text } = await poll(client, id);
        seen.push(status === 200 ? JSON.parse(text).status : status);
        if (status === 401) client = qualysClient(mock, (await login(mock)).text);
      }
      expect(seen).toEqual(["queued", "in progress", 401, "success"]);
    });

    it("refuses the old token for good, and changes nothing by it", async () => {
      await using mock = await start(SCENARIO, { wire });
      const { text: token } = await login(mock);
      const ask = () => qualysClient(mock, token).get("/ioc/asset/count");
      for (let call = 1; call <= 3; call++) expect((await ask()).status).toBe(200);
      expect(await refused(mock, ask)).toEqual(expired);
      await login(mock);
      expect(await refused(mock, ask)).toEqual(expired);
    });

    it("counts each login's token for itself, also within one second", async () => {
      await using mock = await start(SCENARIO, { wire });
      const tokens = [(await login(mock)).text, (await login(mock)).text];
      expect(new Set(tokens).size).toBe(2);
      for (const token of tokens) {
        const client = qualysClient(mock, token);
        const statuses = [];
        for (let call = 1; call <= 4; call++) {
          statuses.push((await client.get("/ioc/asset/count")).status);
        }
        expect(statuses).toEqual([200, 200, 200, 401]);
      }
    });

    it("lets exactly three of ten calls through that come at once", async () => {
      await using mock = await start(SCENARIO, { wire });
      const client = qualysClient(mock, (await login(mock)).text);
      const all = Array.from({ length: 10 }, () => client.get("/ioc/asset/count"));
      const good = (await Promise.all(all)).filter(({ status }) => status === 200);
      expect(good).toHaveLength(3);
    });

    it("does not concern the token that needs no login", async () => {
      await using mock = await start(SCENARIO, { wire });
      const client = qualysClient(mock);
      for (let call = 1; call <= 8; call++) {
        expect((await client.get("/ioc/asset/count")).status).toBe(200);
      }
    });
  });
});

describe("the calls that a token has left", () => {
  it("are in a snapshot, and the token is not", async () => {
    await using mock = await start("token-expires-mid-poll");
    const { text: token } = await login(mock);
    const client = qualysClient(mock, token);
    const ask = async (): Promise<number> => (await client.get("/ioc/asset/count")).status;
    expect([await ask(), await ask()]).toEqual([200, 200]);
    const saved = JSON.stringify(mock.snapshot());
    expect(saved).not.toContain(token);
    expect([await ask(), await ask()]).toEqual([200, 401]);
    mock.restore(JSON.parse(saved));
    expect([await ask(), await ask()]).toEqual([200, 401]);
  });

  it("start over with a reset, and are not counted in the ordinary scenario", async () => {
    await using mock = await start("token-expires-mid-poll");
    const { text: token } = await login(mock);
    const ask = async (): Promise<number> =>
      (await qualysClient(mock, token).get("/ioc/asset/count")).status;
    for (let call = 1; call <= 4; call++) await ask();
    mock.reset();
    expect((await login(mock)).text).toBe(token);
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 200, 200, 401]);
    mock.reset("ordinary");
    for (let call = 1; call <= 5; call++) expect(await ask()).toBe(200);
    mock.clock.set(NOW + 4 * 60 * 60 * 1000);
    expect(await ask()).toBe(401);
  });

  it("are each tenant's own", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const limited = await mock.tenant({ name: "limited", scenario: "token-expires-mid-poll" });
    const four = async (username: string): Promise<number[]> => {
      const form = { ...CREDENTIALS, username, password: `${username}-password` };
      const client = qualysClient(mock, (await login(mock, form)).text);
      const statuses = [];
      for (let call = 1; call <= 4; call++) {
        statuses.push((await client.get("/ioc/asset/count")).status);
      }
      return statuses;
    };
    expect(await four(limited.name)).toEqual([200, 200, 200, 401]);
    expect(await four("fauxdr")).toEqual([200, 200, 200, 200]);
  });
});
