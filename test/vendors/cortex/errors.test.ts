import { describe, expect, it } from "vitest";
import { type MockOptions, startMock } from "../../../src/mock.ts";
import {
  body,
  CLOCK,
  errorBody,
  filter,
  headers,
  PATH,
  PLAIN_ERROR,
  quarantine,
  reserved,
  UNKNOWN,
} from "../../support/cortex.ts";
import { refused } from "../../support/refused.ts";

const FAILURE = "Internal server error. A unified status for API communication type errors.";
const BAD_REQUEST = "Bad Request. Got an invalid JSON.";

interface Wire {
  readonly status: number;
  readonly text: string;
  readonly basis: string;
}

interface Case {
  readonly title: string;
  readonly kind: string;
  readonly options?: MockOptions;
  readonly sending: Parameters<typeof quarantine>[1];
  readonly document: Wire;
  readonly recorded: Wire;
}

const plain: Wire = { status: 500, text: PLAIN_ERROR, basis: "recorded" };

const assumed = (status: number, text: string): Wire => ({ status, text, basis: "assumed" });

const CASES: readonly Case[] = [
  {
    title: "an empty body",
    kind: "malformed",
    sending: { body: "" },
    document: {
      status: 400,
      text: String.raw`{"err_code":"400","err_msg":"{\"line\": 1, \"column\": 1, \"message\": \"Expecting value\"}","err_extra":"The body is empty."}`,
      basis: "documented",
    },
    recorded: {
      status: 400,
      text: '{"reply": {"err_code": 400, "err_msg": "Bad Request. Got an invalid JSON.", "err_extra": "Expecting value: line 1 column 1 (char 0)"}}',
      basis: "recorded",
    },
  },
  {
    title: "a path whose backslashes are not escaped",
    kind: "malformed",
    sending: { body: '{\n  "request_data": {\n    "file_path": "C:\\Users\\x"\n  }\n}' },
    document: {
      status: 400,
      text: String.raw`{"err_code":"400","err_msg":"{\"line\": 3, \"column\": 21, \"message\": \"Invalid \\\\escape\"}","err_extra":"The body is not valid JSON."}`,
      basis: "documented",
    },
    recorded: {
      status: 400,
      text: String.raw`{"reply": {"err_code": 400, "err_msg": "Bad Request. Got an invalid JSON.", "err_extra": "Invalid \\escape: line 3 column 21 (char 42)"}}`,
      basis: "recorded",
    },
  },
  {
    title: "a charset that is not UTF-8",
    kind: "malformed",
    sending: { headers: headers({ "content-type": "application/json; charset=latin1" }) },
    document: {
      status: 400,
      text: String.raw`{"err_code":"400","err_msg":"{\"line\": 1, \"column\": 1, \"message\": \"the charset must be UTF-8, not latin1\"}","err_extra":"The charset must be UTF-8, not latin1."}`,
      basis: "documented",
    },
    recorded: {
      status: 400,
      text: '{"reply": {"err_code": 400, "err_msg": "Bad Request. Got an invalid JSON.", "err_extra": "The charset must be UTF-8, not latin1."}}',
      basis: "recorded",
    },
  },
  ...["[]", '"text"', "null", "5", "true"].map((sent) => ({
    title: `the body ${sent}`,
    kind: "not-an-object",
    sending: { body: sent },
    document: assumed(400, errorBody.document(400, BAD_REQUEST, "The body must be object.")),
    recorded: plain,
  })),
  {
    title: "an unknown field with umlauts",
    options: { unknownFields: "refuse" },
    kind: "invalid",
    sending: { body: body({ größe: 1 }) },
    document: assumed(
      400,
      '{"err_code":"400","err_msg":"Bad Request. Got an invalid JSON.","err_extra":"/request_data/größe is not a field of this call."}',
    ),
    recorded: assumed(
      500,
      String.raw`{"reply": {"err_code": 500, "err_msg": "An error occurred while processing XDR public API", "err_extra": "/request_data/gr\u00f6\u00dfe is not a field of this call."}}`,
    ),
  },
  {
    title: "a missing file_hash",
    kind: "invalid",
    sending: { body: body({ file_hash: undefined }) },
    document: assumed(
      400,
      errorBody.document(400, BAD_REQUEST, "/request_data/file_hash is required."),
    ),
    recorded: {
      status: 500,
      text: '{"reply": {"err_code": 500, "err_msg": "An error occurred while processing XDR public API", "err_extra": "file_hash param is missing"}}',
      basis: "recorded",
    },
  },
  {
    title: "a body over the limit",
    kind: "too-large",
    options: { bodyLimitBytes: 1000 },
    sending: { body: " ".repeat(1001) },
    document: assumed(
      413,
      '{"err_code":"413","err_msg":"Request entity too large.","err_extra":"The body is larger than 1000 bytes."}',
    ),
    recorded: assumed(
      413,
      '{"reply": {"err_code": 413, "err_msg": "Request entity too large.", "err_extra": null}}',
    ),
  },
  {
    title: "endpoints that the inventory does not hold",
    kind: "no-target",
    sending: { body: body({ filters: [filter(UNKNOWN)] }) },
    document: assumed(
      500,
      '{"err_code":"500","err_msg":"Internal server error. A unified status for API communication type errors.","err_extra":"No endpoint was found for creating the requested action QUARANTINE."}',
    ),
    recorded: assumed(
      500,
      `{"reply": {"err_code": 500, "err_msg": "An error occurred while processing XDR public API - No endpoint was found for creating the requested action", "err_extra": "can't create group action id for QUARANTINE"}}`,
    ),
  },
  {
    title: "the reserved endpoint 500",
    kind: "failure",
    sending: { body: body({ filters: [filter(reserved(500))] }) },
    document: {
      status: 500,
      text: errorBody.document(
        500,
        FAILURE,
        "The request names the reserved target 500, which forces a 500.",
      ),
      basis: "documented",
    },
    recorded: {
      status: 500,
      text: '{"reply": {"err_code": 500, "err_msg": "An error occurred while processing XDR public API", "err_extra": "The request names the reserved target 500, which forces a 500."}}',
      basis: "recorded",
    },
  },
  {
    title: "an unknown path",
    kind: "no-operation",
    sending: { path: `${PATH}s` },
    document: assumed(
      500,
      errorBody.document(
        500,
        FAILURE,
        `POST ${PATH}s is not a call of this API; the nearest is POST ${PATH}.`,
      ),
    ),
    recorded: plain,
  },
  {
    title: "a path in capitals",
    kind: "no-operation",
    sending: { path: "/public_api/v1/endpoints/QUARANTINE" },
    document: assumed(
      500,
      errorBody.document(
        500,
        FAILURE,
        `POST /public_api/v1/endpoints/QUARANTINE is not a call of this API; the nearest is POST ${PATH}.`,
      ),
    ),
    recorded: plain,
  },
  ...(["get", "put", "delete"] as const).map((method) => ({
    title: `the method ${method}`,
    kind: "wrong-method",
    sending: { method },
    document: assumed(
      500,
      errorBody.document(
        500,
        FAILURE,
        `${method.toUpperCase()} is not allowed on ${PATH}; use POST.`,
      ),
    ),
    recorded: plain,
  })),
];

describe.each(["document", "recorded"] as const)("a refusal, %s form", (wire) => {
  it.each(CASES)("answers $title", async ({ options, sending, kind, ...forms }) => {
    await using mock = await startMock({ ...options, wire, clock: CLOCK });
    const { status, text, basis } = forms[wire];
    expect(await refused(mock, quarantine(mock, sending))).toEqual({
      status,
      type: text === PLAIN_ERROR ? "text/plain" : "application/json",
      text,
      kind,
      basis,
    });
  });

  it.each([
    [200, 200, ""],
    [201, 200, "…"],
    [5000, 200, "…"],
  ])("shows a path of %i characters with %i of them", async (length, kept, rest) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const path = `${PATH}/`.padEnd(length, "x");
    const { text } = await refused(mock, quarantine(mock, { path }));
    if (wire === "recorded") expect(text).toBe(PLAIN_ERROR);
    else {
      const [shown] = JSON.parse(text).err_extra.split(" is not a call of this API; ");
      expect(shown).toBe(`POST ${path.slice(0, kept)}${rest}`);
    }
  });

  it("answers the first call on the reserved endpoint 429 with 429, the next with success", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const sending = { body: body({ filters: [filter(reserved(429))] }) };
    const first = await quarantine(mock, sending);
    expect(first.status).toBe(429);
    expect(first.text).toBe(
      wire === "document"
        ? '{"err_code":"429","err_msg":"Too many requests.","err_extra":"The limit is 10 requests a second."}'
        : '{"reply": {"err_code": 429, "err_msg": "Too many requests.", "err_extra": null}}',
    );
    const [exchange] = mock.journal.entries();
    expect(exchange?.refusal?.kind).toBe("rate-limited");
    expect(exchange?.reply?.basis).toBe("assumed");
    const second = await quarantine(mock, sending);
    expect(second.status).toBe(200);
    // The refused call used up no action id.
    expect(String(second.body.reply.action_id)).toBe("1001");
  });
});

it("has the length of the recorded plain text", () => {
  expect(PLAIN_ERROR).toHaveLength(110);
});
