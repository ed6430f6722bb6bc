import request from "supertest";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import * as cortex from "../support/cortex.ts";

const APP = "https://app.example:8443";
const ASKS = {
  origin: APP,
  "access-control-request-method": "POST",
  "access-control-request-headers": "authorization,x-xdr-auth-id,content-type",
};

const corsOf = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith("access-control-")),
  );

describe.each([APP, `https://other.example, ${APP}`, "*"])("with the origins %s", (corsOrigins) => {
  it("a browser's preflight request gets what it may send, and is not a call", async () => {
    await using mock = await startMock({ corsOrigins });
    const { status, headers, text } = await request(mock.url).options(cortex.PATH).set(ASKS);
    expect([status, text]).toEqual([204, ""]);
    expect(corsOf(headers)).toEqual({
      "access-control-allow-origin": APP,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "authorization,x-xdr-auth-id,content-type",
      "access-control-expose-headers": "*",
    });
    expect(headers["vary"]).toBe("origin");
    const [entry, ...more] = mock.journal.entries();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ vendor: "cortex", reply: { status: 204, cause: "preflight" } });
    expect(entry).not.toHaveProperty("operation");
    expect(entry).not.toHaveProperty("refusal");
  });

  it("a page may read the replies, refusals too, but send no cookies", async () => {
    await using mock = await startMock({ corsOrigins });
    for (const sent of [{}, { authorization: "wrong" }]) {
      const { headers } = await cortex.quarantine(mock, {
        headers: cortex.headers({ ...sent, origin: APP }),
      });
      expect(corsOf(headers)).toEqual({
        "access-control-allow-origin": APP,
        "access-control-expose-headers": "*",
      });
      expect(headers["vary"]).toBe("accept-encoding, origin");
    }
  });

  it("the control API is open to no page", async () => {
    await using mock = await startMock({ corsOrigins });
    for (const call of [
      request(mock.url).options("/__admin/requests"),
      request(mock.url).get("/__admin/requests"),
    ]) {
      const { status, headers } = await call.set(ASKS);
      expect([status, corsOf(headers)]).toEqual([403, {}]);
    }
  });
});

describe.each([
  ["none is listed", ""],
  ["others are listed", "https://other.example,http://app.example:8443,https://app.example"],
])("where %s", (_, corsOrigins) => {
  it("a page that asks gets the vendor's refusal", async () => {
    await using mock = await startMock({ corsOrigins });
    await using plain = await startMock();
    const { status, headers, text } = await request(mock.url).options(cortex.PATH).set(ASKS);
    const usual = await request(plain.url).options(cortex.PATH);
    expect([status, text, corsOf(headers)]).toEqual([usual.status, usual.text, {}]);
  });

  it("a page cannot read the replies", async () => {
    await using mock = await startMock({ corsOrigins });
    const { status, headers } = await cortex.quarantine(mock, {
      headers: cortex.headers({ origin: APP }),
    });
    expect([status, corsOf(headers), headers["vary"]]).toEqual([200, {}, "accept-encoding"]);
  });
});

it.each([
  ["no page", { "access-control-request-method": "POST" }],
  ["no method", { origin: APP }],
])("an OPTIONS that names %s is a call like any other", async (_, headers) => {
  await using mock = await startMock({ corsOrigins: "*" });
  await request(mock.url).options(cortex.PATH).set(headers);
  expect(mock.journal.entries()).toMatchObject([{ refusal: { kind: expect.any(String) } }]);
});
