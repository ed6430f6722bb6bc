import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT, CLOCK, UNKNOWN } from "../../../support/qualys.ts";
import { type QualysClient, qualysClient } from "../../../support/qualys-client.ts";
import { refused } from "../../../support/qualys-refused.ts";

interface Row {
  readonly id: string;
  readonly score: string;
  readonly detectedOn: string;
  readonly asset: { readonly agentId: string };
}

/** Reads to the end, as a client would. */
async function readAll(client: QualysClient, path: string, filter = ""): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const after: Record<string, string> = cursor === null ? {} : { searchAfterValues: cursor };
    const { text, headers } = await client.get(path, { filter, pageSize: 3, ...after });
    rows.push(...JSON.parse(text));
    cursor = headers.get("searchAfterValue");
  } while (cursor !== null);
  return rows;
}

describe.each(["/ioc", "/ioc/v1"])("under %s", (base) => {
  it("incidents are read once each, the newest first, one for each host with malicious events", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const malicious = await readAll(client, `${base}/incidents/events/searchAfter`);
    const incidents = await readAll(client, `${base}/incidents/searchAfter`);
    expect(incidents.map(({ asset }) => asset.agentId).sort()).toEqual(
      [...new Set(malicious.map(({ asset }) => asset.agentId))].sort(),
    );
    const times = incidents.map(({ detectedOn }) => detectedOn);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it("incidents are filtered by their times and source", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const path = `${base}/incidents/searchAfter`;
    const all = await readAll(client, path);
    const recent = await readAll(
      client,
      path,
      "incident.updatedon: [now-1d .. now] AND incident.source: 'EDR'",
    );
    expect(recent.length).toBeGreaterThan(0);
    expect(recent.length).toBeLessThan(all.length);
    expect(await readAll(client, path, "incident.detectedon < now-1y")).toEqual([]);
    const ask = () => client.get(path, { filter: "type: FILE" });
    expect(await refused(mock, ask)).toMatchObject({ status: 400, cause: "invalid" });
  });

  it("the events of incidents are the malicious ones that the filter keeps", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const path = `${base}/incidents/events/searchAfter`;
    const rows = await readAll(client, path, "type: FILE");
    expect(rows).toEqual(
      await readAll(client, `${base}/events/searchAfter`, "type: FILE and event.score >= 8"),
    );
    expect(rows.length).toBeGreaterThan(3);
  });

  it("assets are read once each, in the order of the list", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const { text } = await client.get(`${base}/asset/all`, { pageSize: 1000 });
    expect(await readAll(client, `${base}/asset/searchAfter`)).toEqual(JSON.parse(text));
    const filter = "asset.platform: 'Windows'";
    const windows = await client.get(`${base}/asset/all`, { pageSize: 1000, filter });
    expect(await readAll(client, `${base}/asset/searchAfter`, filter)).toEqual(
      JSON.parse(windows.text),
    );
  });

  it("one asset is the row of the list", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const { text } = await client.get(`${base}/asset/all`, { filter: `asset.agentid: ${AGENT}` });
    expect(`[${(await client.get(`${base}/asset/${AGENT}`)).text}]`).toBe(text);
    expect(await refused(mock, () => client.get(`${base}/asset/${UNKNOWN}`))).toMatchObject({
      status: 404,
      cause: "not-found",
    });
  });
});

it("calls of the vendor that fauxdr does not serve are not matched to others", async () => {
  await using mock = await startMock({ clock: CLOCK });
  for (const path of ["/ioc/incidents/scroll", "/ioc/indicators", "/ioc/assets"]) {
    const { status, headers } = await qualysClient(mock).get(path);
    expect([path, status, headers.get("x-fauxdr-unserved")]).toEqual([path, 404, `GET ${path}`]);
  }
});
