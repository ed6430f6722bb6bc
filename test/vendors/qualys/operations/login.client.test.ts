import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { CLOCK } from "../../../support/qualys.ts";
import {
  type Answer,
  FORM,
  qualysClient,
  type Server,
  send,
} from "../../../support/qualys-client.ts";
import { notSignedIn, refusal, refused } from "../../../support/qualys-refused.ts";

const PATHS = ["/auth/oidc", "/auth/oauth"];
const GOOD = { clientId: "fauxdr", clientSecret: "fauxdr-password" };

const signIn = (
  { url }: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Answer> =>
  send(`${url}${path}`, { method: "POST", headers, ...(body !== undefined && { body }) });

describe.each(PATHS)("%s", (path) => {
  it.each(["", "/"])("hands out a bare token with 201 (slash: '%s')", async (slash) => {
    await using mock = await startMock({ clock: CLOCK });
    const answer = await signIn(mock, `${path}${slash}`, GOOD);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("content-type")).toBe("text/plain");
    expect(answer.text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it("issues a token that the calls accept for four hours", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { text } = await signIn(mock, path, GOOD);
    const ask = () => qualysClient(mock, text).get("/ioc/events/count");
    mock.clock.advance(4 * 60 * 60 * 1000 - 1);
    expect((await ask()).status).toBe(200);
    mock.clock.advance(1);
    expect(await refused(mock, ask)).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", "JWT expired", { at: mock.clock.now() }),
    );
  });

  it.each([
    ["a form", FORM, "username=x"],
    ["what is no JSON", "application/json", "{"],
    ["an unknown type", "text/xml", "<x/>"],
  ])("does not look at a body: %s", async (_what, type, body) => {
    await using mock = await startMock({ clock: CLOCK });
    const answer = await signIn(mock, path, { ...GOOD, "content-type": type }, body);
    expect(answer.status).toBe(201);
  });

  it("ignores the request for an encrypted token", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const plain = await signIn(mock, path, GOOD);
    const encrypted = await signIn(mock, `${path}?encrypted=true`, { ...GOOD, encrypted: "true" });
    expect(encrypted.text).toBe(plain.text);
  });

  it.each<readonly [what: string, headers: Readonly<Record<string, string>>]>([
    ["no headers", {}],
    ["no clientId", { clientSecret: GOOD.clientSecret }],
    ["no clientSecret", { clientId: GOOD.clientId }],
    ["an empty clientId", { ...GOOD, clientId: "" }],
    ["an empty clientSecret", { ...GOOD, clientSecret: "" }],
    ["a wrong clientSecret", { ...GOOD, clientSecret: "wrong" }],
    ["a wrong clientId", { ...GOOD, clientId: "mallory" }],
    ["a good token instead", { authorization: "Bearer fauxdr-token" }],
    ["Basic credentials instead", { authorization: "Basic ZmF1eGRyOmZhdXhkci1wYXNzd29yZA==" }],
  ])("refuses %s with 401", async (_what, headers) => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await refused(mock, () => signIn(mock, path, headers))).toEqual(notSignedIn("assumed"));
  });
});
