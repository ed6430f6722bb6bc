import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, reserved, written } from "../../../support/cortex.ts";
import {
  BARE,
  cortexClient,
  FILE,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";

const quarantine = (mock: Mock, ...ids: string[]): Promise<string> =>
  cortexClient(mock).act("endpoints/quarantine", { filters: named(...ids), ...FILE });

describe.each(WIRE_FORMS)("the status of an action, %s form", (wire) => {
  it.each(["actions/get_action_status", "actions/get_action_status/"])(
    "is told at %s, by endpoint",
    async (path) => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const id = await quarantine(mock, OFFLINE, ENDPOINT);
      mock.clock.advance(2 * SECOND);
      const { post } = cortexClient(mock);
      for (const group_action_id of [Number(id), id]) {
        const { status, text } = await post(path, { group_action_id });
        expect(status).toBe(200);
        expect(text).toBe(
          written(
            wire,
            `{"reply":{"data":{"${OFFLINE}":"PENDING","${ENDPOINT}":"COMPLETED_SUCCESSFULLY"}}}`,
          ),
        );
      }
      const exchange = mock.journal.entries().at(-1);
      expect(exchange?.operation).toBe("getActionStatus");
      expect(exchange?.reply).toMatchObject({
        cause: "ok",
        basis: wire === "document" ? "documented" : "recorded",
      });
    },
  );

  const reasons = (id: string, description: string, path?: string): string => {
    const result = path ? `[{"path": ${JSON.stringify(path)}, "status": "FAILED"}]` : "null";
    return `{"reply": {"data": {"${id}": "FAILED"}, "errorReasons": {"${id}": {"errorData": null, "terminated_by": null, "errorDescription": ${JSON.stringify(description)}, "terminate_result": ${result}}}}}`;
  };

  it.each([
    ["an endpoint that has no files", BARE, "Element not found.\r\n"],
    ["the reserved endpoint without the file", reserved(3), "Element not found.\r\n"],
    ["the reserved endpoint that fails", reserved(2), "Access is denied.\r\n"],
  ])("has reasons where recordings do: %s", async (_what, endpoint, description) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const id = await quarantine(mock, endpoint);
    mock.clock.advance(2 * SECOND);
    const { post } = cortexClient(mock);
    const { text } = await post("actions/get_action_status", { group_action_id: id });
    expect(text).toBe(
      wire === "document"
        ? `{"reply":{"data":{"${endpoint}":"FAILED"}}}`
        : reasons(endpoint, description, FILE.file_path),
    );
  });

  it("names no file in the reasons of an action without a file", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post, act } = cortexClient(mock);
    const id = await act("endpoints/isolate", { endpoint_id: reserved(2) });
    mock.clock.advance(2 * SECOND);
    const { text } = await post("actions/get_action_status", { group_action_id: id });
    if (wire === "recorded") expect(text).toBe(reasons(reserved(2), "Access is denied.\r\n"));
    else expect(text).toBe(`{"reply":{"data":{"${reserved(2)}":"FAILED"}}}`);
  });
});
