import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { AGENT, CLOCK } from "../../support/qualys.ts";
import { qualysClient } from "../../support/qualys-client.ts";

const FROM = "2026-01-01T00:00:00Z";
const GOOGLE_SORT = '[{"event.dateTime":"asc"}]';

/** The requests of published clients, and what the vendor does with them as far as is known. */
const READS: readonly (readonly [
  client: string,
  path: string,
  query: Readonly<Record<string, string>>,
  status: number,
])[] = [
  ["cisco", "/ioc/events", { filter: 'file.name: "invoice_1.exe"', state: "true" }, 200],
  ["cisco", "/ioc/events", { filter: 'file.name: "invoice_1.exe"' }, 200],
  ["cisco", "/ioc/events", { filter: `file.hash.md5: "${"a".repeat(32)}"`, state: "true" }, 200],
  ["cisco", "/ioc/events", { filter: `file.hash.sha256: "${"a".repeat(64)}"` }, 200],
  [
    "cisco",
    "/ioc/events",
    { filter: 'file.fullPath: "C:\\Users\\User01\\Downloads\\Malware"' },
    200,
  ],
  ["cisco", "/ioc/events", { filter: 'handle.name: "MSFTHISTORY!"' }, 200],
  [
    "cisco",
    "/ioc/events",
    { filter: 'network.local.address.ip: "127.0.0.1" or network.remote.address.ip: "127.0.0.1"' },
    200,
  ],
  ["cisco", "/ioc/events", { filter: 'network.remote.address.fqdn: "c2.malware.example"' }, 200],
  [
    "google",
    "/ioc/events",
    {
      filter: `event.dateTime:["${FROM}" .. "now"] and (type:'file' or type:'mutex' or type:'process' or type:'network' or type:'registry') and indicator.score >=5`,
      sort: GOOGLE_SORT,
      pageNumber: "0",
      pageSize: "100",
    },
    200,
  ],
  [
    "ta",
    "/ioc/events",
    {
      "": "",
      sort: GOOGLE_SORT,
      filter: `(event.datetime:['1999-01-01T00:00:00Z'..'2026-01-31T12:00:00Z']) AND (type:PROCESS)`,
      pageNumber: "0",
      pageSize: "1000",
      state: "false",
    },
    200,
  ],
  [
    "ta",
    "/ioc/events/count",
    {
      "": "",
      sort: GOOGLE_SORT,
      filter: "(event.datetime:['1999-01-01T00:00:00Z'..'2026-01-31T12:00:00Z'])",
      state: "false",
    },
    200,
  ],
  ["nelssec", "/ioc/v1/events", { filter: "eventSource:EDR", pageSize: "50" }, 200],
  ["nelssec", "/ioc/incidents/events/searchAfter", { pageSize: "50" }, 200],
  ["nelssec", "/ioc/assets", {}, 404],
  ["nelssec", `/ioc/assets/${AGENT}/events`, {}, 404],
  ["nelssec", "/ioc/indicators", {}, 404],
  ["nelssec", "/edr/v1/events", {}, 404],
  ["rijul", "/ioc/asset/all", { pageSize: "50" }, 200],
  ["rijul", `/ioc/asset/${AGENT}`, {}, 200],
  ["rijul", "/ioc/asset/searchAfter", { pageSize: "50" }, 200],
  ["rijul", "/ioc/events/F_1", {}, 404],
  [
    "the vendor's own sample",
    "/ioc/incidents/searchAfter",
    {
      filter: `incident.updatedon: ["${FROM}" .. "2026-01-12T00:00:00.000Z"] AND incident.source: 'EDR'`,
    },
    200,
  ],
  [
    "the vendor's own sample",
    "/ioc/asset/searchAfter",
    {
      filter:
        'asset.timestamp: ["2026-01-01T00:00:00.000+0000" .. "2026-02-01T00:00:00.000+0000"] and asset.platform: \'Windows\'',
      include_attributes: "_type, _id, processName",
    },
    200,
  ],
  [
    "the vendor's own sample",
    "/ioc/events/searchAfter",
    { filter: `event.datetime:["${FROM}".."2026-01-31T12:00:00.000Z"] AND action: 'Created'` },
    200,
  ],
  [
    "the vendor's own sample",
    "/ioc/events/count/time-buckets",
    { fromDate: "1764134321", toDate: "1764145121", bucketCount: "5", filter: "type:file" },
    200,
  ],
  ["sigma's guess", "/ioc/events", { filter: "isnull(file.name)" }, 400],
  ["sigma's guess", "/ioc/events", { filter: "type in (FILE, PROCESS)" }, 400],
];

describe("the requests of published clients", () => {
  it.each(READS)("%s: GET %s %j is a %i", async (_, path, query, status) => {
    await using mock = await startMock({ clock: CLOCK });
    const { url } = mock;
    const search = new URLSearchParams(query);
    const reply = await fetch(`${url}${path}?${search}`, {
      headers: { authorization: "Bearer fauxdr-token", "content-type": "application/json" },
    });
    expect([reply.status, await reply.text()]).toEqual([status, expect.any(String)]);
  });

  it("find what they judge, and nothing else", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const names = async (filter: string): Promise<unknown[]> => {
      const { text } = await client.get("/ioc/events", { filter, pageSize: 100 });
      return JSON.parse(text).map(
        (row: Record<string, Record<string, string>>) =>
          row["file"]?.["fileName"] ?? row["handle"]?.["name"] ?? row["network"]?.["remoteDns"],
      );
    };
    const folder = "C:\\Users\\User01\\Downloads";
    expect(await names(`file.fullPath: "${folder}\\Malware"`)).toEqual(["eicar.com"]);
    expect(await names('file.fullPath: "C:\\Users\\Users\\Downloads\\Malware"')).toEqual([]);
    expect(await names('handle.name: "MSFTHISTORY!"')).toEqual(["MSFTHISTORY!"]);
    expect(await names('network.remote.address.ip: "203.0.113.66"')).toEqual([
      "c2.malware.example",
    ]);
    expect(await names('network.remote.address.fqdn: "nowhere.example"')).toEqual([]);
  });

  it("guess at a search by POST, which the vendor does not have", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect((await qualysClient(mock).post("/ioc/events/search", {})).status).toBe(404);
  });

  it("name an assetId where the vendor wants a whole request, and are refused", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const path = "/ioc/remediation-actions/quarantineHost";
    const { status, text } = await qualysClient(mock).post(path, { assetId: AGENT });
    expect([status, mock.actions.list()]).toEqual([400, []]);
    expect(JSON.parse(text)).toMatchObject({ errorCode: "400 BAD_REQUEST" });
  });
});
