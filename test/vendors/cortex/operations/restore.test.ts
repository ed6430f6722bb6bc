import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, OTHER, reserved } from "../../../support/cortex.ts";
import {
  BARE,
  cortexClient,
  FILE,
  HASH,
  LINUX,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";
import { forgetsIncidents, subject } from "../../../support/cortex-suites.ts";

const done = 2 * SECOND;
const SECOND_PATH = { ...FILE, file_path: "D:\\copy.msi" };

async function quarantine(mock: Mock, file: object, ...ids: string[]): Promise<void> {
  await cortexClient(mock).act("endpoints/quarantine", { filters: named(...ids), ...file });
  mock.clock.advance(done);
}

/** On which of these endpoints the file is in quarantine. */
async function quarantined(mock: Mock, file: object, ...ids: string[]): Promise<string[]> {
  const files = ids.map((endpoint_id) => ({ endpoint_id, ...file }));
  const { text } = await cortexClient(mock).post("quarantine/status", { files });
  const entries: { endpoint_id: string; status: boolean }[] = JSON.parse(text).reply;
  return entries.filter(({ status }) => status).map(({ endpoint_id }) => endpoint_id);
}

describe.each(WIRE_FORMS)("restoring a file, %s form", (wire) => {
  const reply = {
    document: (id: number, count: number) =>
      `{"reply":{"action_id":"${id}","status":1,"endpoints_count":"${count}"}}`,
    recorded: (id: number, count: number) =>
      `{"reply": {"action_id": ${id}, "status": 1, "endpoints_count": ${count}}}`,
  }[wire];

  it.each(["endpoints/restore", "endpoints/restore/"])(
    "on one endpoint answers at %s",
    async (path) => {
      await using mock = await startMock({ wire, clock: CLOCK });
      await quarantine(mock, FILE, ENDPOINT, OTHER);
      const { post } = cortexClient(mock);
      const { status, text } = await post(path, { file_hash: HASH, endpoint_id: ENDPOINT });
      expect([status, text]).toEqual([200, reply(1002, 1)]);
      const exchange = mock.journal.entries().at(-1);
      expect(exchange?.operation).toBe("restoreFile");
      expect(exchange?.reply?.basis).toBe(wire === "document" ? "documented" : "observed");
      mock.clock.advance(done);
      expect(await quarantined(mock, FILE, ENDPOINT, OTHER)).toEqual([OTHER]);
    },
  );

  it("without an endpoint goes to every one where the file is in quarantine", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const failing = [BARE, OFFLINE, reserved(2), reserved(4)];
    await quarantine(mock, FILE, ENDPOINT, OTHER, LINUX, ...failing);
    const { post } = cortexClient(mock);
    await post("endpoints/restore", { file_hash: HASH, endpoint_id: LINUX });
    mock.clock.advance(done);
    const { text } = await post("endpoints/restore", { file_hash: HASH });
    expect(text).toBe(reply(1003, 2));
    expect(
      mock.actions
        .list()
        .at(-1)
        ?.targets.map(({ id }) => id),
    ).toEqual([ENDPOINT, OTHER]);
    mock.clock.advance(done);
    expect(await quarantined(mock, FILE, ENDPOINT, OTHER, LINUX)).toEqual([]);
  });
});

describe("a file", () => {
  it("is out of quarantine when its restore is done, and not before", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await quarantine(mock, FILE, ENDPOINT);
    const { act, statuses } = cortexClient(mock);
    const id = await act("endpoints/restore", { file_hash: HASH });
    for (const [ms, status, inside] of [
      [0, "PENDING", [ENDPOINT]],
      [SECOND, "IN_PROGRESS", [ENDPOINT]],
      [SECOND - 1, "IN_PROGRESS", [ENDPOINT]],
      [1, "COMPLETED_SUCCESSFULLY", []],
    ] as const) {
      mock.clock.advance(ms);
      expect(await statuses(id)).toEqual({ [ENDPOINT]: status });
      expect(await quarantined(mock, FILE, ENDPOINT)).toEqual(inside);
    }
  });

  it("is found by its hash alone, in either case, under every path", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await quarantine(mock, FILE, ENDPOINT);
    await quarantine(mock, SECOND_PATH, ENDPOINT);
    expect(await quarantined(mock, FILE, ENDPOINT)).toEqual([ENDPOINT]);
    expect(await quarantined(mock, SECOND_PATH, ENDPOINT)).toEqual([ENDPOINT]);
    const { act } = cortexClient(mock);
    await act("endpoints/restore", { file_hash: HASH.toUpperCase() });
    mock.clock.advance(done);
    expect(await quarantined(mock, FILE, ENDPOINT)).toEqual([]);
    expect(await quarantined(mock, SECOND_PATH, ENDPOINT)).toEqual([]);
  });

  it("stays in quarantine when its restore fails, and can be restored then", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const { act } = cortexClient(mock);
    const id = await act("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
    mock.actions.move(id);
    mock.actions.move(id);
    const restore = await act("endpoints/restore", { file_hash: HASH });
    mock.actions.move(restore, { state: "failed" });
    expect(await quarantined(mock, FILE, ENDPOINT)).toEqual([ENDPOINT]);
    expect(await act("endpoints/restore", { file_hash: HASH })).toBe("1003");
  });

  it("goes in, out, and in again", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act } = cortexClient(mock);
    for (let round = 1; round <= 3; round++) {
      await quarantine(mock, FILE, ENDPOINT);
      expect(await quarantined(mock, FILE, ENDPOINT)).toEqual([ENDPOINT]);
      await act("endpoints/restore", { file_hash: HASH, endpoint_id: ENDPOINT });
      mock.clock.advance(done);
      expect(await quarantined(mock, FILE, ENDPOINT)).toEqual([]);
    }
  });

  it("in quarantine by the older path is restored like any other", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act } = cortexClient(mock);
    await act("audits/endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
    mock.clock.advance(done);
    await act("endpoints/restore", { file_hash: HASH });
    mock.clock.advance(done);
    expect(await quarantined(mock, FILE, ENDPOINT)).toEqual([]);
  });
});

const prepare = (mock: Mock): Promise<void> => quarantine(mock, FILE, ENDPOINT);
forgetsIncidents(subject("restoreFile", "endpoints/restore", { file_hash: HASH }), prepare);
