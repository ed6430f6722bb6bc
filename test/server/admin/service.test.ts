import request from "supertest";
import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { vendors } from "../../../src/vendors/index.ts";
import { version } from "../../../src/version.ts";
import * as cortex from "../../support/cortex.ts";
import { needs, run } from "../../support/programs.ts";
import * as qualys from "../../support/qualys.ts";

const wget = needs("wget");

describe("the control API", () => {
  it("says that the server is up, and for whom it stands in", async () => {
    await using mock = await startMock();
    const { status, text } = await request(mock.url).get("/__admin/health");
    expect([status, text]).toEqual([
      200,
      JSON.stringify({
        status: "ok",
        version,
        vendors: vendors.map(({ name, title, emulates }) => ({ name, title, emulates })),
      }),
    ]);
  });

  it("answers HEAD for its health, without a body, and HEAD for nothing else", async () => {
    await using mock = await startMock({ adminToken: "secret" });
    const { status, text } = await request(mock.url).head("/__admin/health");
    expect([status, text ?? ""]).toEqual([200, ""]);
    const other = await request(mock.url)
      .head("/__admin/requests")
      .auth("secret", { type: "bearer" });
    expect([other.status, other.headers["allow"]]).toEqual([405, "GET, DELETE"]);
  });

  it("says with a 405 which methods there are", async () => {
    await using mock = await startMock();
    const health = await request(mock.url).post("/__admin/health");
    expect([health.status, health.headers["allow"]]).toEqual([405, "GET, HEAD"]);
    const reset = await request(mock.url).get("/__admin/reset");
    expect([reset.status, reset.headers["allow"]]).toEqual([405, "POST"]);
  });

  it.skipIf(wget.skip)(`is up for wget --spider${wget.note}`, async () => {
    await using mock = await startMock();
    const { code } = await run("wget", ["--spider", "--tries=1", `${mock.url}/__admin/health`]);
    expect(code).toBe(0);
  });

  it("lists every exchange, oldest first, without those of the control API", async () => {
    await using mock = await startMock({ clock: cortex.CLOCK });
    await cortex.quarantine(mock);
    await qualys.quarantine(mock, { body: "{" });
    await request(mock.url).get("/nowhere");
    await request(mock.url).get("/__admin/health");
    const { status, body } = await request(mock.url).get("/__admin/requests");
    expect(status).toBe(200);
    expect(body.dropped).toBe(0);
    expect(body.requests).toEqual(JSON.parse(JSON.stringify(mock.journal.entries())));
    expect(body.requests).toMatchObject([
      {
        id: 1,
        vendor: "cortex",
        operation: "quarantineFiles",
        principal: "1",
        at: "2026-01-31T12:00:00.000Z",
      },
      { id: 2, vendor: "qualys", operation: "quarantineHost", refusal: { kind: "malformed" } },
      { id: 3, error: expect.stringContaining("no vendor serves GET /nowhere") },
    ]);
  });

  it("says how many exchanges the journal had to drop", async () => {
    await using mock = await startMock({ journalEntries: 2 });
    for (let call = 1; call <= 5; call++) await cortex.quarantine(mock);
    const { body } = await request(mock.url).get("/__admin/requests");
    expect(body.dropped).toBe(3);
    expect(body.requests.map(({ id }: { id: number }) => id)).toEqual([4, 5]);
  });

  it.each(["document", "recorded"] as const)(
    "starts state, ids and journal over, %s form",
    async (wire) => {
      await using mock = await startMock({ wire, clock: cortex.CLOCK });
      const untouched = mock.store.state();
      const run = async (): Promise<string[]> => {
        const texts = [];
        for (const call of [
          () => cortex.quarantine(mock),
          () =>
            cortex.quarantine(mock, { body: cortex.filtered(cortex.filter(cortex.reserved(429))) }),
          () => qualys.quarantine(mock),
        ])
          texts.push((await call()).text);
        return texts;
      };
      const first = await run();
      mock.clock.advance(1000);
      expect(mock.store.state()).not.toEqual(untouched);
      const { status, text } = await request(mock.url).post("/__admin/reset");
      expect([status, text]).toEqual([200, '{"reset":["default"]}']);
      expect(mock.store.state()).toEqual(untouched);
      expect(mock.journal.entries()).toEqual([]);
      expect(mock.clock.now()).toBe(cortex.NOW);
      expect(await run()).toEqual(first);
      expect(mock.journal.entries().map(({ id }) => id)).toEqual([1, 2, 3]);
    },
  );

  it("lists the reserved targets of every vendor", async () => {
    await using mock = await startMock();
    const { status, body } = await request(mock.url).get("/__admin/triggers");
    expect(status).toBe(200);
    expect(body.triggers).toHaveLength(
      vendors.reduce((sum, { triggers }) => sum + triggers.size, 0),
    );
    expect(body.triggers).toContainEqual({
      vendor: "cortex",
      id: cortex.reserved(402),
      name: "refuses-402",
      description: "the call is refused: no licence",
    });
    expect(body.triggers).toContainEqual({
      vendor: "qualys",
      id: qualys.reserved(1),
      name: "completes",
      description: "the action succeeds",
    });
  });

  it.each([
    [
      "get",
      "/__admin/helth",
      404,
      "the control API has no call GET /__admin/helth; the nearest is GET /__admin/health",
    ],
    [
      "get",
      "/__admin/healthy",
      404,
      "the control API has no call GET /__admin/healthy; the nearest is GET /__admin/health",
    ],
    ["get", "/__admin/reset", 405, "/__admin/reset takes POST, not GET"],
    ["put", "/__admin/requests", 405, "/__admin/requests takes GET or DELETE, not PUT"],
  ] as const)("refuses %s %s", async (method, path, status, error) => {
    await using mock = await startMock();
    const reply = await request(mock.url)[method](path);
    expect([reply.status, reply.text]).toEqual([status, JSON.stringify({ error })]);
    expect(reply.headers["x-fauxdr-error"]).toBeUndefined();
  });

  it("refuses a body over the limit", async () => {
    await using mock = await startMock({ bodyLimitBytes: 10 });
    await cortex.quarantine(mock);
    const reply = await request(mock.url).post("/__admin/tenants").send("x".repeat(11));
    expect([reply.status, reply.text]).toEqual([
      413,
      '{"error":"the body is larger than 10 bytes"}',
    ]);
    expect(mock.journal.entries()).toHaveLength(1);
  });
});

describe("credentials", () => {
  it("are nowhere in the journal, wherever a client put them", async () => {
    await using mock = await startMock();
    const known = Object.values(mock.credentials).flatMap((credentials) =>
      credentials.flatMap(({ secrets }) => secrets),
    );
    expect(known).toContain("fauxdr-standard-key");
    for (const secret of known) {
      const sent = {
        authorization: `Bearer ${secret}`,
        "x-xdr-auth-id": secret,
        "x-odd-header": `key=${secret}`,
        cookie: secret,
        [secret]: secret,
        "content-type": "application/json",
      };
      for (const path of [cortex.PATH, qualys.PATH, `/ioc/${secret}`, "/nowhere"]) {
        await request(mock.url)
          .post(`${path}?api_key=${secret}&note=${secret}`)
          .set(sent)
          .send(JSON.stringify({ [secret]: secret, request_data: { note: `<${secret}>` } }));
      }
    }
    const { text, body } = await request(mock.url).get("/__admin/requests");
    expect(body.requests).toHaveLength(4 * known.length);
    for (const secret of known) expect(text).not.toContain(secret);
    expect(text).toContain("[redacted]");
  });
});
