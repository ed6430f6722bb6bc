import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { AGENT, CLOCK } from "../../support/qualys.ts";
import { qualysClient } from "../../support/qualys-client.ts";
import { FILE_EVENT, OFFLINE_AGENT, PROCESS_EVENT } from "../../support/qualys-inventory.ts";

const ASSET = {
  agentId: AGENT,
  hostName: "jd-laptop",
  netBiosName: "JD-LAPTOP",
  platform: "WINDOWS",
  fullOSName: "Microsoft Windows 11 Enterprise",
  customerId: "58b888be-a90f-e3be-838d-88877aee572b",
  interfaces: [{ ipAddress: "10.40.1.15", macAddress: "02:00:5e:40:01:0b" }],
};

const indicator = (score: string | number, sha256: string): object => ({
  score,
  sha256,
  familyName: "Kolab",
  verdict: "MALICIOUS",
  threatName: "Worm.Kolab",
  category: "Worm",
});

const FILE_HASH = "da5eaee15de50b6161e5995772029146a76989da533921404520ae9dd5622dd7";
const PROCESS_HASH = "27663494a2016188004f0e4ccc751e35bf7718258e6addc82b039426aa4e60bc";

const fileEvent = (score: string | number): object => ({
  id: FILE_EVENT,
  dateTime: "2025-11-03T09:00:00.000+0000",
  eventSource: "EDR",
  type: "FILE",
  action: "CREATED",
  score: "8",
  indicator2: [indicator(score, FILE_HASH)],
  asset: ASSET,
  file: {
    fullPath: "C:\\Users\\Public\\Downloads\\invoice_1.exe",
    path: "C:\\Users\\Public\\Downloads\\",
    fileName: "invoice_1.exe",
    extension: "exe",
    createdDate: "2025-11-03T09:00:00.000+0000",
    sha256: FILE_HASH,
    md5: "da5eaee15de50b6161e5995772029146",
  },
});

const processEvent = (score: string | number): object => ({
  id: PROCESS_EVENT,
  dateTime: "2025-11-03T09:00:05.000+0000",
  eventSource: "EDR",
  type: "PROCESS",
  action: "RUNNING",
  score: "10",
  indicator2: [indicator(score, PROCESS_HASH)],
  asset: ASSET,
  process: {
    processName: "svch0st.exe",
    pid: 4000,
    parentPid: 1,
    userName: "root",
    arguments: "",
    fullPath: "C:\\Windows\\Temp\\svch0st.exe",
  },
});

const seen = async (mock: Mock, id: string, agentId = AGENT): Promise<string> =>
  (await qualysClient(mock).get(`/ioc/events/${agentId}/${id}`)).text;

const asset = async (mock: Mock, agentId: string): Promise<string> => {
  const filter = `asset.agentid: ${agentId}`;
  return (await qualysClient(mock).get("/ioc/asset/all", { filter })).text;
};

describe("an event", () => {
  it("has the score of its indicators as a text in the documented dialect", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await seen(mock, FILE_EVENT)).toBe(JSON.stringify([fileEvent("8")]));
    expect(await seen(mock, PROCESS_EVENT)).toBe(JSON.stringify([processEvent("10")]));
  });

  it("has it as a number in the observed one, and nothing else is different", async () => {
    await using mock = await startMock({ clock: CLOCK, dialect: "observed" });
    expect(await seen(mock, FILE_EVENT)).toBe(JSON.stringify([fileEvent(8)]));
    expect(await seen(mock, PROCESS_EVENT)).toBe(JSON.stringify([processEvent(10)]));
  });

  it("has no indicators where nothing is known", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const unknown = "F_3fe2cd69-9a8a-46e1-a0d0-44f996a96121_5-11-2025";
    const [event] = JSON.parse(await seen(mock, unknown, "59e53117-07c4-44ef-a1dc-e5ad9752f0d8"));
    expect(event.indicator2).toEqual([]);
  });

  it("is suspicious below a score of 8, and malicious from there", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { text } = await qualysClient(mock).get("/ioc/events", { pageSize: 1000 });
    const verdicts = (JSON.parse(text) as { score: string; indicator2: { verdict: string }[] }[])
      .flatMap(({ score, indicator2 }) => indicator2.map(({ verdict }) => `${score} ${verdict}`))
      .sort();
    expect([...new Set(verdicts)]).toEqual([
      "10 MALICIOUS",
      "5 SUSPICIOUS",
      "7 SUSPICIOUS",
      "8 MALICIOUS",
    ]);
  });
});

describe("an asset", () => {
  const LAPTOP = {
    id: AGENT,
    agentId: AGENT,
    agentVersion: "5.5.25.0",
    hostName: "jd-laptop",
    platform: "Windows",
    operatingSystem: "Microsoft Windows 11 Enterprise",
    lastReportedTime: "2026-01-31T12:00:00.000+0000",
    lastLoggedOnUser: "jdoe",
    edrFunctionalStatus: "Active",
    isEDREnabled: true,
    interfaces: [
      {
        interfaceName: "Ethernet",
        macAddress: "02:00:5e:40:01:0b",
        gatewayAddress: "10.40.1.1",
        ipAddress: "10.40.1.15",
      },
    ],
  };

  it.each(["documented", "observed"] as const)("has one form (%s)", async (dialect) => {
    await using mock = await startMock({ clock: CLOCK, dialect });
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
