import { describe, expect, it } from "vitest";
import { jsonLine, textLine } from "../../src/cli/log.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";

const body = { text: "", bytes: 0 };
const answered: Exchange = {
  id: 1,
  at: "2026-01-31T12:00:00.250Z",
  tenant: "default",
  vendor: "acme",
  operation: "getDevice",
  request: { scheme: "http", method: "GET", url: "/devices/1?a=b", headers: {}, body },
  reply: { status: 200, headers: {}, body, cause: "ok" },
  durationMs: 1.26,
};
const { operation: _, vendor: __, ...unowned } = answered;
const { reply: ___, ...unanswered } = answered;
const refused: Exchange = {
  ...answered,
  reply: { status: 401, headers: {}, body, cause: "unauthenticated" },
  refusal: { kind: "unauthenticated", reason: "no key" },
};
const broken: Exchange = {
  ...answered,
  error: "KitError: off its spec\n    at answer (answer.ts:1)",
};

describe("a line for the terminal", () => {
  it("has time, vendor, operation, status and duration", () => {
    expect(textLine(answered)).toBe("12:00:00.250 acme getDevice 200 1.3ms");
  });

  it("tells what was refused", () => {
    expect(textLine(refused)).toBe("12:00:00.250 acme getDevice 401 1.3ms unauthenticated");
  });

  it("shows why bytes were not a request", () => {
    const nothing = {
      scheme: "http" as const,
      method: "",
      url: "",
      headers: {},
      body: { text: "", bytes: 0 },
    };
    const refusal = { kind: "malformed", reason: "not an HTTP request: noise" } as const;
    const { at, tenant, id, durationMs } = answered;
    expect(textLine({ at, tenant, id, durationMs, request: nothing, refusal })).toBe(
      "12:00:00.250 -   - 1.3ms not an HTTP request: noise",
    );
  });

  it("shows method and URL if there is no operation", () => {
    expect(textLine(unowned)).toBe("12:00:00.250 - GET /devices/1?a=b 200 1.3ms");
  });

  it("says when no reply went out", () => {
    expect(textLine(unanswered)).toBe("12:00:00.250 acme getDevice - 1.3ms");
  });

  it("shows an error of ours instead of a refusal, without its stack", () => {
    expect(textLine({ ...refused, ...broken })).toBe(
      "12:00:00.250 acme getDevice 200 1.3ms KitError: off its spec",
    );
  });

  it("stays one line, and lets no control character through to the terminal", () => {
    const url = "/\u001b[2J\r\n12:00 acme getDevice 200\u0000\u007f\u009b31m";
    expect(textLine({ ...unowned, request: { ...answered.request, url } })).toBe(
      "12:00:00.250 - GET /?[2J??12:00 acme getDevice 200???31m 200 1.3ms",
    );
  });
});

describe("a line for machines", () => {
  it("tells the same, and the tenant", () => {
    expect(jsonLine(answered)).toBe(
      '{"at":"2026-01-31T12:00:00.250Z","tenant":"default","vendor":"acme","operation":"getDevice","status":200,"durationMs":1.26}',
    );
  });

  it("has the refusal, or the whole error, on one line", () => {
    const line = jsonLine({ ...refused, ...broken });
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual({
      at: "2026-01-31T12:00:00.250Z",
      tenant: "default",
      vendor: "acme",
      operation: "getDevice",
      status: 200,
      durationMs: 1.26,
      refusal: "unauthenticated",
      error: "KitError: off its spec\n    at answer (answer.ts:1)",
    });
  });

  it("leaves out what there is not", () => {
    const { vendor: _, operation: __, ...nothing } = unanswered;
    expect(JSON.parse(jsonLine(nothing))).toEqual({
      at: "2026-01-31T12:00:00.250Z",
      tenant: "default",
      durationMs: 1.26,
    });
  });
});
