import { describe, expect, it } from "vitest";
import { isoTime } from "../../../src/core/clock.ts";
import { type Mock, startMock } from "../../../src/index.ts";
import { AGENT, CLOCK } from "../../support/qualys.ts";
import {
  eventAction,
  qualysClient,
  quarantine,
  remediate,
  WHO,
} from "../../support/qualys-client.ts";
import { FILE_EVENT, PROCESS_EVENT } from "../../support/qualys-inventory.ts";

/** By path: the types that a value has there, as `string`, `integer`, `null`; `[]` stands for the items of an array. */
type Shape = Readonly<Record<string, string>>;

/** A published recording or printed sample, and the call of ours that it is compared with. */
interface Recording {
  readonly name: string;
  readonly source: string;
  readonly shape: Shape;
  readonly ours: (mock: Mock) => Promise<unknown>;
  /** The wire form to compare with: the recorded one, but for a sample whose form the documents have. */
  readonly wire?: "document";
  /** Members that only fauxdr has, and why. */
  readonly added?: Readonly<Record<string, string>>;
  /** Members that fauxdr does not have, and why. */
  readonly lacks?: Readonly<Record<string, string>>;
}

const HOST: Shape = {
  "asset.agentId": "string",
  "asset.customerId": "string",
  "asset.fullOSName": "string",
  "asset.hostName": "string",
  "asset.interfaces[].ipAddress": "string",
  "asset.netBiosName": "string",
  "asset.platform": "string",
};

const ACTIVE_HOST: Shape = {
  ...HOST,
  "asset.assetType": "string",
  "asset.lastLoggedOnUser": "string",
  "asset.tags[].id": "integer",
  "asset.tags[].name": "string",
  "asset.tags[].uuid": "string",
};

const FILE: Shape = {
  "file.createdDate": "string",
  "file.extension": "string",
  "file.fileName": "string",
  "file.fullPath": "string",
  "file.md5": "string",
  "file.path": "string",
  "file.sha256": "string",
};

const MALICIOUS: Shape = {
  "indicator2[].category": "string",
  "indicator2[].familyName": "string",
  "indicator2[].score": "integer",
  "indicator2[].sha256": "string",
  "indicator2[].threatName": "string",
  "indicator2[].verdict": "string",
};

const EVENT: Shape = { action: "string", dateTime: "string", id: "string", type: "string" };
const ACTIVE: Shape = { ...EVENT, eventProcessedTime: "string", timeSeriesId: "string" };

const DETAILS: Shape = {
  action: "string",
  agentId: "string",
  eventSource: "string",
  executionTime: "string",
  hostName: "string",
  "interfaces[].gatewayAddress": "string",
  "interfaces[].interfaceName": "string",
  "interfaces[].ipAddress": "string",
  "interfaces[].macAddress": "string",
  manifestId: "string",
  platform: "string",
  remediationEventId: "string",
  requestId: "string",
  requestTime: "string",
  requestTimestamp: "integer",
  status: "string",
  uniqueId: "string",
  userId: "string",
};

/** The edges of the buckets in the sample of the page, 36 minutes apart. */
const edge = (nth: number): string => isoTime(1_764_132_480_000 + nth * 2_160_000);

const MAC = { "asset.interfaces[].macAddress": "optional: a client reads it if it is there" };
const SOURCE = { eventSource: "in the samples of 2025, absent from the rows of 2020" };
const ACTOR = Object.fromEntries(
  ["imageFullPath", "processEventId", "processId", "processName", "processUniqueId"].map((name) => [
    `actor.${name}`,
    "in the sample of 2025, absent from the rows of 2020",
  ]),
);

const CISCO =
  "github.com/CiscoSecurity/tr-05-serverless-qualys-ioc tests/unit/data/file_name.json, 6a07c41e";
const CISCO_HISTORICAL =
  "github.com/CiscoSecurity/tr-05-serverless-qualys-ioc code/tests/unit/data/sha256.json, cd517564";
const SNAPSHOT =
  "github.com/CiscoSecurity/tr-05-serverless-qualys-ioc Snapshots_Qualys_IOC/Snapshot-with-ip.json";
const DOCS = "docs.qualys.com/en/edr/latest/mergedProjects/edr_api";
const NOTES = "docs.qualys.com/en/edr/release-notes/endpoint_detection_and_response";

/** The members of a row that are in the snapshot. */
const READ_BY_CISCO = [
  "asset.fullOSName",
  "asset.interfaces[].ipAddress",
  "asset.netBiosName",
  "dateTime",
  "id",
  "indicator2[].verdict",
];

const read = async (mock: Mock, path: string, query: Record<string, string> = {}) =>
  JSON.parse((await qualysClient(mock).get(path, query)).text);

const first = async (mock: Mock, filter: string): Promise<unknown> =>
  (await read(mock, "/ioc/events", { filter }))[0];

const RECORDINGS: readonly Recording[] = [
  {
    name: "a file of which nothing is known",
    source: CISCO,
    shape: {
      ...ACTIVE,
      "indicator2[].sha256": "string",
      "indicator2[].verdict": "string",
      ...ACTIVE_HOST,
      ...FILE,
    },
    ours: (mock) => first(mock, "type: FILE and event.score is null"),
    added: { ...MAC, ...SOURCE },
  },
  {
    name: "a malicious file, in a historical row",
    source: CISCO_HISTORICAL,
    shape: { ...EVENT, score: "string", ...MALICIOUS, ...HOST, ...FILE },
    ours: async (mock) => {
      const rows: { id: string; score?: string }[] = await read(mock, "/ioc/events", {
        filter: "type: FILE and event.score: 10",
        pageSize: "100",
      });
      return rows.find(({ id }) => /_\d+-\d+-2026$/.test(id));
    },
    added: { ...MAC, ...SOURCE },
  },
  {
    name: "a file that is known to be good",
    source: CISCO,
    shape: {
      ...ACTIVE,
      score: "string",
      "indicator2[].score": "integer",
      "indicator2[].sha256": "string",
      "indicator2[].verdict": "string",
      ...ACTIVE_HOST,
      ...FILE,
    },
    ours: (mock) =>
      first(mock, "type: FILE and event.score: 0 and not event.eventprocesstime is null"),
    added: { ...MAC, ...SOURCE, ...ACTOR },
  },
  {
    name: "a connection",
    source: SNAPSHOT,
    // The snapshot has what a client read from the row, not the row.
    shape: {
      "asset.fullOSName": "string",
      "asset.interfaces[].ipAddress": "string",
      "asset.netBiosName": "string",
      dateTime: "string",
      id: "string",
      "indicator2[].verdict": "string",
      "network.remoteDns": "string",
      "network.remoteIP": "string",
      "process.processName": "string",
      score: "string",
    },
    ours: (mock) => first(mock, "network.remote.address.fqdn: c2.malware.example"),
    added: {
      ...Object.fromEntries(
        [...Object.keys({ ...ACTIVE, ...MALICIOUS, ...ACTIVE_HOST }), "asset.platform"]
          .filter((path) => !READ_BY_CISCO.includes(path))
          .map((path) => [path, "in the recorded rows of files"]),
      ),
      ...MAC,
      ...SOURCE,
      "network.localIP": "a filter asks for it; the row's name for it is not public",
      "network.localPort": "assumed",
      "network.protocol": "assumed",
      "network.remotePort": "assumed",
      "process.pid": "in the ids of such rows",
    },
  },
  {
    name: "a process",
    source: `${NOTES}/release_3_8_api.htm`,
    shape: {
      ...ACTIVE,
      eventSource: "string",
      "process.arguments": "string",
      "process.elevated": "boolean",
      "process.fullPath": "string",
      "process.integrityLevel": "string",
      "process.isCertificateExists": "boolean",
      "process.parentPid": "integer",
      "process.pid": "integer",
      "process.processEventId": "string",
      "process.processFile.fileName": "string",
      "process.processFile.fullPath": "string",
      "process.processFile.moduleName": "string",
      "process.processFile.path": "string",
      "process.processFile.uniqueImageId": "string",
      "process.processName": "string",
      "process.sid": "string",
      "process.userName": "string",
    },
    ours: (mock) => first(mock, `event.id: ${PROCESS_EVENT}`),
    added: Object.fromEntries(
      [...Object.keys({ ...ACTIVE_HOST, ...MALICIOUS, ...MAC }), "score"].map((path) => [
        path,
        "behind the end of the stored sample",
      ]),
    ),
  },
  {
    name: "the details of a file event, as far as the page is stored",
    source: "docs.qualys.com/en/edr/api/events-api/fetch_event_details.htm",
    wire: "document",
    shape: {
      "[].actor.imageFullPath": "string",
      "[].actor.processEventId": "string",
      "[].actor.processId": "integer",
      "[].actor.processName": "string",
      "[].actor.processUniqueId": "string",
      "[].dateTime": "string",
      "[].eventSource": "string",
      ...Object.fromEntries(Object.keys(MALICIOUS).map((path) => [`[].${path}`, "string"])),
      "[].type": "string",
    },
    ours: (mock) => read(mock, `/ioc/events/${AGENT}/${FILE_EVENT}`),
    added: Object.fromEntries(
      [...Object.keys({ ...ACTIVE, ...ACTIVE_HOST, ...FILE, ...MAC }), "score"]
        .filter((path) => !["dateTime", "type"].includes(path))
        .map((path) => [`[].${path}`, "behind the end of the stored sample"]),
    ),
  },
  {
    name: "the details of an event, in the page of 2020",
    source: "docs.qualys.com/en/edr/api/events-api/fetch_event_details.htm, an older version",
    shape: Object.fromEntries(
      [...Object.keys({ ...EVENT, ...HOST })]
        .filter((path) => !["id", "asset.hostName", "asset.interfaces[].ipAddress"].includes(path))
        .map((path) => [`[].${path}`, "string"]),
    ),
    ours: (mock) => read(mock, `/ioc/events/${AGENT}/${FILE_EVENT}`),
    added: Object.fromEntries(
      [
        ...Object.keys({ ...ACTIVE, ...ACTIVE_HOST, ...FILE, ...MAC, ...MALICIOUS, ...ACTOR }),
        "score",
        "eventSource",
      ]
        .filter((path) => !["dateTime", "type", "action"].includes(path))
        .filter((path) => !(path in HOST) || /hostName|ipAddress/.test(path))
        .map((path) => [`[].${path}`, "in the page of 2025, or in recorded rows"]),
    ),
    lacks: {
      "data.score": "a number in the page of 2020, text in recorded rows",
      "data.customerId": "in the asset of recorded rows",
      "data.verdict[]": "in indicator2 of the page of 2025",
      "data.category[]": "in indicator2 of the page of 2025",
      "data.familyName[]": "in indicator2 of the page of 2025",
      "data.eventId": "id in recorded rows and in the page of 2025",
    },
  },
  {
    name: "events in buckets",
    source: `${DOCS}/events-api/fetch_event_counts_using_time_buckets.htm`,
    shape: Object.fromEntries(
      [0, 1, 2, 3, 4].map((nth) => [`${edge(nth)}_${edge(nth + 1)}`, "integer"]),
    ),
    ours: (mock) =>
      read(mock, "/ioc/events/count/time-buckets", {
        fromDate: "1764134321",
        toDate: "1764145121",
        bucketCount: "5",
      }),
  },
  {
    name: "the details of an action on a process",
    source: `${NOTES}/release_3_5_1_api.htm`,
    shape: DETAILS,
    ours: async (mock) => {
      const id = await remediate(qualysClient(mock), AGENT, PROCESS_EVENT, "PROCESS");
      const details = await read(mock, `/ioc/remediation-actions/activityLog/${id}`);
      const series = "RTP_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_\\d{1,2}-\\d{1,2}-\\d{4}_\\d+";
      expect(details.remediationEventId).toMatch(new RegExp(`^${PROCESS_EVENT}###${series}$`));
      return details;
    },
  },
  {
    name: "an asset",
    source: `${NOTES}/release_3_7_1_api.htm`,
    shape: {
      "avProfile.id": "string",
      "avProfile.name": "string",
      "avProfile.status": "string",
      downloadPercent: "integer",
      edrFunctionalStatus: "string",
      hostName: "string",
      id: "string",
      "interfaces[].ipAddress": "string",
      "interfaces[].macAddress": "string",
      isAVUpToDate: "boolean",
      isEDREnabled: "boolean",
      lastLoggedOnUser: "string",
      lastReportedTime: "string",
      operatingSystem: "string",
      platform: "string",
      productUpdateErrorCode: "string",
    },
    ours: (mock) => read(mock, `/ioc/asset/${AGENT}`),
    added: {
      agentId: "the quarantine call wants it; behind the end of the stored sample",
      agentVersion: "the quarantine call wants it; behind the end of the stored sample",
      "interfaces[].gatewayAddress": "as in the remediation details",
      "interfaces[].interfaceName": "behind the end of the stored sample",
    },
  },
  {
    name: "a host quarantined",
    source: `${DOCS}/remediation_api/perform_quarantine_unquarantine_host_action_on_asset.htm`,
    shape: {
      message: "string",
      remark: "string",
      requestId: "string",
      responseCode: "integer",
      status: "string",
    },
    ours: async (mock) => {
      await quarantine(qualysClient(mock), [AGENT]);
      return JSON.parse(mock.journal.entries().at(-1)?.reply?.body.text ?? "");
    },
  },
  {
    name: "an action on an event",
    source: `${DOCS}/remediation_api/perform_remediation_action_on_event.htm`,
    shape: { "remediationIds[]": "string" },
    ours: async (mock) => {
      const path = "/ioc/remediation-actions/performAction";
      return JSON.parse((await qualysClient(mock).post(path, [eventAction()], WHO)).text);
    },
  },
  {
    name: "the details of a host action",
    source: `${DOCS}/remediation_api/fetch_remediation_event_detail.htm`,
    shape: DETAILS,
    ours: async (mock) => {
      const id = await quarantine(qualysClient(mock), [AGENT]);
      return read(mock, `/ioc/remediation-actions/activityLog/${id}`);
    },
  },
  {
    name: "a wrong password",
    source: "github.com/CiscoSecurity/tr-05-serverless-qualys-ioc code/tests/unit",
    shape: { "authentication_exceptions[]": "string" },
    ours: async ({ url }) => {
      const body = new URLSearchParams({ username: "nobody", password: "x", token: "true" });
      return (await fetch(`${url}/auth`, { method: "POST", body })).json();
    },
  },
  {
    name: "a missing permission",
    source: "docs.qualys.com/en/cs/api/get_started/get_started.htm",
    shape: { errorCode: "string", message: "string", timestamp: "integer" },
    ours: async (mock) =>
      JSON.parse((await qualysClient(mock, "fauxdr-viewer-token").get("/ioc/events")).text),
  },
];

function shapeOf(value: unknown, path = ""): Record<string, string> {
  if (Array.isArray(value)) {
    return Object.assign({}, ...value.map((item) => shapeOf(item, `${path}[]`)));
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    const dot = path === "" ? "" : ".";
    return Object.assign(
      {},
      ...members.map(([name, item]) => shapeOf(item, `${path}${dot}${name}`)),
    );
  }
  const type = value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;
  return { [path]: type };
}

describe("every published recording has the members and types of our reply", () => {
  it.each(RECORDINGS)("$name", async ({ ours, shape, added = {}, lacks = {}, wire }) => {
    await using mock = await startMock({ clock: CLOCK, wire: wire ?? "recorded" });
    const found = shapeOf(await ours(mock));
    const common = Object.entries(found).filter(([path]) => !Object.hasOwn(added, path));
    expect(Object.fromEntries(common)).toEqual(shape);
    // A difference that is named exists.
    expect(Object.keys(found)).toEqual(expect.arrayContaining(Object.keys(added)));
    expect(Object.keys(lacks).filter((path) => path in found)).toEqual([]);
  });

  it("has the recorded forms of ids and times", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const rows: Record<string, string>[] = await read(mock, "/ioc/events", { pageSize: "1000" });
    const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    for (const { id, dateTime, timeSeriesId } of rows) {
      expect(dateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
      const series = new RegExp(`^[A-Z]+_${uuid}_([1-9]\\d?)-([1-9]\\d?)-\\d{4}$`);
      if (timeSeriesId === undefined) expect(id).toMatch(series);
      else {
        expect(timeSeriesId).toMatch(series);
        expect(id).toMatch(new RegExp(`^[A-Z]+_${uuid}_-?\\d{1,19}(_\\d+)?$`));
      }
    }
  });
});
