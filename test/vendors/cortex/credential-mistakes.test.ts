import { expect, it } from "vitest";
import { judge } from "../../../src/contract/judge.ts";
import { startMock } from "../../../src/mock.ts";
import { sign } from "../../../src/vendors/cortex/sign.ts";
import { cortex } from "../../../src/vendors/cortex/vendor.ts";
import {
  CLOCK,
  type Headers,
  headers,
  NONCE,
  NOW,
  quarantine,
  signed,
} from "../../support/cortex.ts";

const ADVANCED = "fauxdr-advanced-key";
const TIME = String(NOW);
const digest = sign(ADVANCED, NONCE, TIME);

const MISTAKES: readonly (readonly [
  name: string,
  headers: Headers,
  rule: string,
  what: RegExp,
  fix: RegExp,
])[] = [
  [
    "Bearer before a standard key",
    headers({ authorization: "Bearer fauxdr-standard-key" }),
    "auth.scheme",
    /"Bearer" precedes the key/,
    /key alone/,
  ],
  [
    "Bearer before a digest",
    signed({}, { authorization: `Bearer ${digest}` }),
    "auth.scheme",
    /"Bearer" precedes the digest/,
    /digest alone/,
  ],
  [
    "id and key swapped",
    headers({ "x-xdr-auth-id": "fauxdr-standard-key", authorization: "1" }),
    "auth.wrong",
    /id and the key are swapped/,
    /id into x-xdr-auth-id/,
  ],
  [
    "a standard key signed as an advanced one",
    signed({ id: "1", key: "fauxdr-standard-key" }),
    "auth.scheme",
    /key 1 is a standard key, and the call is signed/,
    /standard key as it is/,
  ],
  [
    "an advanced key sent as it is",
    headers({ "x-xdr-auth-id": "2", authorization: ADVANCED }),
    "auth.scheme",
    /key 2 is an advanced key, and it is sent unsigned/,
    /SHA-256 of key, nonce and timestamp/,
  ],
  [
    "an advanced key sent as it is, beside nonce and timestamp",
    signed({}, { authorization: ADVANCED }),
    "auth.scheme",
    /sent unsigned/,
    /SHA-256/,
  ],
  [
    "a digest in upper case",
    signed({}, { authorization: digest.toUpperCase() }),
    "auth.scheme",
    /digest is written in upper case/,
    /lower-case/,
  ],
  [
    "a digest of the key's id",
    signed({ key: "2" }),
    "auth.wrong",
    /made of the key's id/,
    /key, nonce and timestamp, in this order/,
  ],
  [
    "a digest in another order",
    signed({}, { authorization: sign(ADVANCED, TIME, NONCE) }),
    "auth.wrong",
    /in another order/,
    /key first, then the nonce/,
  ],
  [
    "a wrong digest",
    signed({ key: "another-key" }),
    "auth.wrong",
    /the digest is wrong/,
    /with the values that the headers have/,
  ],
  [
    "seconds in place of milliseconds",
    signed({ timestamp: Math.floor(NOW / 1000) }),
    "auth.scheme",
    /x-xdr-timestamp is in seconds/,
    /milliseconds/,
  ],
  [
    "microseconds in place of milliseconds",
    signed({ timestamp: NOW * 1000 }),
    "auth.scheme",
    /x-xdr-timestamp is in microseconds/,
    /milliseconds/,
  ],
];

it.each(MISTAKES)("%s is named as what it is", async (_, sent, rule, what, fix) => {
  await using mock = await startMock({ clock: CLOCK });
  await quarantine(mock, { headers: sent });
  const found = judge(mock.journal.entries(), [cortex]).filter(
    ({ severity }) => severity === "must",
  );
  expect(found).toMatchObject([
    { rule, what: expect.stringMatching(what), fix: expect.stringMatching(fix) },
  ]);
});

it("a swapped pair reaches the tenant whose id it is, and shows no key", async () => {
  await using mock = await startMock({ clock: CLOCK });
  const tenant = await mock.tenant({ name: "acme" });
  await quarantine(mock, {
    headers: headers({ "x-xdr-auth-id": "acme-standard-key", authorization: "11" }),
  });
  expect(JSON.stringify(tenant.journal.entries())).not.toContain("acme-standard-key");
  expect(tenant.journal.entries()).toHaveLength(1);
});

it.each<[string, Headers]>([
  ["an unknown id", headers({ "x-xdr-auth-id": "99" })],
  ["a wrong key", headers({ authorization: "another-key" })],
  ["Bearer before a wrong key", headers({ authorization: "Bearer another-key" })],
  ["a clock that is an hour off", signed({ timestamp: NOW - 3_600_000 })],
])("%s is not taken for another mistake", async (_, sent) => {
  await using mock = await startMock({ clock: CLOCK });
  await quarantine(mock, { headers: sent });
  expect(mock.journal.entries()[0]?.refusal).not.toHaveProperty("mistake");
});
