import { describe, expect, it } from "vitest";
import type { State } from "../../../../src/core/actions/progress.ts";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, INVENTORY, OTHER, reserved, UNKNOWN } from "../../../support/cortex.ts";
import { cortexClient, named, OFFLINE, SECOND } from "../../../support/cortex-client.ts";
import { forgetsIncidents, subject } from "../../../support/cortex-suites.ts";

const LINUXES = [{ field: "platform", operator: "in", value: ["linux"] }];

describe.each(WIRE_FORMS)("scanning and stopping it, %s form", (wire) => {
  const scanned = {
    document: (id: number, count: number) =>
      `{"reply":{"action_id":"${id}","endpoints_count":"${count}"}}`,
    recorded: (id: number, count: number) =>
      `{"reply": {"action_id": ${id}, "endpoints_count": ${count}}}`,
  }[wire];
  const stopped = {
    document: (id: number, count: number) =>
      `{"reply":{"action_id":"${id}","status":"1","endpoints_count":"${count}"}}`,
    recorded: (id: number, count: number) =>
      `{"reply": {"action_id": ${id}, "status": 1, "endpoints_count": ${count}}}`,
  }[wire];

  it.each(["", "/"])("is answered with %j behind the path", async (slash) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    const filters = named(ENDPOINT, OTHER, UNKNOWN);
    const scan = await post(`endpoints/scan${slash}`, { filters });
    expect([scan.status, scan.text]).toEqual([200, scanned(1001, 2)]);
    const stop = await post(`endpoints/abort_scan${slash}`, { filters });
    expect([stop.status, stop.text]).toEqual([200, stopped(1002, 2)]);
    expect(mock.journal.entries().map(({ operation, reply }) => [operation, reply?.basis])).toEqual(
      wire === "document"
        ? [
            ["scanEndpoints", "documented"],
            ["abortScan", "documented"],
          ]
        : [
            ["scanEndpoints", "observed"],
            ["abortScan", "assumed"],
          ],
    );
  });

  it("goes to every endpoint with the word all", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    expect((await post("endpoints/scan", { filters: "all" })).text).toBe(scanned(1001, INVENTORY));
    expect((await post("endpoints/abort_scan", { filters: "all" })).text).toBe(
      stopped(1002, INVENTORY),
    );
  });

  it("goes to the endpoints that match any filter that get_endpoint knows", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    expect((await post("endpoints/scan", { filters: LINUXES })).text).toBe(scanned(1001, 3));
    const on = { field: "endpoint_status", operator: "in", value: ["connected"] };
    expect((await post("endpoints/abort_scan", { filters: [...LINUXES, on] })).text).toBe(
      stopped(1002, 2),
    );
  });

  it("stops only scans in progress", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    await post("endpoints/scan", { filters: named(ENDPOINT) });
    mock.clock.advance(2 * SECOND);
    await post("endpoints/scan", { filters: named(OTHER) });
    mock.clock.advance(SECOND);
    const filters = named(ENDPOINT, OTHER, OFFLINE);
    expect((await post("endpoints/abort_scan", { filters })).text).toBe(stopped(1003, 1));
    expect(
      mock.actions
        .list()
        .at(-1)
        ?.targets.map(({ id }) => id),
    ).toEqual([OTHER]);
  });
});

describe("an endpoint", () => {
  it("shows each step of its scan", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act, endpoint, statuses } = cortexClient(mock);
    const scan = await act("endpoints/scan", { filters: named(ENDPOINT) });
    for (const [shown, status] of [
      ["SCAN_STATUS_PENDING", "PENDING"],
      ["SCAN_STATUS_IN_PROGRESS", "IN_PROGRESS"],
      ["SCAN_STATUS_SUCCESS", "COMPLETED_SUCCESSFULLY"],
    ]) {
      expect((await endpoint(ENDPOINT))["scan_status"]).toBe(shown);
      expect(await statuses(scan)).toEqual({ [ENDPOINT]: status });
      mock.clock.advance(SECOND);
    }
  });

  it.each(["time", "polls", "manual"] as const)(
    "shows how its scan is stopped (%s), the other endpoints go on",
    async (progress) => {
      await using mock = await startMock({ clock: CLOCK, progress });
      const { act, endpoint, statuses } = cortexClient(mock);
      const scan = await act("endpoints/scan", { filters: named(ENDPOINT, OTHER) });
      if (progress === "polls") await statuses(scan);
      await act("endpoints/abort_scan", { filters: named(ENDPOINT) });
      const first = await statuses(scan);
      expect(first[ENDPOINT]).toBe("PENDING_ABORT");
      expect((await endpoint(ENDPOINT))["scan_status"]).toBe("SCAN_STATUS_PENDING_CANCELLATION");
      if (progress === "manual") mock.actions.move(scan, { target: ENDPOINT });
      mock.clock.advance(2 * SECOND);
      if (progress === "polls") await statuses(scan);
      const last = await statuses(scan);
      expect(last[ENDPOINT]).toBe("ABORTED");
      expect(last[OTHER]).toBe(progress === "manual" ? "PENDING" : "COMPLETED_SUCCESSFULLY");
      expect((await endpoint(ENDPOINT))["scan_status"]).toBe("SCAN_STATUS_ABORTED");
    },
  );

  it.each<readonly [State, string]>([
    ["succeeded", "SCAN_STATUS_SUCCESS"],
    ["partial", "SCAN_STATUS_SUCCESS"],
    ["failed", "SCAN_STATUS_ERROR"],
    ["timed-out", "SCAN_STATUS_TIMEOUT"],
  ])("whose scan %s shows %s", async (state, shown) => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const { act, endpoint } = cortexClient(mock);
    const scan = await act("endpoints/scan", { filters: named(ENDPOINT) });
    mock.actions.move(scan);
    mock.actions.move(scan, { state });
    expect((await endpoint(ENDPOINT))["scan_status"]).toBe(shown);
  });

  it.each<readonly [State, string]>([
    ["expired", "SCAN_STATUS_TIMEOUT"],
    ["cancelled", "SCAN_STATUS_CANCELED"],
  ])("whose scan never began, being %s, shows %s", async (state, shown) => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const { act, endpoint } = cortexClient(mock);
    mock.actions.move(await act("endpoints/scan", { filters: named(ENDPOINT) }), { state });
    expect((await endpoint(ENDPOINT))["scan_status"]).toBe(shown);
  });

  it("shows its newest scan", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { act, endpoint } = cortexClient(mock);
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    mock.clock.advance(2 * SECOND);
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    expect((await endpoint(ENDPOINT))["scan_status"]).toBe("SCAN_STATUS_PENDING");
    await act("endpoints/abort_scan", { filters: named(ENDPOINT) });
    mock.clock.advance(SECOND);
    expect((await endpoint(ENDPOINT))["scan_status"]).toBe("SCAN_STATUS_ABORTED");
  });
});

const filters = named(reserved(1));
forgetsIncidents(subject("scanEndpoints", "endpoints/scan", { filters }));
forgetsIncidents(subject("abortScan", "endpoints/abort_scan", { filters }), (mock) =>
  cortexClient(mock).act("endpoints/scan", { filters }),
);
