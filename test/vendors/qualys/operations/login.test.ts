import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { CLOCK } from "../../../support/qualys.ts";
import { CREDENTIALS, FORM, login, qualysClient, send } from "../../../support/qualys-client.ts";
import { badRequest, notSignedIn, refusal, refused } from "../../../support/qualys-refused.ts";

const BARE_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const { username, password } = CREDENTIALS;
const FIELDS = `username=${username}&password=${password}`;

describe("/auth hands out a token", () => {
  it("as bare text with 201, in both wire forms", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const recorded = await mock.tenant({ name: "acme", wire: "recorded" });
    const acme = { username: "acme", password: "acme-password" };
    for (const answer of [await login(mock), await login(mock, acme)]) {
      expect(answer.status).toBe(201);
      expect(answer.headers.get("content-type")).toBe("text/plain");
      expect(answer.text).toMatch(BARE_JWT);
    }
    for (const { journal } of [mock, recorded]) {
      expect(journal.entries()).toMatchObject([
        { operation: "login", reply: { status: 201, cause: "ok", basis: "documented" } },
      ]);
    }
  });

  const BORNE: readonly (readonly [what: string, path: string, init: RequestInit])[] = [
    ["without a token field", "/auth", { headers: { "content-type": FORM }, body: FIELDS }],
    [
      "for token=True",
      "/auth",
      { headers: { "content-type": FORM }, body: `${FIELDS}&token=True` },
    ],
    [
      "for token=false",
      "/auth",
      { headers: { "content-type": FORM }, body: `${FIELDS}&token=false` },
    ],
    [
      "with permissions",
      "/auth",
      { headers: { "content-type": FORM }, body: `${FIELDS}&token=true&permissions=true` },
    ],
    ["under a slash", "/auth/", { headers: { "content-type": FORM }, body: FIELDS }],
    [
      "beside a Basic header",
      "/auth",
      { headers: { "content-type": FORM, authorization: "Basic ZmF1eGRyOng=" }, body: FIELDS },
    ],
    [
      "beside the token that has expired",
      "/auth",
      {
        headers: { "content-type": FORM, authorization: "Bearer fauxdr-expired-token" },
        body: FIELDS,
      },
    ],
    [
      "under a misspelt ContentType",
      "/auth",
      { headers: { ContentType: FORM }, body: new TextEncoder().encode(FIELDS) },
    ],
    ["without any Content-Type", "/auth", { body: new TextEncoder().encode(FIELDS) }],
    [
      "with a charset",
      "/auth",
      { headers: { "content-type": `${FORM}; charset=utf-8` }, body: FIELDS },
    ],
    [
      "for a percent-encoded password",
      "/auth",
      { headers: { "content-type": FORM }, body: FIELDS.replace("fauxdr-p", "fauxdr%2D%70") },
    ],
  ];

  it.each(BORNE)("%s", async (_what, path, init) => {
    await using mock = await startMock({ clock: CLOCK });
    const answer = await send(`${mock.url}${path}`, { method: "POST", ...init });
    expect(answer.status).toBe(201);
    expect(await qualysClient(mock, answer.text).get("/ioc/asset/count")).toMatchObject({
      status: 200,
    });
  });
});

describe("/auth refuses", () => {
  const WRONG: readonly (readonly [what: string, form: Readonly<Record<string, string>>])[] = [
    ["a wrong password", { username, password: "wrong" }],
    ["a password in other letters", { username, password: password.toUpperCase() }],
    ["a password with a space behind it", { username, password: `${password} ` }],
    ["another user's password", { username, password: "fauxdr-viewer-password" }],
    ["a token for a password", { username, password: "fauxdr-token" }],
    ["an unknown user", { username: "mallory", password }],
    ["a user name in other letters", { username: "Fauxdr", password }],
    ["an empty password", { username, password: "" }],
    ["an empty user name", { username: "", password }],
    ["nothing for both", { username: "", password: "" }],
  ];

  it.each(WRONG)("%s with 401, in its own shape", async (_what, form) => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await refused(mock, () => login(mock, form))).toEqual(notSignedIn());
  });

  const BAD: readonly (readonly [what: string, form: Record<string, string>, message: string])[] = [
    ["a form without a password", { username }, "/password is required"],
    ["a form without a user name", { password }, "/username is required"],
    [
      "a misspelt field",
      { user: username, password },
      "/username is required; /user is not a field of this call",
    ],
    [
      "a field that it does not have",
      { username, password, x: "1" },
      "/x is not a field of this call",
    ],
  ];

  it.each(BAD)("%s with 400", async (_what, form, message) => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await refused(mock, () => login(mock, form))).toEqual(badRequest(message));
  });

  it("credentials in JSON, and says what it wants", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const body = JSON.stringify({ username, password });
    const headers = { "content-type": "application/json" };
    const ask = () => send(`${mock.url}/auth`, { method: "POST", headers, body });
    expect(await refused(mock, ask)).toEqual(
      badRequest(`Header/content-type must be ${FORM}, not application/json`),
    );
  });

  it("an empty body, also where the credentials are in the query", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => send(`${mock.url}/auth?${FIELDS}`, { method: "POST" });
    expect(await refused(mock, ask)).toMatchObject({ status: 400, cause: "malformed" });
  });

  it("a form of so many fields that reading it would hold others up", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const body = `${FIELDS}&token=true${"&x=1".repeat(1000)}`;
    const ask = () =>
      send(`${mock.url}/auth`, { method: "POST", headers: { "content-type": FORM }, body });
    expect(await refused(mock, ask)).toEqual(
      refusal("400 BAD_REQUEST", "malformed", "The form has more than 1000 fields"),
    );
    expect(mock.findings()).toMatchObject([{ rule: "request.off-spec", basis: "assumed" }]);
  });

  it("a body over the limit with 413", async () => {
    await using mock = await startMock({ clock: CLOCK, bodyLimitBytes: 100 });
    const ask = () => login(mock, { ...CREDENTIALS, permissions: "x".repeat(100) });
    expect(await refused(mock, ask)).toEqual(
      refusal("413 PAYLOAD_TOO_LARGE", "too-large", "The body is larger than 100 bytes"),
    );
  });

  it("a GET: without a token with 401, with one with 405", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await refused(mock, () => qualysClient(mock, "").get("/auth"))).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", "The Authorization header is missing"),
    );
    expect(await refused(mock, () => qualysClient(mock).get("/auth"))).toEqual(
      refusal("405 METHOD_NOT_ALLOWED", "wrong-method", "GET is not allowed on /auth; use POST"),
    );
  });
});
