import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { AGENT, CLOCK, OTHER } from "../../support/qualys.ts";
import { type QualysClient, qualysClient } from "../../support/qualys-client.ts";

const start = (scenario: string): Promise<Mock> => startMock({ clock: CLOCK, scenario });

interface Row {
  readonly id: string | null;
  readonly score?: string;
  readonly asset: { readonly agentId?: string; readonly hostName?: string } | null;
  readonly file?: Readonly<Record<string, string>>;
}

const LAST_HOUR = "event.datetime: [now-1h .. now]";

const listed = async (client: QualysClient, filter: string, pageNumber = 0): Promise<Row[]> =>
  JSON.parse((await client.get("/ioc/events", { filter, pageSize: 100, pageNumber })).text);

const counted = async (client: QualysClient, filter: string): Promise<number> =>
  JSON.parse((await client.get("/ioc/events/count", { filter })).text).count;

describe("busy-hour", () => {
  it("has full pages of 100 in the last hour, of all events and of the malicious ones", async () => {
    await using mock = await start("busy-hour");
    const client = qualysClient(mock);
    expect(await counted(client, LAST_HOUR)).toBe(300);
    expect(await counted(client, `${LAST_HOUR} and event.score >= 8`)).toBe(200);
    expect(await listed(client, LAST_HOUR, 3)).toEqual([]);
  });

  it("has the newest and the oldest malicious event on hosts of their own, and hr-desktop's score is 10", async () => {
    await using mock = await start("busy-hour");
    const client = qualysClient(mock);
    const malicious = `${LAST_HOUR} and event.score >= 8`;
    const rows = [await listed(client, malicious), await listed(client, malicious, 1)].flat();
    const hosts = rows.map(({ asset }) => asset?.hostName);
    expect([hosts.at(0), hosts.at(-1)]).toEqual(["build-01", "build-02"]);
    expect(new Set(hosts.slice(1, -1))).toEqual(new Set(["jd-laptop", "hr-desktop"]));
    const scores = rows.filter(({ asset }) => asset?.agentId === OTHER).map(({ score }) => score);
    expect(new Set(scores)).toEqual(new Set(["10"]));
  });
});

it("arriving-events: one more every tenth of a second, on a host that has one already", async () => {
  await using mock = await start("arriving-events");
  const client = qualysClient(mock);
  const filter = `event.datetime > now-1m and asset.agentid: ${AGENT}`;
  const seen: number[] = [];
  for (const ms of [0, 100, 900, 30_000]) {
    mock.clock.advance(ms);
    seen.push(await counted(client, filter));
  }
  expect(seen).toEqual([0, 1, 10, 200]);
});

it("odd-events: each lacks something, names its host, and can be read, kept and read again", async () => {
  await using mock = await start("odd-events");
  const client = qualysClient(mock);
  const filter = "event.datetime: [now-6m .. now-5m]";
  const rows = await listed(client, filter);
  expect(rows).toEqual([
    expect.objectContaining({ id: null }),
    expect.not.objectContaining({ file: expect.anything() }),
    expect.objectContaining({ file: expect.not.objectContaining({ fullPath: expect.anything() }) }),
    expect.objectContaining({ asset: expect.objectContaining({ interfaces: null }) }),
  ]);
  expect(rows.every(({ asset }) => asset?.agentId)).toBe(true);
  mock.restore(JSON.parse(JSON.stringify(mock.snapshot())));
  expect(await listed(client, filter)).toEqual(rows);
});

it("hostless-events: no agent is named, no incident follows, and a filter for a host does not find them", async () => {
  await using mock = await start("hostless-events");
  await using ordinary = await startMock({ clock: CLOCK });
  const client = qualysClient(mock);
  const filter = "event.datetime: [now-6m .. now-5m]";
  const rows = await listed(client, filter);
  expect(rows.map(({ asset }) => asset)).toEqual([
    null,
    { hostName: "lost-pc", netBiosName: "LOST-PC" },
  ]);
  expect(await listed(client, "asset.hostname: lost-pc")).toEqual([]);
  expect((await client.get("/ioc/incidents/searchAfter", { pageSize: 100 })).text).toBe(
    (await qualysClient(ordinary).get("/ioc/incidents/searchAfter", { pageSize: 100 })).text,
  );
});
