import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, OTHER, reserved, UNKNOWN, written } from "../../../support/cortex.ts";
import {
  BARE,
  cortexClient,
  DAY,
  FILE,
  HASH,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";

const PATH = "quarantine/status";
const FILTERS = named(ENDPOINT, BARE, OFFLINE);
const ask = (endpoint_id: string, file: object = FILE): object => ({ endpoint_id, ...file });

/** Whether the file is in quarantine on an endpoint. */
async function isQuarantined(mock: Mock, endpoint: string, file: object = FILE): Promise<boolean> {
  const { text } = await cortexClient(mock).post(PATH, { files: [ask(endpoint, file)] });
  return JSON.parse(text).reply[0].status;
}

describe.each(WIRE_FORMS)("the quarantine status, %s form", (wire) => {
  it.each([
    ["", "getQuarantineStatus", "documented", "recorded"],
    ["audits/", "getQuarantineStatusLegacy", "assumed", "observed"],
  ])("is told under %jquarantine/status", async (prefix, operation, document, recorded) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post, act } = cortexClient(mock);
    await act("endpoints/quarantine", { filters: FILTERS, ...FILE });
    mock.clock.advance(2 * SECOND);
    for (const path of [`${prefix}${PATH}`, `${prefix}${PATH}/`]) {
      const { status, text } = await post(path, { files: [ask(ENDPOINT), ask(OTHER)] });
      expect(status).toBe(200);
      const entry = (id: string, is: boolean): string =>
        `{"endpoint_id":"${id}","file_path":"C:\\\\temp\\\\test_x64.msi","file_hash":"${HASH}","status":${is}}`;
      expect(text).toBe(
        written(wire, `{"reply":[${entry(ENDPOINT, true)},${entry(OTHER, false)}]}`),
      );
    }
    const exchange = mock.journal.entries().at(-1);
    expect(exchange?.operation).toBe(operation);
    expect(exchange?.reply?.basis).toBe({ document, recorded }[wire]);
  });

  it("is in the order of the request, with its duplicates and spelling", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post, act } = cortexClient(mock);
    await act("endpoints/quarantine", { filters: FILTERS, ...FILE });
    mock.clock.advance(2 * SECOND);
    const loud = { ...FILE, file_hash: HASH.toUpperCase() };
    const files = [ask(UNKNOWN), ask(ENDPOINT, loud), ask(ENDPOINT), ask(UNKNOWN), ask(ENDPOINT)];
    const { text } = await post(PATH, { files });
    expect(JSON.parse(text).reply).toEqual(
      files.map((file, index) => ({ ...file, status: [1, 2, 4].includes(index) })),
    );
  });

  it("is false, not an error, for an unknown endpoint or file", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    expect(await isQuarantined(mock, UNKNOWN)).toBe(false);
    expect(await isQuarantined(mock, "no id at all", { file_path: "?", file_hash: "?" })).toBe(
      false,
    );
  });
});

describe("a file", () => {
  it("is in quarantine from the moment when its action is done", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act, statuses } = cortexClient(mock);
    const id = await act("endpoints/quarantine", { filters: FILTERS, ...FILE });
    for (const [ms, status, is] of [
      [0, "PENDING", false],
      [SECOND, "IN_PROGRESS", false],
      [SECOND - 1, "IN_PROGRESS", false],
      [1, "COMPLETED_SUCCESSFULLY", true],
      [DAY, "COMPLETED_SUCCESSFULLY", true],
    ] as const) {
      mock.clock.advance(ms);
      expect((await statuses(id))[ENDPOINT]).toBe(status);
      expect(await isQuarantined(mock, ENDPOINT)).toBe(is);
    }
    // Not the endpoint without the file, nor the one that never answered.
    expect(await isQuarantined(mock, BARE)).toBe(false);
    expect(await isQuarantined(mock, OFFLINE)).toBe(false);
  });

  it.each([2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "is never in quarantine on the reserved endpoint %d, which does not succeed",
    async (code) => {
      await using mock = await startMock({ clock: CLOCK });
      const { act } = cortexClient(mock);
      await act("endpoints/quarantine", { filters: named(reserved(code)), ...FILE });
      mock.clock.advance(2 * DAY);
      expect(await isQuarantined(mock, reserved(code))).toBe(false);
    },
  );

  it.each([
    ["another path", { ...FILE, file_path: "C:\\temp\\other.msi" }],
    ["its path in capitals", { ...FILE, file_path: FILE.file_path.toUpperCase() }],
    ["another hash", { ...FILE, file_hash: "0".repeat(64) }],
  ])("is not meant by %s", async (_what, file) => {
    await using mock = await startMock({ clock: CLOCK });
    const { act } = cortexClient(mock);
    await act("endpoints/quarantine", { filters: FILTERS, ...FILE });
    mock.clock.advance(2 * SECOND);
    expect(await isQuarantined(mock, ENDPOINT, file)).toBe(false);
    expect(await isQuarantined(mock, ENDPOINT)).toBe(true);
  });

  it("is the same by the hash in capitals, at both ends", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act } = cortexClient(mock);
    const loud = { ...FILE, file_hash: HASH.toUpperCase() };
    await act("endpoints/quarantine", { filters: FILTERS, ...loud });
    mock.clock.advance(2 * SECOND);
    expect(await isQuarantined(mock, ENDPOINT)).toBe(true);
    expect(await isQuarantined(mock, ENDPOINT, loud)).toBe(true);
  });

  it("that the older paths quarantine is in quarantine under all of them", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act, post } = cortexClient(mock);
    await act("audits/endpoints/quarantine", { filters: FILTERS, ...FILE });
    mock.clock.advance(2 * SECOND);
    expect(await isQuarantined(mock, ENDPOINT)).toBe(true);
    const { text } = await post(`audits/${PATH}`, { files: [ask(ENDPOINT)] });
    expect(JSON.parse(text).reply[0].status).toBe(true);
  });

  it("of one tenant is nothing to another", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const other = await mock.tenant({ name: "other" });
    await cortexClient(mock).act("endpoints/quarantine", { filters: FILTERS, ...FILE });
    mock.clock.advance(2 * SECOND);
    other.clock.advance(2 * SECOND);
    const { post } = cortexClient({ ...other, url: mock.url });
    const { text } = await post(PATH, { files: [ask(ENDPOINT)] });
    expect(JSON.parse(text).reply[0].status).toBe(false);
  });
});
