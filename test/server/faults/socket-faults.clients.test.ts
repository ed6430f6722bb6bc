import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULTS, type Fault } from "../../../src/core/faults/fault.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { headers } from "../../support/cortex.ts";
import { cortexCall } from "../../support/good-calls.ts";
import { CLIENT_NAMES, CLIENTS, type ClientName, type Seen } from "../../support/wire-clients.ts";

/** What a client sees, by client if they differ. */
type Expected = Readonly<Record<ClientName, object>> | { readonly all: object };

const REPLY = { action_id: "1001", status: "1", endpoints_count: "1" };
const JSON_TYPE = "application/json";
const HTML = "text/html; charset=utf-8";

const seen = (head: Seen, json: unknown): Expected => ({ all: { ...head, json } });

const granted = (reply: object, type = JSON_TYPE): Expected =>
  seen({ status: 200, type }, { reply });

const errors = (byClient: Readonly<Record<ClientName, string>>): Expected =>
  Object.fromEntries(
    Object.entries(byClient).map(([name, error]) => [name, { error }]),
  ) as Readonly<Record<ClientName, object>>;

/** The reply is all there, and cannot be read as JSON. */
const unreadable = (status: number, type: string): Expected =>
  Object.fromEntries(
    Object.entries({
      fetch: "SyntaxError",
      "node:http": "SyntaxError",
      "http.client": "json.decoder.JSONDecodeError",
      requests: "requests.exceptions.JSONDecodeError",
      curl: "SyntaxError",
    } satisfies Record<ClientName, string>).map(([name, error]) => [name, { status, type, error }]),
  ) as Readonly<Record<ClientName, object>>;

const cases: readonly (readonly [Fault, Expected])[] = [
  [{ kind: "delay", delayMs: 1 }, granted(REPLY)],
  [{ kind: "slow-body", overMs: 10 }, granted(REPLY)],
  [
    { kind: "refusal", refusal: "unlicensed" },
    {
      all: {
        status: 402,
        type: JSON_TYPE,
        json: { err_code: "402", err_msg: expect.stringContaining("license type") },
      },
    },
  ],
  [
    { kind: "status", status: 418, body: { short: true } },
    seen({ status: 418, type: JSON_TYPE }, { short: true }),
  ],
  [{ kind: "status", status: 503 }, unreadable(503, "text/plain; charset=utf-8")],
  [{ kind: "html-page" }, unreadable(502, HTML)],
  [{ kind: "html-page", status: 200 }, unreadable(200, HTML)],
  [{ kind: "broken-json" }, unreadable(200, JSON_TYPE)],
  [{ kind: "wrong-content-type" }, granted(REPLY, "text/html")],
  [{ kind: "wrong-content-type", contentType: "text/plain" }, granted(REPLY, "text/plain")],
  [{ kind: "unknown-enum" }, granted({ ...REPLY, status: "FAUXDR_UNHEARD_OF" })],
  [
    { kind: "unknown-enum", at: "/reply/action_id" },
    granted({ ...REPLY, action_id: "FAUXDR_UNHEARD_OF" }),
  ],
  [
    { kind: "extra-fields" },
    seen(
      { status: 200, type: JSON_TYPE },
      { reply: { ...REPLY, fauxdr_extra: {} }, fauxdr_extra: {} },
    ),
  ],
  [{ kind: "type-drift" }, granted({ action_id: 1001, status: 1, endpoints_count: 1 })],
  [{ kind: "type-drift", at: "/reply/status" }, granted({ ...REPLY, status: 1 })],
  [
    { kind: "broken-gzip" },
    errors({
      fetch: "Z_DATA_ERROR",
      "node:http": "Z_DATA_ERROR",
      "http.client": "zlib.error",
      requests: "requests.exceptions.ContentDecodingError",
      curl: "61",
    }),
  ],
  [
    { kind: "truncated-body" },
    errors({
      fetch: "UND_ERR_SOCKET",
      "node:http": "ECONNRESET",
      "http.client": "http.client.IncompleteRead",
      // Before 2.32 it takes a shortened body for a complete one.
      requests: "requests.exceptions.(JSONDecodeError|ChunkedEncodingError)",
      curl: "18",
    }),
  ],
  [
    { kind: "CONNECTION_RESET_BY_PEER" },
    errors({
      fetch: "ECONNRESET",
      "node:http": "ECONNRESET",
      "http.client": "ConnectionResetError",
      requests: "requests.exceptions.ConnectionError",
      curl: "56",
    }),
  ],
  ...[0, 10].map((afterBytes): readonly [Fault, Expected] => [
    { kind: "CONNECTION_RESET_BY_PEER", afterBytes },
    errors({
      fetch: "UND_ERR_SOCKET|ECONNRESET",
      "node:http": "ECONNRESET",
      "http.client": "ConnectionResetError",
      requests: "requests.exceptions.(ChunkedEncodingError|ConnectionError)",
      curl: "56",
    }),
  ]),
  [
    { kind: "EMPTY_RESPONSE" },
    errors({
      fetch: "UND_ERR_SOCKET",
      "node:http": "ECONNRESET",
      "http.client": "http.client.RemoteDisconnected",
      requests: "requests.exceptions.ConnectionError",
      curl: "52",
    }),
  ],
  [
    { kind: "MALFORMED_RESPONSE_CHUNK" },
    errors({
      // From Node 26 on, fetch gives no code for it.
      fetch: "HPE_INVALID_CHUNK_SIZE|TypeError",
      "node:http": "HPE_INVALID_CHUNK_SIZE",
      "http.client": "http.client.IncompleteRead",
      requests: "requests.exceptions.ChunkedEncodingError",
      curl: "56",
    }),
  ],
  [
    { kind: "RANDOM_DATA_THEN_CLOSE" },
    errors({
      fetch: "HPE_INVALID_CONSTANT|TypeError",
      "node:http": "HPE_INVALID_CONSTANT",
      "http.client": "http.client.BadStatusLine",
      requests: "requests.exceptions.ConnectionError",
      curl: "1",
    }),
  ],
];

const { "accept-encoding": _, ...sent } = headers() as Record<string, string>;

it("every kind of fault is tested here", () => {
  // Whether a redirect is followed is a choice of each client: test/contract/rules/redirected.test.ts looks at it.
  const seen = new Set(["redirect", ...cases.map(([{ kind }]) => kind)]);
  expect(seen).toEqual(new Set(Object.keys(FAULTS)));
});

describe.each(CLIENT_NAMES)("%s", (name) => {
  const { needs, ask } = CLIENTS[name];

  describe.skipIf(needs.skip)(`is told${needs.note}`, () => {
    let mock: Mock;
    beforeAll(async () => {
      mock = await startMock();
    });
    afterAll(() => mock.close());

    it.each(cases)("of %j", async (fault, expected) => {
      mock.reset();
      mock.faults.add({ fault });
      const url = `${mock.url}${cortexCall.path}`;
      const { error, ...found } = await ask({ url, headers: sent, body: cortexCall.body });
      const { error: wanted, ...rest }: Seen = "all" in expected ? expected.all : expected[name];
      expect(found).toMatchObject(rest);
      if (wanted === undefined) expect(error).toBeUndefined();
      else expect(error).toMatch(new RegExp(`^(${wanted})$`));
    });
  });
});
