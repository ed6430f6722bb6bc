import { describe, expect, it } from "vitest";
import { type MockOptions, startMock } from "../../../src/mock.ts";
import {
  aimedAt,
  body,
  CLOCK,
  errorBody,
  headers,
  PATH,
  PATHS,
  quarantine,
  reserved,
  UNKNOWN,
} from "../../support/qualys.ts";
import { refused } from "../../support/refused.ts";

interface Case {
  readonly title: string;
  readonly kind: string;
  readonly options?: MockOptions;
  readonly sending: Parameters<typeof quarantine>[1];
  readonly code: string;
  readonly message: string;
}

const CASES: readonly Case[] = [
  {
    title: "an empty body",
    kind: "malformed",
    sending: { body: "" },
    code: "400 BAD_REQUEST",
    message: "The body is empty: Expecting value at line 1, column 1",
  },
  {
    title: "broken JSON",
    kind: "malformed",
    sending: { body: '{\n  "user": "John Doe",\n}' },
    code: "400 BAD_REQUEST",
    message:
      "The body is not valid JSON: Expecting property name enclosed in double quotes at line 3, column 1",
  },
  {
    title: "a key twice",
    kind: "malformed",
    sending: { body: '{"comment": "a", "comment": "b"}' },
    code: "400 BAD_REQUEST",
    message: 'The body is not valid JSON: Duplicate property name "comment" at line 1, column 18',
  },
  {
    title: "a charset that is not UTF-8",
    kind: "malformed",
    sending: { headers: headers({ "content-type": "application/json; charset=latin1" }) },
    code: "400 BAD_REQUEST",
    message: "The charset must be UTF-8, not latin1",
  },
  ...["[]", '"text"', "null", "5"].map((sent) => ({
    title: `the body ${sent}`,
    kind: "not-an-object",
    sending: { body: sent },
    code: "400 BAD_REQUEST",
    message: "The body must be object",
  })),
  {
    title: "a field that is not in the document",
    kind: "invalid",
    sending: { body: body({ assetId: "9589ad4e" }) },
    code: "400 BAD_REQUEST",
    message: "/assetId is not a field of this call",
  },
  {
    title: "a content type that is not JSON",
    kind: "invalid",
    sending: { headers: headers({ "content-type": "text/plain" }) },
    code: "400 BAD_REQUEST",
    message: "Header/content-type must be application/json, not text/plain",
  },
  {
    title: "an agent that the inventory does not hold",
    kind: "no-target",
    sending: { body: aimedAt(UNKNOWN) },
    code: "404 NOT_FOUND",
    message: `There is no asset with the agentId ${UNKNOWN}`,
  },
  {
    title: "a body over the limit",
    kind: "too-large",
    options: { bodyLimitBytes: 1000 },
    sending: { body: " ".repeat(1001) },
    code: "413 PAYLOAD_TOO_LARGE",
    message: "The body is larger than 1000 bytes",
  },
  {
    title: "the reserved agent 500",
    kind: "failure",
    sending: { body: aimedAt(reserved(500)) },
    code: "500 INTERNAL_SERVER_ERROR",
    message: "The request names the reserved target 500, which forces a 500",
  },
];

describe("a refusal, on all four paths", () => {
  it.each(CASES)("answers $title", async ({ options, sending, kind, code, message }) => {
    await using mock = await startMock({ ...options, clock: CLOCK });
    for (const path of PATHS) {
      expect(await refused(mock, quarantine(mock, { ...sending, path }))).toEqual({
        status: Number.parseInt(code, 10),
        type: "application/json",
        text: errorBody(code, message),
        kind,
        basis: "assumed",
      });
    }
  });

  it.each(["get", "put", "delete"] as const)("answers the method %s with 405", async (method) => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      const what = `${method.toUpperCase()} is not allowed on ${path}; use POST`;
      expect(await refused(mock, quarantine(mock, { path, method }))).toEqual({
        status: 405,
        type: "application/json",
        text: errorBody("405 METHOD_NOT_ALLOWED", what),
        kind: "wrong-method",
        basis: "assumed",
      });
      expect(mock.journal.entries().at(-1)?.reply?.headers["allow"]).toBe("POST");
    }
  });

  it("answers an unknown path near it with its name", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      const what = `POST ${path}s is not a call of this API; the nearest is POST ${path}`;
      expect(await refused(mock, quarantine(mock, { path: `${path}s` }))).toEqual({
        status: 404,
        type: "application/json",
        text: errorBody("404 NOT_FOUND", what),
        kind: "no-operation",
        basis: "assumed",
      });
    }
  });

  it.each(PATHS)("answers one call too many with 429 and its four headers: %s", async (path) => {
    await using mock = await startMock({ clock: CLOCK });
    const sending = { path, body: aimedAt(reserved(429)) };
    const first = await quarantine(mock, sending);
    expect(first.status).toBe(429);
    expect(first.text).toBe(errorBody("429 TOO_MANY_REQUESTS", "The rate limit is exceeded"));
    expect(first.headers).toMatchObject({
      "x-ratelimit-limit": "10",
      "x-ratelimit-window-sec": "1",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-towait-sec": "1",
    });
    const [exchange] = mock.journal.entries();
    expect(exchange?.refusal?.kind).toBe("rate-limited");
    expect(exchange?.reply?.basis).toBe("documented");
    expect((await quarantine(mock, sending)).status).toBe(200);
  });
});

describe("both wire forms", () => {
  it("have the same refusals", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    for (const { sending, code, message } of CASES.filter(({ options }) => !options)) {
      const { text } = await refused(mock, quarantine(mock, { path: PATH, ...sending }));
      expect(text).toBe(errorBody(code, message));
    }
  });

  it("carry the tenant's time in a refusal", async () => {
    await using mock = await startMock({ clock: CLOCK });
    mock.clock.advance(1234);
    const { body: sent } = await quarantine(mock, { body: "" });
    expect(sent.timestamp).toBe(1_769_860_801_234);
  });
});
