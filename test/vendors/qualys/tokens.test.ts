import { decodeProtectedHeader, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { CLOCK, NOW } from "../../support/qualys.ts";
import { GOOD_CALLS, make } from "../../support/qualys-calls.ts";
import { login, qualysClient } from "../../support/qualys-client.ts";
import { refusal, refused } from "../../support/qualys-refused.ts";

const IAT = NOW / 1000;
const HOURS_4 = 4 * 60 * 60 * 1000;
const STRANGE = "The token was not issued by this platform";

/** What the server signs with, as far as a forger could guess it. */
const secret = (seed: string, tenant: string): Uint8Array =>
  new TextEncoder().encode(`fauxdr ${seed} ${tenant} `.padEnd(64, "."));

const CLAIMS: JWTPayload = { sub: "fauxdr", iss: "qas", aud: "qas", iat: IAT, exp: IAT + 14_400 };

const forged = (key: Uint8Array, alg = "HS512", claims: JWTPayload = CLAIMS): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg, typ: "JWT" }).sign(key);

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a token", () => {
  it("is a JWT with the claims of the printed sample, signed with HS512", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { text } = await login(mock);
    expect(decodeProtectedHeader(text)).toEqual({ alg: "HS512", typ: "JWT" });
    const { payload } = await jwtVerify(text, secret("fauxdr", "default"), {
      currentDate: new Date(NOW),
    });
    expect(payload).toEqual({
      sub: "fauxdr",
      username: "fauxdr",
      iss: "qas",
      aud: "qas",
      usertype: "User",
      modulesAllowed: ["EDR"],
      iat: IAT,
      exp: IAT + 14_400,
    });
  });

  it("is the same for the same seed, and another for another one", async () => {
    const signIn = async (seed: string): Promise<string> => {
      await using mock = await startMock({ clock: CLOCK, seed });
      return (await login(mock)).text;
    };
    expect(await signIn("a")).toBe(await signIn("a"));
    expect(await signIn("a")).not.toBe(await signIn("b"));
  });

  it("opens every call", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock, (await login(mock)).text);
    for (const call of GOOD_CALLS) {
      expect((await make(client, call)).status).not.toBe(401);
      expect(mock.journal.entries().at(-1)).toMatchObject({
        operation: call.operation,
        principal: "fauxdr",
      });
    }
  });

  it("is valid until the last moment of its four hours, and then expired", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock, (await login(mock)).text);
    const ask = () => client.get("/ioc/asset/count");
    expect((await ask()).status).toBe(200);
    mock.clock.advance(HOURS_4 - 1000);
    expect((await ask()).status).toBe(200);
    mock.clock.advance(999);
    expect((await ask()).status).toBe(200);
    for (const wait of [1, HOURS_4]) {
      mock.clock.advance(wait);
      const at = mock.clock.now();
      expect(await refused(mock, ask)).toEqual(
        refusal("401 UNAUTHORIZED", "unauthenticated", "JWT expired", { at }),
      );
    }
  });

  it("is expired for every call, also where it was not shown before", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { text } = await login(mock);
    mock.clock.advance(HOURS_4);
    const at = mock.clock.now();
    for (const token of [text, "fauxdr-expired-token"]) {
      for (const call of GOOD_CALLS) {
        expect(await refused(mock, () => make(qualysClient(mock, token), call))).toEqual(
          refusal("401 UNAUTHORIZED", "unauthenticated", "JWT expired", { at }),
        );
      }
    }
  });

  it("is followed by a valid one after the next login", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await login(mock);
    mock.clock.advance(HOURS_4);
    const client = qualysClient(mock, (await login(mock)).text);
    expect((await client.get("/ioc/asset/count")).status).toBe(200);
  });
});

describe("a token is refused with 401", () => {
  const [header, payload, signature] = [{ alg: "HS512", typ: "JWT" }, CLAIMS, "c2lnbmF0dXJl"];
  const good = secret("fauxdr", "default");
  const TOKENS: readonly (readonly [what: string, token: () => Promise<string> | string])[] = [
    ["when it was signed by somebody else", () => forged(secret("another", "default"))],
    ["when another tenant signed it", () => forged(secret("fauxdr", "acme"))],
    ["when it is signed in another way", () => forged(good, "HS256")],
    ["when it is not signed", () => `${base64({ ...header, alg: "none" })}.${base64(payload)}.`],
    ["when its signature is made up", () => `${base64(header)}.${base64(payload)}.${signature}`],
    ["when it names nobody", () => forged(good, "HS512", { exp: IAT + 14_400 })],
    ["when it names a stranger", () => forged(good, "HS512", { ...CLAIMS, sub: "mallory" })],
    ["when it holds null", () => `${base64(header)}.${base64(null)}.${signature}`],
    ["when it is two dots", () => ".."],
    ["when it is no JSON", () => "not.a.token"],
    ["when nobody has it", () => "no-such-token"],
    ["when it is a user's name", () => "fauxdr"],
    ["when it is a password", () => "fauxdr-password"],
  ];

  it.each(TOKENS)("%s", async (_what, token) => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock, await token());
    expect(await refused(mock, () => client.get("/ioc/asset/count"))).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", STRANGE),
    );
  });

  it("when one character of a good one is changed, wherever that is", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { text } = await login(mock);
    const parts = text.split(".").map(({ length }) => length);
    const middles = [parts[0], (parts[0] ?? 0) + (parts[1] ?? 0), text.length].map(
      (end = 0) => end - 9,
    );
    for (const at of middles) {
      const other = text[at] === "x" ? "y" : "x";
      const token = text.slice(0, at) + other + text.slice(at + 1);
      const ask = () => qualysClient(mock, token).get("/ioc/asset/count");
      expect(await refused(mock, ask)).toEqual(
        refusal("401 UNAUTHORIZED", "unauthenticated", STRANGE),
      );
    }
  });

  it("when it has no expiry, as one that is expired", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const token = await forged(good, "HS512", { sub: "fauxdr" });
    const ask = () => qualysClient(mock, token).get("/ioc/asset/count");
    expect(await refused(mock, ask)).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", "JWT expired"),
    );
  });
});

it("every call needs a token", async () => {
  await using mock = await startMock({ clock: CLOCK });
  for (const call of GOOD_CALLS) {
    expect(await refused(mock, () => make(qualysClient(mock, ""), call))).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", "The Authorization header is missing"),
    );
    expect(await refused(mock, () => make(qualysClient(mock, "garbage"), call))).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", STRANGE),
    );
  }
});
