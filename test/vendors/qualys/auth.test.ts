import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { CLOCK, errorBody, headers, PATHS, quarantine } from "../../support/qualys.ts";
import { refused } from "../../support/refused.ts";

const MISSING = "The Authorization header is missing";
const NO_BEARER = 'The Authorization header must be "Bearer", a space and a token';
const UNKNOWN = "The token was not issued by this platform";

const REFUSED: readonly (readonly [what: string, sent: string | undefined, message: string])[] = [
  ["no Authorization", undefined, MISSING],
  ["a token that nobody has", "Bearer no-such-token", UNKNOWN],
  ["a JWT of somebody else", "Bearer eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJqZCJ9.c2ln", UNKNOWN],
  ["a token in other letters", "Bearer FAUXDR-TOKEN", UNKNOWN],
  ["a user's name", "Bearer fauxdr", UNKNOWN],
  ["a user's password", "Bearer fauxdr-password", UNKNOWN],
  ["an expired token", "Bearer fauxdr-expired-token", "JWT expired"],
  ["a token without its scheme", "fauxdr-token", NO_BEARER],
  ["another scheme", "Basic ZmF1eGRyOmZhdXhkci1wYXNzd29yZA==", NO_BEARER],
  ["a scheme without a token", "Bearer", NO_BEARER],
  ["no space after the scheme", "Bearerfauxdr-token", NO_BEARER],
  ["two tokens", "Bearer fauxdr-token fauxdr-token", NO_BEARER],
];

describe("credentials, on all four paths", () => {
  it.each(REFUSED)("refuses %s with 401", async (_what, authorization, message) => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      const call = quarantine(mock, { path, headers: headers({ authorization }) });
      expect(await refused(mock, call)).toEqual({
        status: 401,
        type: "application/json",
        text: errorBody("401 UNAUTHORIZED", message),
        kind: "unauthenticated",
        basis: "assumed",
      });
    }
  });

  it("refuses a user without the permission with 403", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      const authorization = "Bearer fauxdr-viewer-token";
      const call = quarantine(mock, { path, headers: headers({ authorization }) });
      expect(await refused(mock, call)).toEqual({
        status: 403,
        type: "application/json",
        text: errorBody(
          "403 FORBIDDEN",
          "The fauxdr-viewer user does not have the EDR.REMEDIATION.CREATE permission to perform this operation. Ensure that required permissions are assigned to the user",
        ),
        kind: "forbidden",
        basis: "documented",
      });
    }
  });

  it("accepts a valid token, and knows its user", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      expect((await quarantine(mock, { path })).status).toBe(200);
      expect(mock.journal.entries().at(-1)?.principal).toBe("fauxdr");
    }
  });
});

describe("a token", () => {
  it.each([
    ["an unknown path", { path: "/ioc/no/such/call" }],
    ["a wrong method", { method: "get" }],
    ["a broken body", { body: "{" }],
  ] as const)("is judged before %s", async (_what, sending) => {
    await using mock = await startMock({ clock: CLOCK });
    const sent = headers({ authorization: "Bearer fauxdr-expired-token" });
    expect(await refused(mock, quarantine(mock, { ...sending, headers: sent }))).toMatchObject({
      status: 401,
      text: errorBody("401 UNAUTHORIZED", "JWT expired"),
    });
  });

  it("may have the scheme in any case", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const sent = headers({ authorization: "bearer fauxdr-token" });
    expect((await quarantine(mock, { headers: sent })).status).toBe(200);
  });

  it("needs no permission for an unknown path", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const sent = headers({ authorization: "Bearer fauxdr-viewer-token" });
    const call = quarantine(mock, { path: "/ioc/no/such/call", headers: sent });
    expect(await refused(mock, call)).toMatchObject({ status: 404, kind: "no-operation" });
  });
});

describe("a tenant's journal", () => {
  it.each([
    ["a token without its scheme", "own-token"],
    ["a token under another scheme", "Token own-token"],
    ["two tokens", "Bearer own-token own-token"],
  ])("shows %s, refused", async (_what, authorization) => {
    await using mock = await startMock({ clock: CLOCK });
    const tenant = await mock.tenant({ name: "own" });
    const { status } = await quarantine(mock, { headers: headers({ authorization }) });
    expect(status).toBe(401);
    expect(tenant.journal.entries()).toMatchObject([{ refusal: { kind: "unauthenticated" } }]);
    expect(mock.journal.entries()).toEqual([]);
  });

  it("shows a login in JSON, refused", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const tenant = await mock.tenant({ name: "own" });
    const response = await fetch(`${mock.url}/auth`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "own", password: "own-password", token: "true" }),
    });
    expect(response.status).toBe(400);
    expect(tenant.journal.entries()).toMatchObject([
      { operation: "login", reply: { status: 400 } },
    ]);
  });
});
