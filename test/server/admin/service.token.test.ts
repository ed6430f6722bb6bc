import request from "supertest";
import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { startMock } from "../../../src/mock.ts";
import * as cortex from "../../support/cortex.ts";

const TOKEN = "a-token.of~our+own/1==";
const ERROR =
  "the control API needs a token: send Authorization: Bearer TOKEN, with the value of --admin-token";

describe("a control API with a token", () => {
  it.each([
    ["no header", undefined],
    ["an empty one", ""],
    ["another token", "Bearer another"],
    ["a part of the token", `Bearer ${TOKEN.slice(0, -1)}`],
    ["more than the token", `Bearer ${TOKEN}=`],
    ["the token alone", TOKEN],
    ["another scheme", `Basic ${TOKEN}`],
  ])("refuses every call that comes with %s", async (_, authorization) => {
    await using mock = await startMock({ adminToken: TOKEN });
    await cortex.quarantine(mock);
    const before = mock.store.state();
    for (const [method, path] of [
      ["get", "/__admin/requests"],
      ["get", "/__admin/ca.pem"],
      ["post", "/__admin/reset"],
      ["delete", "/__admin/tenants/default"],
      ["get", "/__admin/nothing"],
    ] as const) {
      const call = request(mock.url)[method](path);
      const reply = await (authorization === undefined ? call : call.set({ authorization }));
      expect([path, reply.status, reply.text]).toEqual([
        path,
        401,
        JSON.stringify({ error: ERROR }),
      ]);
      expect(reply.headers["www-authenticate"]).toBe("Bearer");
    }
    expect(mock.store.state()).toEqual(before);
    expect(mock.journal.entries()).toHaveLength(1);
  });

  it("accepts callers with the token, and any caller of the health check", async () => {
    await using mock = await startMock({ adminToken: TOKEN });
    const authorization = `Bearer ${TOKEN}`;
    const { status } = await request(mock.url).get("/__admin/requests").set({ authorization });
    expect(status).toBe(200);
    expect((await request(mock.url).get("/__admin/health")).status).toBe(200);
    expect((await cortex.quarantine(mock)).status).toBe(200);
  });

  it.each(["bearer", "BEARER", "beaReR", "Bearer "])("takes the scheme as %j", async (scheme) => {
    await using mock = await startMock({ adminToken: TOKEN });
    const ask = (authorization: string) =>
      request(mock.url).get("/__admin/requests").set({ authorization });
    expect((await ask(`${scheme} ${TOKEN}`)).status).toBe(200);
    expect((await ask(`${scheme} another`)).status).toBe(401);
    expect((await ask(`${scheme}${TOKEN}`)).status).toBe(scheme.endsWith(" ") ? 200 : 401);
    // The token's own case counts.
    expect((await ask(`${scheme} ${TOKEN.toUpperCase()}`)).status).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ["another host", { host: "build.corp.example" }],
    ["a foreign page", { origin: "https://evil.example" }],
  ])("lets in a call with the token under %s, and none without it", async (_, sent) => {
    await using mock = await startMock({ adminToken: TOKEN });
    const ask = (authorization: string) =>
      request(mock.url)
        .get("/__admin/requests")
        .set({ ...sent, authorization });
    expect((await ask(`Bearer ${TOKEN}`)).status).toBe(200);
    expect((await ask("Bearer another")).status).toBe(401);
  });

  it("is open where the token is empty", async () => {
    await using mock = await startMock({ adminToken: "" });
    expect((await request(mock.url).get("/__admin/requests")).status).toBe(200);
  });
});

describe("the token", () => {
  it("is in no journal, wherever a client sends it", async () => {
    await using mock = await startMock({ adminToken: TOKEN });
    await request(mock.url)
      .post(`${cortex.PATH}?x=${encodeURIComponent(TOKEN)}`)
      .set({ authorization: `Bearer ${TOKEN}`, "x-own": TOKEN })
      .send({ request_data: { file_path: TOKEN } });
    expect(mock.journal.entries()).toHaveLength(1);
    expect(JSON.stringify(mock.journal.entries())).not.toContain(TOKEN);
    expect(JSON.stringify(mock.settings)).not.toContain(TOKEN);
  });

  it.each([
    ["a b", "must consist of letters, digits and -._~+/, and may end with ="],
    ["a\n", "must consist of letters, digits and -._~+/, and may end with ="],
    [5, "must be text"],
  ])("is not in the sentence that refuses it: %j", (adminToken, sentence) => {
    const start = () => startMock({ adminToken } as { adminToken: string });
    expect(start).toThrow(KitError);
    expect(start).toThrow(new KitError(`"adminToken" in startMock's options ${sentence}.`));
  });
});
