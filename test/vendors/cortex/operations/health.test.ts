import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, errorBody, PLAIN_ERROR } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";
import {
  ASSUMED,
  cutOff,
  invalid,
  notAnObject,
  refused,
  tooLarge,
} from "../../../support/cortex-refusals.ts";
import { type Bad, badKeys, refuses, subject } from "../../../support/cortex-suites.ts";

const HEALTH = "/public_api/v1/healthcheck";
const VALIDATE = "/api_keys/validate";

const health = subject("healthcheck", "healthcheck", undefined, { method: "GET" });
const validate = { ...subject("validateApiKey", "", undefined, { page: false }), path: VALIDATE };

const raw = (what: string, body: string, expected: Bad["expected"]): Bad => ({
  what,
  sending: { body },
  expected,
});

refuses(health, badKeys(health));
refuses(validate, [
  ...badKeys(validate),
  raw("a body that is cut off", "{", cutOff(ASSUMED)),
  raw("a list", "[]", notAnObject(ASSUMED)),
  raw("null", "null", notAnObject(ASSUMED)),
  raw(
    "a request_data",
    '{"request_data":{}}',
    invalid("/request_data is not a field of this call."),
  ),
  {
    what: "a body that does not say it is JSON",
    sending: { body: "{}", headers: { "content-type": "text/plain" } },
    expected: invalid("Header/content-type must be application/json, not text/plain."),
  },
]);

describe.each(WIRE_FORMS)("the service, %s form", (wire) => {
  it.each([HEALTH, `${HEALTH}/`])("says at %s that it can be used, in 22 bytes", async (path) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { status, headers, text } = await cortexClient(mock).send(path, {
      method: "GET",
      headers: { "accept-encoding": "identity" },
    });
    expect([status, text]).toEqual([200, '{"status":"available"}']);
    expect(headers.get("content-length")).toBe("22");
    expect(headers.get("content-type")).toBe("application/json");
    const [exchange] = mock.journal.entries();
    expect(exchange?.operation).toBe("healthcheck");
    expect(exchange?.reply?.basis).toBe(wire === "document" ? "documented" : "recorded");
  });

  it.each([VALIDATE, `${VALIDATE}/`])("says at %s that a key is good", async (path) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { send } = cortexClient(mock);
    for (const sending of [{}, { body: "{}" }]) {
      const { status, headers, text } = await send(path, sending);
      expect([status, text]).toEqual([200, "true"]);
      expect(headers.get("content-type")).toBe("application/json");
    }
    const [exchange] = mock.journal.entries();
    expect(exchange?.operation).toBe("validateApiKey");
    expect(exchange?.reply?.basis).toBe("assumed");
  });

  it.each([
    [HEALTH, "POST", "GET"],
    [VALIDATE, "GET", "POST"],
  ] as const)("refuses at %s the method %s", async (path, method, allowed) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { status, text } = await cortexClient(mock).send(path, { method });
    const failed = "Internal server error. A unified status for API communication type errors.";
    const extra = `${method} is not allowed on ${path}; use ${allowed}.`;
    expect([status, text]).toEqual([
      500,
      wire === "document" ? errorBody.document(500, failed, extra) : PLAIN_ERROR,
    ]);
    const [exchange] = mock.journal.entries();
    expect(exchange?.reply).toMatchObject({
      cause: "wrong-method",
      basis: wire === "document" ? "assumed" : "recorded",
    });
  });

  it("refuses a key's check with a body over the limit", async () => {
    await using mock = await startMock({
      wire,
      unknownFields: "refuse",
      clock: CLOCK,
      bodyLimitBytes: 1000,
    });
    const call = () => cortexClient(mock).send(VALIDATE, { body: " ".repeat(1001) });
    expect(await refused(mock, "validateApiKey", call)).toEqual(tooLarge(1000)[wire]);
  });
});
