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

  const reasons = (id: string, description: string, code: number, path: string): string =>
    `{"reply": {"data": {"${id}": "FAILED"}, "errorReasons": {"${id}": {"errorData": "{\\"reportIds\\":[],\\"errorText\\":\\"\\"}", "terminated_by": "instance_id", "errorDescription": ${JSON.stringify(description)}, "terminate_result": [{"path": ${JSON.stringify(path)}, "status": ${code}}]}}}}`;

  it.each([
    ["an endpoint that has no files", BARE, "Element not found.\r\n", 1168],
    ["the reserved endpoint without the file", reserved(3), "Element not found.\r\n", 1168],
    ["the reserved endpoint that fails", reserved(2), "Access is denied.\r\n", 5],
  ])("has reasons where recordings do: %s", async (_what, endpoint, description, code) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const id = await quarantine(mock, endpoint);
    mock.clock.advance(2 * SECOND);
    const { post } = cortexClient(mock);
    const { text } = await post("actions/get_action_status", { group_action_id: id });
    expect(text).toBe(
      wire === "document"
        ? `{"reply":{"data":{"${endpoint}":"FAILED"}}}`
        : reasons(endpoint, description, code, FILE.file_path),
    );
  });

  it.each([
    ["an isolation", "endpoints/isolate", { endpoint_id: reserved(2) }, ["errorData", "errorText"]],
    [
      "a file retrieval",
      "endpoints/file_retrieval",
      { filters: named(reserved(2)), files: { windows: ["C:\\x"] } },
      ["errorData", "errorText", "bucket", "file_name", "file_path", "file_size", "missing_files"],
    ],
    ["a scan, which has no entry", "endpoints/scan", { filters: named(reserved(2)) }, undefined],
  ])("has the members of a recorded form for %s", async (_what, path, data, members) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post, act } = cortexClient(mock);
    const id = await act(path, data);
    mock.clock.advance(2 * SECOND);
    const { text } = await post("actions/get_action_status", { group_action_id: id });
    const { data: states, errorReasons } = JSON.parse(text).reply;
    expect(states).toEqual({ [reserved(2)]: "FAILED" });
    const own = errorReasons?.[reserved(2)];
    expect(own && Object.keys(own)).toEqual(wire === "recorded" ? members : undefined);
  });
});
