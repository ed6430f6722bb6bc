import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { AGENT, CLOCK } from "../../support/qualys.ts";
import { qualysClient, quarantine } from "../../support/qualys-client.ts";

const ROW = { type: "FILE", asset: { agentId: AGENT } };

const rows = async (mock: Parameters<typeof qualysClient>[0], path: string, filter: string) =>
  JSON.parse((await qualysClient(mock).get(path, { filter })).text);

describe("an event that a test adds", () => {
  it("is filled in, and found by a client at the tenant's present", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const file = { fullPath: "/opt/x/evil.bin", path: "/opt/x", fileName: "evil.bin" };
    const added = await mock.inventory.put("qualys", "events", { ...ROW, score: "9", file });
    expect(added).toMatchObject({
      id: expect.stringMatching(new RegExp(`^F_${AGENT}_\\d+$`)),
      dateTime: "2026-01-31T12:00:00.000+0000",
      action: "CREATED",
      eventSource: "EDR",
      asset: { agentId: AGENT, hostName: "jd-laptop" },
      file,
    });
    expect(await rows(mock, "/ioc/events", "file.name: evil.bin and event.datetime: now")).toEqual([
      added,
    ]);
  });

  it.each(["document", "recorded"] as const)(
    "may have any row of the vendor (%s)",
    async (wire) => {
      await using mock = await startMock({ clock: CLOCK, wire });
      for (const row of mock.inventory.list("qualys", "events")) {
        expect(await mock.inventory.put("qualys", "events", row)).toEqual(row);
      }
    },
  );

  it("has its own time and id, by which it may be a historical one", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = "F_5ab4ee62-1d5f-3c19-a19f-7a86dc453569_10-2-2020";
    const dateTime = "2020-02-10T00:21:04.000+0000";
    await mock.inventory.put("qualys", "events", { ...ROW, id, dateTime });
    const client = qualysClient(mock);
    const query = { filter: "event.datetime: 2020-02-10", state: "true" };
    expect((await client.get("/ioc/events", query)).text).toBe("[]");
    expect(await rows(mock, "/ioc/events", query.filter)).toMatchObject([{ id, dateTime }]);
  });

  it("gets a new id each time", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ids = new Set<unknown>();
    for (let made = 0; made < 3; made++) {
      const { id } = await mock.inventory.put("qualys", "events", ROW);
      ids.add(id);
      if (made === 1) mock.inventory.remove("qualys", "events", String([...ids][0]));
    }
    expect(ids.size).toBe(3);
  });

  it("is listed, counted and read from its dateTime on", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const dateTime = "2026-01-31T12:00:05.000+0000";
    const { id } = await mock.inventory.put("qualys", "events", { ...ROW, dateTime, score: "9" });
    const client = qualysClient(mock);
    const filter = "event.datetime >= now-1m";
    const look = async () => [
      (await rows(mock, "/ioc/events", filter)).length,
      (await rows(mock, "/ioc/events/searchAfter", filter)).length,
      JSON.parse((await client.get("/ioc/events/count", { filter })).text).count,
      (await client.get(`/ioc/events/${AGENT}/${id}`)).status,
    ];
    expect(await look()).toEqual([0, 0, 0, 404]);
    mock.clock.advance(5000);
    expect(await look()).toEqual([1, 1, 1, 200]);
  });

  it.each([
    ["asset is null", { asset: null }, { asset: null }],
    [
      "asset has a name only",
      { asset: { hostName: "jd-laptop" } },
      { asset: { hostName: "jd-laptop" } },
    ],
    ["id is null", { id: null }, { id: null, asset: { agentId: AGENT } }],
    ["file has no path", { file: { fileName: "x.exe" } }, { file: { fileName: "x.exe" } }],
  ])("may be a row whose %s, and is then listed as given", async (_, odd, shown) => {
    await using mock = await startMock({ clock: CLOCK });
    await mock.inventory.put("qualys", "events", { ...ROW, ...odd });
    const [row, ...others] = await rows(mock, "/ioc/events", "event.datetime: now");
    expect([row, others]).toEqual([expect.objectContaining({ type: "FILE" }), []]);
    expect(row).toMatchObject(shown);
    if ("asset" in odd) expect(row.asset).toEqual(odd.asset);
  });

  const HOST = "The asset.agentId of the row must be that of an asset in the inventory.";
  it.each<readonly [row: object, message: string]>([
    [{ type: "FILE" }, HOST],
    [{ ...ROW, asset: { agentId: "nobody" } }, HOST],
    [{ ...ROW, dateTime: "yesterday" }, "The dateTime of the row must be a date-time with a zone."],
    [{ ...ROW, type: "DISK" }, "/0/type must be equal to one of the allowed values"],
    [{ asset: ROW.asset }, "The row must have a type, such as FILE."],
    [{ ...ROW, score: "11" }, "/0/score must match pattern"],
    [{ ...ROW, id: "" }, "/0/id must NOT have fewer than 1 characters"],
    [{ ...ROW, file: { fileName: 1 } }, "/0/file/fileName must be string"],
    [{ ...ROW, indicator2: [{ verdict: "BAD" }] }, "/0/indicator2/0/verdict must be equal"],
  ])("is refused as %j", async (row, message) => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.snapshot();
    await expect(mock.inventory.put("qualys", "events", { ...row })).rejects.toThrow(message);
    expect(mock.snapshot()).toEqual(before);
  });
});

describe("an asset that a test adds", () => {
  it("is found, can be quarantined, and shows itself in the details", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const row = { agentId: "a-1", hostName: "staged", platform: "Windows", avProfile: undefined };
    await mock.inventory.put("qualys", "assets", row);
    expect(await rows(mock, "/ioc/asset/all", "asset.hostname: staged")).toMatchObject([
      { agentId: "a-1", platform: "Windows", edrFunctionalStatus: "Active" },
    ]);
    const requestId = await quarantine(qualysClient(mock), ["a-1"]);
    const path = `/ioc/remediation-actions/activityLog/${requestId}`;
    expect(JSON.parse((await qualysClient(mock).get(path)).text)).toMatchObject({
      hostName: "staged",
      agentId: "a-1",
    });
  });

  it("may have any row of the vendor, and reports when it says", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const row of mock.inventory.list("qualys", "assets")) {
      expect(await mock.inventory.put("qualys", "assets", row)).toEqual(row);
    }
    const lastReportedTime = "2026-01-01T09:30:00.120+0000";
    const row = { agentId: "a-1", hostName: "late", platform: "Mac", lastReportedTime };
    await mock.inventory.put("qualys", "assets", row);
    expect(await rows(mock, "/ioc/asset/all", "asset.timestamp: 2026-01-01")).toMatchObject([
      { hostName: "late", lastReportedTime },
    ]);
  });

  it.each<readonly [row: object, message: string]>([
    [{ platform: "Linux" }, "The row must have an agentId."],
    [{ agentId: "", platform: "Linux" }, "The row must have an agentId."],
    [{ agentId: "a" }, "The platform of the row must be Windows, Linux or Mac."],
    [{ agentId: "a", platform: "Mac", isEDREnabled: "yes" }, "/0/isEDREnabled must be boolean"],
    [{ agentId: "a", platform: "Mac", lastReportedTime: "now" }, "/0/lastReportedTime must match"],
  ])("is refused as %j", async (row, message) => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.snapshot();
    await expect(mock.inventory.put("qualys", "assets", { ...row })).rejects.toThrow(message);
    expect(mock.snapshot()).toEqual(before);
  });
});

describe("an incident that a test adds", () => {
  const PATH = "/ioc/incidents/searchAfter";

  it("is filled in, and found by its times and source", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const row = { asset: { agentId: AGENT }, description: "Ransom note", source: "VMDR" };
    const added = await mock.inventory.put("qualys", "incidents", row);
    expect(added).toMatchObject({
      id: "INC_1",
      description: "Ransom note",
      status: "OPEN",
      score: 8,
      detectedOn: "2026-01-31T12:00:00.000+0000",
      updatedOn: "2026-01-31T12:00:00.000+0000",
      asset: { agentId: AGENT, hostName: "jd-laptop" },
    });
    expect(await rows(mock, PATH, "incident.source: VMDR")).toEqual([added]);
    expect(await rows(mock, PATH, "incident.detectedon: now")).toEqual([added]);
    expect(mock.inventory.remove("qualys", "incidents", "INC_1")).toBe(true);
    expect(await rows(mock, PATH, "incident.source: VMDR")).toEqual([]);
  });

  it("may have any row of the list, and then stays as it is when its host has new events", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const listed = mock.inventory.list("qualys", "incidents");
    expect(listed.length).toBeGreaterThan(5);
    for (const row of listed) {
      expect(await mock.inventory.put("qualys", "incidents", row)).toEqual(row);
    }
    await mock.inventory.put("qualys", "events", { ...ROW, score: "10" });
    expect(mock.inventory.list("qualys", "incidents")).toEqual(expect.arrayContaining([...listed]));
  });

  it("that follows from events goes with them, and not by itself", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = `INC_${AGENT}`;
    expect(mock.inventory.remove("qualys", "incidents", id)).toBe(false);
    for (const event of mock.inventory.list("qualys", "events")) {
      const { agentId } = event["asset"] as { agentId: string };
      if (agentId === AGENT) mock.inventory.remove("qualys", "events", String(event["id"]));
    }
    expect(mock.inventory.list("qualys", "incidents").map((row) => row["id"])).not.toContain(id);
  });

  it("changes between two reads when an event arrives, and keeps its place", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const dateTime = "2026-01-31T12:00:05.000+0000";
    await mock.inventory.put("qualys", "events", { ...ROW, dateTime, score: "10" });
    const before = await rows(mock, PATH, "");
    mock.clock.advance(5000);
    const after = await rows(mock, PATH, "");
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    expect(ids(after)).toEqual(ids(before));
    const own = (list: { id: string }[]) => list.find(({ id }) => id === `INC_${AGENT}`);
    expect(own(after)).toEqual({ ...own(before), updatedOn: dateTime, score: 10 });
  });

  it("is in a snapshot, and gone with a reset", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await mock.inventory.put("qualys", "incidents", { id: "own", asset: null });
    const saved = JSON.parse(JSON.stringify(mock.snapshot()));
    mock.reset();
    const found = () => mock.inventory.list("qualys", "incidents").some(({ id }) => id === "own");
    expect(found()).toBe(false);
    mock.restore(saved);
    expect(found()).toBe(true);
  });

  it.each<readonly [row: object, message: string]>([
    [{}, "The asset.agentId of the row must be that of an asset in the inventory."],
    [{ asset: { agentId: "nobody" } }, "The asset.agentId of the row must be"],
    [{ asset: null, detectedOn: "today" }, "The detectedOn of the row must be a date-time"],
    [
      {
        asset: null,
        detectedOn: "2026-01-31T12:00:00.000+0000",
        updatedOn: "2026-01-31T11:00:00.000+0000",
      },
      "The updatedOn of the row must not be before its detectedOn.",
    ],
    [{ asset: null, score: 11 }, "/0/score must be <= 10"],
    [{ asset: null, score: "high" }, "/0/score must be integer"],
    [{ asset: null, status: 1 }, "/0/status must be string"],
  ])("is refused as %j", async (row, message) => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.snapshot();
    await expect(mock.inventory.put("qualys", "incidents", { ...row })).rejects.toThrow(message);
    expect(mock.snapshot()).toEqual(before);
  });
});
