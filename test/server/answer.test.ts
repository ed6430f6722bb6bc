import request from "supertest";
import { describe, expect, it } from "vitest";
import { VendorError } from "../../src/core/errors.ts";
import { json, text } from "../../src/core/reply.ts";
import type { Operation } from "../../src/core/vendor.ts";
import { acme, serve } from "../support/acme.ts";

const FAULTS: readonly (readonly [what: string, operation: Operation, error: string])[] = [
  [
    "a body off the spec",
    () => json({ id: 5 }),
    "acme getDevice answered 200, but the body does not match the spec: /id must be string",
  ],
  [
    "a body with a field too many",
    () => json({ id: "5", colour: "red" }),
    "acme getDevice answered 200, but the body does not match the spec:  must NOT have additional properties",
  ],
  [
    "a status that the spec does not list",
    () => json({ id: "5" }, { status: 418 }),
    "acme getDevice answered 418, but the spec does not list this status",
  ],
  [
    "a cause that the spec does not list",
    () => json({ id: "5" }, { cause: "luck" }),
    'acme getDevice answered 200, but the spec has no basis for the cause "luck"',
  ],
  [
    "a media type that the spec does not list",
    () => text("5", "text/plain"),
    'acme getDevice answered 200, but the spec does not list the media type "text/plain" for this status',
  ],
  [
    "a refusal that the spec does not list",
    () => {
      throw new VendorError({ kind: "failure", reason: "told to" });
    },
    'acme getDevice answered 400, but the spec has no basis for the cause "failure"',
  ],
  [
    "an operation that throws",
    () => {
      throw new Error("no such table");
    },
    "fauxdr failed: no such table",
  ],
  [
    "an operation that rejects",
    () => Promise.reject(new TypeError("undefined is not a device")),
    "fauxdr failed: undefined is not a device",
  ],
];

describe("a fault of our own", () => {
  it.each(FAULTS)("is never sent as the vendor's word: %s", async (_what, getDevice, error) => {
    const { url, tenant } = await serve(acme({ getDevice }));
    const reply = await request(url).get("/acme/devices/5");
    expect(reply.status).toBe(500);
    expect(reply.headers["x-fauxdr-error"]).toBe(error);
    expect(reply.text).toBe(JSON.stringify({ error }));
    const [exchange] = tenant.journal.entries();
    expect(exchange).toMatchObject({
      vendor: "acme",
      operation: "getDevice",
      reply: { status: 500 },
    });
    expect(exchange?.error).toContain(error.replace("fauxdr failed: ", ""));
    expect(exchange?.reply?.basis).toBeUndefined();
  });

  it("fits a header, with any text", async () => {
    const getDevice: Operation = () => {
      throw new Error("größe\r\nset-cookie: a=b");
    };
    const { url } = await serve(acme({ getDevice }));
    const reply = await request(url).get("/acme/devices/5");
    expect(reply.headers["x-fauxdr-error"]).toBe("fauxdr failed: gr e set-cookie: a=b");
    expect(reply.headers["set-cookie"]).toBeUndefined();
    expect(reply.body).toEqual({ error: "fauxdr failed: größe\r\nset-cookie: a=b" });
  });

  it("leaves the server serving", async () => {
    let calls = 0;
    const getDevice: Operation = () => {
      if (calls++ === 0) throw new Error("once");
      return json({ id: "5" });
    };
    const { url } = await serve(acme({ getDevice }));
    await request(url).get("/acme/devices/5");
    const reply = await request(url).get("/acme/devices/5");
    expect([reply.status, reply.text, reply.headers["x-fauxdr-error"]]).toEqual([
      200,
      '{"id":"5"}',
      undefined,
    ]);
  });

  it("is a path that no vendor serves", async () => {
    const { url, tenant } = await serve(acme());
    const reply = await request(url).post("/devices?id=5").send({});
    const error =
      "no vendor serves POST /devices; this server mocks Acme, and its control API is under /__admin";
    expect([reply.status, reply.text]).toEqual([404, JSON.stringify({ error })]);
    expect(reply.headers["x-fauxdr-error"]).toBe(error);
    expect(tenant.journal.entries()).toMatchObject([{ error, request: { url: "/devices?id=5" } }]);
    expect(tenant.journal.entries()[0]?.vendor).toBeUndefined();
  });
});

describe("the order of asking", () => {
  const key = { "x-acme-key": "key" };

  it.each([
    ["an unknown path", "post", "/acme/nothing", "{}", "no-operation"],
    ["a wrong method", "put", "/acme/devices", "{}", "wrong-method"],
    ["a body over the limit", "post", "/acme/devices", `"${"x".repeat(1000)}"`, "too-large"],
    ["a body off the spec", "post", "/acme/devices", '{"id":5}', "invalid"],
  ] as const)("credentials come before %s", async (_what, method, path, body, kind) => {
    const { url, tenant } = await serve(acme());
    const ask = () => request(url)[method](path).type("application/json").send(body);
    expect((await ask()).status).toBe(401);
    expect((await ask().set(key)).body.kind).toBe(kind);
    expect(tenant.journal.entries().map(({ refusal }) => refusal?.kind)).toEqual([
      "unauthenticated",
      kind,
    ]);
  });

  it("an operation does not run before its request is valid", async () => {
    let asked = 0;
    const addDevice: Operation = () => {
      asked++;
      return json({ id: "5" });
    };
    const { url } = await serve(acme({ addDevice }));
    await request(url).post("/acme/devices").send({ id: "5" });
    await request(url).post("/acme/devices").set(key).send({ id: 5 });
    await request(url).post("/acme/devices").set(key).send({});
    expect(asked).toBe(0);
    expect((await request(url).post("/acme/devices").set(key).send({ id: "5" })).status).toBe(200);
    expect(asked).toBe(1);
  });

  it("credentials are not required if the document requires none", async () => {
    const { url, tenant } = await serve(acme());
    expect((await request(url).get("/acme/devices/5")).body).toEqual({ id: "5" });
    expect(tenant.journal.entries()[0]?.principal).toBeUndefined();
    await request(url).post("/acme/devices").set(key).send({ id: "5" });
    expect(tenant.journal.entries()[1]?.principal).toBe("acme");
  });
});
