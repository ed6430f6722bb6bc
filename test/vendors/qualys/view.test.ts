import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { AGENT, CLOCK } from "../../support/qualys.ts";
import { qualysClient } from "../../support/qualys-client.ts";
import { FILE_EVENT, OFFLINE_AGENT, PROCESS_EVENT } from "../../support/qualys-inventory.ts";

const ASSET = {
  agentId: AGENT,
  hostName: "jd-laptop",
  netBiosName: "JD-LAPTOP",
  fullOSName: "Microsoft Windows 11 Enterprise",
  platform: "WINDOWS",
  customerId: "58b888be-a90f-e3be-838d-88877aee572b",
  interfaces: [{ ipAddress: "10.40.1.15", macAddress: "02:00:5e:40:01:0b" }],
  lastLoggedOnUser: ".\\User01",
  assetType: "HOST",
  tags: [{ name: "Cloud Agent", id: 15342001, uuid: "7d3c1a52-6a0e-4c0f-9f53-0c6a2a1e8b11" }],
};

const indicator = (score: string | number, sha256: string): object => ({
  score,
  sha256,
  familyName: "Kolab",
  verdict: "MALICIOUS",
  threatName: "Win32.Worm.Kolab",
  category: "Worm",
});

const FILE_HASH = "da5eaee15de50b6161e5995772029146a76989da533921404520ae9dd5622dd7";
const PROCESS_HASH = "27663494a2016188004f0e4ccc751e35bf7718258e6addc82b039426aa4e60bc";

const fileEvent = (score: string | number): object => ({
  id: FILE_EVENT,
  dateTime: "2026-01-31T11:40:00.000+0000",
  eventProcessedTime: "2026-01-31T11:43:00.000+0000",
  timeSeriesId: expect.stringMatching(/^F_[0-9a-f-]{14}3[0-9a-f-]{21}_31-1-2026$/),
  type: "FILE",
  action: "CREATED",
  eventSource: "EDR",
  score: "8",
  indicator2: [indicator(score, FILE_HASH)],
  asset: ASSET,
  file: {
    fullPath: "C:\\Users\\Public\\Downloads\\invoice_1.exe",
    path: "C:\\Users\\Public\\Downloads",
    fileName: "invoice_1.exe",
    extension: "exe",
    createdDate: "2026-01-31T11:37:26.290+0000",
    sha256: FILE_HASH,
    md5: "da5eaee15de50b6161e5995772029146",
  },
  actor: {
    processId: 6000,
    processName: "explorer.exe",
    imageFullPath: "C:\\Windows\\explorer.exe",
    processEventId: expect.stringMatching(/^RTP_[0-9a-f-]{36}_31-1-2026$/),
    processUniqueId: "1017953464222582364",
  },
});

const processEvent = (score: string | number): object => ({
  id: PROCESS_EVENT,
  dateTime: "2026-01-31T11:40:05.000+0000",
  eventProcessedTime: "2026-01-31T11:43:05.000+0000",
  timeSeriesId: expect.stringMatching(/^RTP_[0-9a-f-]{36}_31-1-2026$/),
  type: "PROCESS",
  action: "RUNNING",
  eventSource: "EDR",
  score: "10",
  indicator2: [indicator(score, PROCESS_HASH)],
  asset: ASSET,
  process: {
    fullPath: "C:\\Windows\\Temp\\svch0st.exe",
    processFile: {
      fullPath: "C:\\Windows\\Temp\\svch0st.exe",
      path: "C:\\Windows\\Temp",
      fileName: "svch0st.exe",
      moduleName: "svch0st.exe",
      uniqueImageId: expect.stringMatching(/^-?\d+$/),
    },
    processName: "svch0st.exe",
    processEventId: expect.stringMatching(/^RTP_[0-9a-f-]{36}_31-1-2026$/),
    elevated: true,
    parentPid: 1,
    isCertificateExists: true,
    arguments: "-k netsvcs",
    pid: 4000,
    userName: "NT AUTHORITY\\SYSTEM",
    integrityLevel: "System",
    sid: "S-1-5-18",
  },
});

const seen = async (mock: Mock, id: string, agentId = AGENT): Promise<string> =>
  (await qualysClient(mock).get(`/ioc/events/${agentId}/${id}`)).text;

const asset = async (mock: Mock, agentId: string): Promise<string> => {
  const filter = `asset.agentid: ${agentId}`;
  return (await qualysClient(mock).get("/ioc/asset/all", { filter })).text;
};

describe("an event", () => {
  it("has the score of its indicators as a text in the document form", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(JSON.parse(await seen(mock, FILE_EVENT))).toEqual([fileEvent("8")]);
    expect(JSON.parse(await seen(mock, PROCESS_EVENT))).toEqual([processEvent("10")]);
  });

  it("has it as a number in the recorded one, and nothing else is different", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    expect(JSON.parse(await seen(mock, FILE_EVENT))).toEqual([fileEvent(8)]);
    expect(JSON.parse(await seen(mock, PROCESS_EVENT))).toEqual([processEvent(10)]);
  });

  const listed = async (mock: Mock, filter: string): Promise<Record<string, unknown>[]> =>
    JSON.parse((await qualysClient(mock).get("/ioc/events", { filter, pageSize: 1000 })).text);

  it("has every type and verdict that is known, and is scored as they demand", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const rows = await listed(mock, "");
    expect([...new Set(rows.map(({ type }) => type))].sort()).toEqual([
      "FILE",
      "MUTEX",
      "NETWORK",
      "PROCESS",
      "REGISTRY",
      "SYSTEM",
    ]);
    const scores: Record<string, unknown[]> = {};
    for (const { score, indicator2 = [] } of rows as {
      score?: string;
      indicator2?: { verdict: string; score?: number; familyName?: string }[];
    }[]) {
      for (const { verdict, score: own, familyName } of indicator2) {
        expect(own === undefined ? undefined : String(own)).toBe(score);
        scores[verdict] = [...(scores[verdict] ?? []), own];
        expect(familyName === undefined).toBe(verdict === "KNOWN" || verdict === "UNKNOWN");
      }
    }
    expect(Object.keys(scores).sort()).toEqual([
      "KNOWN",
      "MALICIOUS",
      "REMEDIATED",
      "SUSPICIOUS",
      "UNKNOWN",
    ]);
    expect(new Set(scores["KNOWN"])).toEqual(new Set([0]));
    expect(new Set(scores["UNKNOWN"])).toEqual(new Set([undefined]));
    for (const score of scores["MALICIOUS"] ?? []) expect(score).toBeGreaterThanOrEqual(8);
    for (const score of scores["SUSPICIOUS"] ?? []) expect(score).toBeLessThan(8);
  });

  it("lacks what a historical row lacks", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const rows = await listed(mock, "");
    const gone = rows.filter(({ timeSeriesId }) => timeSeriesId === undefined);
    expect(gone.length).toBeGreaterThan(2);
    for (const row of gone) {
      expect(row["id"]).toMatch(/^[A-Z]+_[0-9a-f-]{36}_\d{1,2}-\d{1,2}-2026$/);
      expect(row).not.toHaveProperty("eventProcessedTime");
      expect(row["asset"]).not.toHaveProperty("tags");
    }
  });

  it("happened not long before its tenant began, whenever that was", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const first = await listed(mock, "");
    for (const clock of ["2031-03-01T00:00:00Z", CLOCK]) {
      const tenant = await mock.tenant({ clock });
      const token = `${tenant.name}-token`;
      const filter = "event.datetime: [now-1d .. now]";
      const query = { filter, pageSize: 1000 };
      const { text } = await qualysClient(mock, token).get("/ioc/events", query);
      expect(JSON.parse(text)).toHaveLength((await listed(mock, filter)).length);
      const all = await qualysClient(mock, token).get("/ioc/events", { pageSize: 1000 });
      if (clock === CLOCK) expect(JSON.parse(all.text)).toEqual(first);
    }
    expect(await listed(mock, "event.datetime: [now-1h .. now]")).not.toEqual([]);
  });
});

describe("an asset", () => {
  const LAPTOP = {
    hostName: "jd-laptop",
    lastReportedTime: "2026-01-31T12:00:00.000+0000",
    edrFunctionalStatus: "Active",
    productUpdateErrorCode: "0",
    downloadPercent: 100,
    avProfile: {
      name: "standard",
      id: "0f0e7c55-7d52-4b0e-9a39-1d2f4a5b6c7d",
      status: "ASSIGNED",
    },
    operatingSystem: "Microsoft Windows 11 Enterprise",
    platform: "Windows",
    isAVUpToDate: true,
    lastLoggedOnUser: "jdoe",
    id: AGENT,
    isEDREnabled: true,
    interfaces: [
      {
        interfaceName: "Ethernet",
        macAddress: "02:00:5e:40:01:0b",
        gatewayAddress: "10.40.1.1",
        ipAddress: "10.40.1.15",
      },
    ],
    agentId: AGENT,
    agentVersion: "5.5.25.0",
  };

  it.each(["document", "recorded"] as const)("has one form (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire });
    expect(await asset(mock, AGENT)).toBe(JSON.stringify([LAPTOP]));
  });

  it("has reported just now where its agent is online", async () => {
    await using mock = await startMock({ clock: CLOCK });
    mock.clock.advance(90_001);
    const later = { ...LAPTOP, lastReportedTime: "2026-01-31T12:01:30.001+0000" };
    expect(await asset(mock, AGENT)).toBe(JSON.stringify([later]));
  });

  it("is inactive, and was last heard of long ago, where it is offline", async () => {
    await using mock = await startMock({ clock: CLOCK });
    mock.clock.advance(90_001);
    expect(JSON.parse(await asset(mock, OFFLINE_AGENT))).toEqual([
      expect.objectContaining({
        hostName: "db-replica",
        platform: "Linux",
        operatingSystem: "Red Hat Enterprise Linux 9.4",
        edrFunctionalStatus: "Inactive",
        lastReportedTime: "2025-11-14T17:30:00.000+0000",
      }),
    ]);
  });
});
