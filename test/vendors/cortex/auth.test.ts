import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { sign } from "../../../src/vendors/cortex/sign.ts";
import { nonces } from "../../../src/vendors/cortex/state.ts";
import {
  CLOCK,
  errorBody,
  type Headers,
  headers,
  NONCE,
  NOW,
  PATH,
  quarantine,
  signed,
} from "../../support/cortex.ts";
import { refused } from "../../support/refused.ts";

const UNAUTHORIZED =
  "Unauthorized access. An issue occurred during authentication. This can indicate an incorrect key, id, or other invalid authentication parameters.";

/** The one body that recordings show for every 401: 93 bytes, no line end. */
const RECORDED_401 =
  '{"reply": {"err_code": 401, "err_msg": "Public API request unauthorized", "err_extra": null}}';

const WINDOW = 15 * 60 * 1000;
const WRONG_SIGNATURE =
  "The Authorization header is not the lower-case SHA-256 of key, nonce and timestamp.";
const WRONG_NONCE = "The x-xdr-nonce header must be up to 64 letters and digits.";
const WRONG_TIMESTAMP = "The x-xdr-timestamp header must be milliseconds since 1970, in digits.";
const UNSIGNED = "The key 2 is an advanced key: it needs x-xdr-nonce and x-xdr-timestamp.";
const BEHIND = "The x-xdr-timestamp header is more than 900 seconds behind the server's clock.";
const AHEAD = "The x-xdr-timestamp header is more than 900 seconds ahead of the server's clock.";
const WRONG_KEY = "The key does not belong to the id 1.";
const NO_KEY = "The Authorization header is missing.";

const digest = signed()["authorization"] ?? "";
const nameless: Headers = { authorization: undefined };

const REFUSED: readonly (readonly [credentials: string, headers: Headers, reason: string])[] = [
  ["no key id", headers({ "x-xdr-auth-id": undefined }), "The x-xdr-auth-id header is missing."],
  ["no key", headers(nameless), NO_KEY],
  ["a wrong key", headers({ authorization: "no-such-key" }), WRONG_KEY],
  ["a key of another id", headers({ authorization: "fauxdr-viewer-key" }), WRONG_KEY],
  [
    "a key after the word Bearer",
    headers({ authorization: "Bearer fauxdr-standard-key" }),
    '"Bearer" precedes the key in Authorization.',
  ],
  ["an unknown id", headers({ "x-xdr-auth-id": "99" }), "There is no API key with the id 99."],
  [
    "a revoked key",
    headers({ "x-xdr-auth-id": "5", authorization: "fauxdr-revoked-key" }),
    "The API key 5 was revoked.",
  ],
  [
    "a key in x-xdr-auth-hash",
    headers({ ...nameless, "x-xdr-auth-hash": "fauxdr-standard-key" }),
    NO_KEY,
  ],
  ["a digest in x-xdr-auth-hash", signed({}, { ...nameless, "x-xdr-auth-hash": digest }), NO_KEY],
  [
    "a digest in x-xdr-hmac-sha256",
    signed({}, { ...nameless, "x-xdr-hmac-sha256": digest }),
    NO_KEY,
  ],
  [
    "a signature under a standard key's id",
    signed({ id: "1" }),
    "The key 1 is a standard key, and the call is signed as with an advanced key.",
  ],
  [
    "a key in the place of its id, without repeating it,",
    headers({ "x-xdr-auth-id": "fauxdr-standard-key" }),
    "The x-xdr-auth-id header is not the id of an API key, which is a number.",
  ],
  [
    "digits as long as a key in the place of the id, without repeating them,",
    headers({ "x-xdr-auth-id": "1234567890" }),
    "The x-xdr-auth-id header is not the id of an API key, which is a number.",
  ],
  [
    "an advanced key as it stands",
    headers({ "x-xdr-auth-id": "2", authorization: "fauxdr-advanced-key" }),
    UNSIGNED,
  ],
  ["a signature without its nonce", signed({}, { "x-xdr-nonce": undefined }), UNSIGNED],
  ["a signature without its timestamp", signed({}, { "x-xdr-timestamp": undefined }), UNSIGNED],
  ["a digest of another key", signed({ key: "fauxdr-standard-key" }), WRONG_SIGNATURE],
  ["a digest of the key id", signed({ key: "2" }), WRONG_SIGNATURE],
  ["a digest in capitals", signed({}, { authorization: digest.toUpperCase() }), WRONG_SIGNATURE],
  ["a digest over another nonce", signed({}, { "x-xdr-nonce": "other" }), WRONG_SIGNATURE],
  [
    "a digest over another time",
    signed({}, { "x-xdr-timestamp": String(NOW + 1) }),
    WRONG_SIGNATURE,
  ],
  ["a stale timestamp", signed({ timestamp: NOW - WINDOW - 1 }), BEHIND],
  ["a timestamp from the future", signed({ timestamp: NOW + WINDOW + 1 }), AHEAD],
  ["a timestamp in seconds", signed({ timestamp: NOW / 1000 }), BEHIND],
  ["a timestamp in words", signed({ timestamp: CLOCK }), WRONG_TIMESTAMP],
  ["a timestamp with a sign", signed({ timestamp: `+${NOW}` }), WRONG_TIMESTAMP],
  ["a nonce with punctuation", signed({ nonce: "9589ad4e-670a-460a" }), WRONG_NONCE],
  ["a nonce of 65 characters", signed({ nonce: `${NONCE}0` }), WRONG_NONCE],
];

describe.each(["document", "recorded"] as const)("credentials, %s form", (wire) => {
  it.each(REFUSED)("refuses %s with 401", async (_credentials, sent, reason) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    expect(await refused(mock, quarantine(mock, { headers: sent }))).toEqual({
      status: 401,
      type: "application/json",
      text: wire === "document" ? errorBody.document(401, UNAUTHORIZED, reason) : RECORDED_401,
      kind: "unauthenticated",
      basis: wire === "document" ? "documented" : "recorded",
    });
  });

  it("refuses a key without the licence with 402", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const sent = headers({ "x-xdr-auth-id": "3", authorization: "fauxdr-unlicensed-key" });
    expect(await refused(mock, quarantine(mock, { headers: sent }))).toEqual({
      status: 402,
      type: "application/json",
      text:
        wire === "document"
          ? '{"err_code":"402","err_msg":"Unauthorized access. User does not have the required license type to run this API.","err_extra":"No licence covers this call for 3."}'
          : '{"reply": {"err_code": 402, "err_msg": "feature not supported", "err_extra": null}}',
      kind: "unlicensed",
      basis: wire === "document" ? "documented" : "assumed",
    });
  });

  it("refuses a key without the permission with 403", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const sent = headers({ "x-xdr-auth-id": "4", authorization: "fauxdr-viewer-key" });
    expect(await refused(mock, quarantine(mock, { headers: sent }))).toEqual({
      status: 403,
      type: "application/json",
      text:
        wire === "document"
          ? '{"err_code":"403","err_msg":"Forbidden access. The provided API Key does not have the required RBAC permissions to run this API.","err_extra":"The role of 4 does not include quarantineFiles."}'
          : '{"reply": {"err_code": 403, "err_msg": "Insufficient permissions", "err_extra": null}}',
      kind: "forbidden",
      basis: wire === "document" ? "documented" : "assumed",
    });
  });

  it.each([
    ["an unknown path", { path: "/public_api/v1/no/such/call" }],
    ["a wrong method", { method: "get" }],
    ["a broken body", { body: "{" }],
  ] as const)("judges credentials before %s", async (_what, sending) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const sent = headers({ authorization: "no-such-key" });
    const refusal = await refused(mock, quarantine(mock, { ...sending, headers: sent }));
    expect(refusal).toMatchObject({ status: 401, kind: "unauthenticated" });
    if (wire === "recorded") expect(refusal.text).toBe(RECORDED_401);
  });
});

describe("a signature", () => {
  it("is the digest of the vendor's published example", () => {
    expect(sign("testApiKey", NONCE, "1584983036945")).toBe(
      "8eb5e56a1656a35c9d187762d945339455b5382e11d779c458a63c652e1e79e9",
    );
  });

  it.each([
    ["at the beginning of the window", { timestamp: NOW - WINDOW }],
    ["at the end of the window", { timestamp: NOW + WINDOW }],
    ["in whole seconds times 1000", { timestamp: NOW - 1000 }],
    ["with a nonce of one character", { nonce: "a" }],
    ["with a nonce of 64 characters", { nonce: "Zz9".repeat(22).slice(0, 64) }],
  ])("holds %s", async (_when, signature) => {
    await using mock = await startMock({ clock: CLOCK });
    expect((await quarantine(mock, { headers: signed(signature) })).status).toBe(200);
  });

  it("goes stale as the tenant's clock moves on", async () => {
    await using mock = await startMock({ clock: CLOCK, signatureWindowSeconds: 60 });
    mock.clock.advance(60_000);
    expect((await quarantine(mock, { headers: signed() })).status).toBe(200);
    mock.clock.advance(1);
    const { text } = await refused(mock, quarantine(mock, { headers: signed() }));
    expect(JSON.parse(text).err_extra).toBe(
      "The x-xdr-timestamp header is more than 60 seconds behind the server's clock.",
    );
  });

  it("may be used again and again", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (let call = 1; call <= 3; call++) {
      expect((await quarantine(mock, { headers: signed() })).status).toBe(200);
    }
  });

  it("is refused the second time when the settings say so", async () => {
    await using mock = await startMock({ clock: CLOCK, refuseNonceReuse: true });
    // A forged request must not use up the nonce of the true one.
    await refused(mock, quarantine(mock, { headers: signed({ key: "forged" }) }));
    expect((await quarantine(mock, { headers: signed() })).status).toBe(200);
    expect(await refused(mock, quarantine(mock, { headers: signed() }))).toEqual({
      status: 401,
      type: "application/json",
      text: errorBody.document(401, UNAUTHORIZED, "The x-xdr-nonce header was used before."),
      kind: "unauthenticated",
      basis: "documented",
    });
    const fresh = signed({ nonce: "another" });
    expect((await quarantine(mock, { headers: fresh })).status).toBe(200);
  });

  it("is kept for as long as its signature could be sent again, and no longer", async () => {
    await using mock = await startMock({ clock: CLOCK, refuseNonceReuse: true });
    // A clock that is ahead by as much as is allowed.
    const ahead = signed({ timestamp: NOW + WINDOW });
    const kept = (): string[] => mock.store.all(nonces).map(({ nonce }) => nonce);
    expect((await quarantine(mock, { headers: ahead })).status).toBe(200);
    mock.clock.advance(2 * WINDOW);
    expect(await refused(mock, quarantine(mock, { headers: ahead }))).toMatchObject({
      text: errorBody.document(401, UNAUTHORIZED, "The x-xdr-nonce header was used before."),
    });
    const other = signed({ nonce: "another", timestamp: NOW + 2 * WINDOW });
    expect((await quarantine(mock, { headers: other })).status).toBe(200);
    expect(kept()).toEqual([NONCE, "another"]);
    mock.clock.advance(1);
    expect((await quarantine(mock, { headers: ahead })).text).toContain("x-xdr-timestamp");
    const third = signed({ nonce: "third", timestamp: NOW + 2 * WINDOW + 1 });
    expect((await quarantine(mock, { headers: third })).status).toBe(200);
    expect(kept()).toEqual(["another", "third"]);
  });
});

it("a call drops two old nonces at most, however many there are", async () => {
  await using mock = await startMock({ clock: CLOCK, refuseNonceReuse: true });
  for (let at = 0; at < 9; at++) mock.store.put(nonces, { nonce: `old${at}`, at });
  expect((await quarantine(mock, { headers: signed() })).status).toBe(200);
  const kept = mock.store.all(nonces).map(({ nonce }) => nonce);
  expect(kept).toEqual([...[2, 3, 4, 5, 6, 7, 8].map((at) => `old${at}`), NONCE]);
});

describe("an unknown path", () => {
  it("needs no licence and no permission", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const [id, key] of [
      ["3", "fauxdr-unlicensed-key"],
      ["4", "fauxdr-viewer-key"],
    ] as const) {
      const sent = headers({ "x-xdr-auth-id": id, authorization: key });
      const refusal = await refused(mock, quarantine(mock, { path: `${PATH}s`, headers: sent }));
      expect(refusal).toMatchObject({ status: 500, kind: "no-operation" });
    }
  });
});
