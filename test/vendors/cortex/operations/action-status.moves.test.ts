import { describe, expect, it } from "vitest";
import type { State } from "../../../../src/core/actions/progress.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, OTHER, reserved } from "../../../support/cortex.ts";
import { BARE, cortexClient, DAY, FILE, named, OFFLINE } from "../../../support/cortex-client.ts";

const quarantine = (mock: Mock, ...ids: string[]): Promise<string> =>
  cortexClient(mock).act("endpoints/quarantine", { filters: named(...ids), ...FILE });

const times = (many: number, status: string): string[] => Array(many).fill(status);

describe("advanced by status calls", () => {
  it.each([
    ["completes", ENDPOINT, ["PENDING", "IN_PROGRESS", ...times(3, "COMPLETED_SUCCESSFULLY")]],
    ["fails", reserved(2), ["PENDING", "IN_PROGRESS", ...times(3, "FAILED")]],
    ["lacks the file", BARE, ["PENDING", "IN_PROGRESS", ...times(3, "FAILED")]],
    ["succeeds in part", reserved(4), ["PENDING", "IN_PROGRESS", ...times(3, "COMPLETED_PARTIAL")]],
    ["times out", reserved(5), ["PENDING", ...times(5, "IN_PROGRESS"), ...times(3, "TIMEOUT")]],
    ["expires", reserved(6), [...times(10, "PENDING"), ...times(3, "EXPIRED")]],
    ["is offline", OFFLINE, [...times(10, "PENDING"), ...times(3, "EXPIRED")]],
    ["stays pending", reserved(7), times(30, "PENDING")],
    ["is stuck", reserved(8), ["PENDING", ...times(30, "IN_PROGRESS")]],
    ["is cancelled", reserved(9), ["PENDING", ...times(3, "CANCELLED")]],
    ["is aborted", reserved(10), ["PENDING", "PENDING_ABORT", ...times(3, "ABORTED")]],
  ])("an action that %s shows each step, and time does nothing", async (_what, endpoint, seen) => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const id = await quarantine(mock, endpoint);
    const { statuses } = cortexClient(mock);
    for (const [call, status] of seen.entries()) {
      mock.clock.advance(DAY);
      expect([call, await statuses(id)]).toEqual([call, { [endpoint]: status }]);
    }
  });

  it("an action needs as many status calls per step as the setting says", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls", stepPolls: 2 });
    const id = await quarantine(mock, ENDPOINT);
    const { statuses } = cortexClient(mock);
    const seen: unknown[] = [];
    for (let call = 1; call <= 5; call++) seen.push((await statuses(id))[ENDPOINT]);
    expect(seen).toEqual([
      ...times(2, "PENDING"),
      ...times(2, "IN_PROGRESS"),
      "COMPLETED_SUCCESSFULLY",
    ]);
  });

  it("an action ignores status calls about another one, and refused ones", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const first = await quarantine(mock, ENDPOINT);
    const other = await quarantine(mock, OTHER);
    const { post, statuses } = cortexClient(mock);
    for (let call = 1; call <= 5; call++) await statuses(other);
    await post("actions/get_action_status", { group_action_id: first, x: 1 });
    await post("actions/file_retrieval_details", { group_action_id: first });
    expect(await statuses(first)).toEqual({ [ENDPOINT]: "PENDING" });
  });
});

describe("advanced manually", () => {
  it.each<readonly (readonly [State, string])[]>([
    [
      ["running", "IN_PROGRESS"],
      ["succeeded", "COMPLETED_SUCCESSFULLY"],
    ],
    [
      ["running", "IN_PROGRESS"],
      ["partial", "COMPLETED_PARTIAL"],
    ],
    [
      ["running", "IN_PROGRESS"],
      ["failed", "FAILED"],
    ],
    [
      ["running", "IN_PROGRESS"],
      ["timed-out", "TIMEOUT"],
    ],
    [
      ["running", "IN_PROGRESS"],
      ["aborting", "PENDING_ABORT"],
      ["aborted", "ABORTED"],
    ],
    [
      ["aborting", "PENDING_ABORT"],
      ["aborted", "ABORTED"],
    ],
    [["expired", "EXPIRED"]],
    [["cancelled", "CANCELLED"]],
    [["failed", "FAILED"]],
  ])("an action moves only when it is moved", async (...steps) => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const id = await quarantine(mock, ENDPOINT);
    const { statuses } = cortexClient(mock);
    expect(await statuses(id)).toEqual({ [ENDPOINT]: "PENDING" });
    for (const [state, status] of steps) {
      mock.actions.move(id, { state });
      mock.clock.advance(30 * DAY);
      for (let call = 1; call <= 3; call++) {
        expect(await statuses(id)).toEqual({ [ENDPOINT]: status });
      }
    }
  });

  it("one endpoint of an action advances without the others", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const id = await quarantine(mock, ENDPOINT, OTHER);
    mock.actions.move(id, { state: "running", target: OTHER });
    const { statuses } = cortexClient(mock);
    expect(await statuses(id)).toEqual({ [ENDPOINT]: "PENDING", [OTHER]: "IN_PROGRESS" });
  });

  it("an action no longer follows the time once it is advanced manually", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = await quarantine(mock, ENDPOINT);
    mock.actions.move(id, { state: "cancelled" });
    mock.clock.advance(DAY);
    expect(await cortexClient(mock).statuses(id)).toEqual({ [ENDPOINT]: "CANCELLED" });
  });

  it("an absent file is in the error reason, however the action advanced", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual", wire: "recorded" });
    const id = await quarantine(mock, ENDPOINT, BARE);
    mock.actions.move(id, { state: "failed" });
    const { post } = cortexClient(mock);
    const { text } = await post("actions/get_action_status", { group_action_id: id });
    const { errorReasons } = JSON.parse(text).reply;
    expect(errorReasons[ENDPOINT].errorDescription).toBe("Access is denied.\r\n");
    expect(errorReasons[BARE].errorDescription).toBe("Element not found.\r\n");
  });
});
