import { describe, expect, it } from "vitest";
import { KitError, type Refusal, VendorError } from "../../../src/core/errors.ts";
import { json } from "../../../src/core/reply.ts";
import type { WireRequest } from "../../../src/core/vendor.ts";
import { type Api, loadApi, type Route } from "../../../src/server/spec/api.ts";
import { acme, SPEC, type Spec, serve } from "../../support/acme.ts";

const load = (spec: Spec = SPEC): Promise<Api> => loadApi(acme({}, spec), { wire: "document" });

const DEVICE = {
  type: "object",
  required: ["id"],
  additionalProperties: false,
  properties: {
    id: { type: "string" },
    colour: { enum: ["red", "blue"] },
    seen: { type: "string", format: "date-time" },
    tags: { type: "array", maxItems: 2 },
  },
};

/** A document whose getDevice takes these parameters besides its id, and whose addDevice takes a DEVICE. */
function taking(...parameters: object[]): Spec {
  const { paths } = structuredClone(SPEC) as unknown as {
    paths: Record<string, Record<string, { parameters?: object[]; requestBody?: object }>>;
  };
  paths["/acme/devices/{id}"]?.["get"]?.parameters?.push(...parameters);
  const post = paths["/acme/devices"]?.["post"];
  if (post)
    post.requestBody = { required: true, content: { "application/json": { schema: DEVICE } } };
  return { ...SPEC, paths };
}

const wire = (path: string, body = "", query = ""): WireRequest => ({
  scheme: "http",
  httpVersion: "1.1",
  method: "POST",
  url: path,
  path,
  query: new URLSearchParams(query),
  headers: {},
  body: Buffer.from(body),
});

function routeOf(api: Api, method: string, path: string): Route {
  const route = api.match(method, path);
  if ("kind" in route) throw new Error(`${method} ${path}: ${route.kind}`);
  return route;
}

/** The refusal with which validation answers a request. */
function refusalOf(route: Route, request: WireRequest): Refusal | undefined {
  try {
    route.validate(request);
  } catch (error) {
    if (error instanceof VendorError) return error.refusal;
    throw error;
  }
  return undefined;
}

describe("a document and its functions", () => {
  it("stop the start where an operation has no function", async () => {
    const operations = { ...acme().operations };
    delete operations["getDevice"];
    const vendor = { ...acme(), operations };
    await expect(loadApi(vendor, { wire: "document" })).rejects.toThrow(
      new KitError("acme: the operation getDevice of the spec has no function"),
    );
    await expect(serve(vendor)).rejects.toThrow("getDevice");
  });

  it("stop the start where a function has no operation", async () => {
    const vendor = acme({ paintDevice: () => json({ id: "5" }) });
    await expect(loadApi(vendor, { wire: "document" })).rejects.toThrow(
      new KitError("acme: the spec has no operation paintDevice"),
    );
    await expect(serve(vendor)).rejects.toThrow("paintDevice");
  });
});

describe("matching", () => {
  it.each([
    ["POST", "/acme/devices", "addDevice"],
    ["POST", "/acme/devices/", "addDevice"],
    ["GET", "/acme/devices/5", "getDevice"],
    ["GET", "/acme/devices/5/", "getDevice"],
  ])("finds %s %s", async (method, path, id) => {
    expect(routeOf(await load(), method, path).id).toBe(id);
  });

  it.each([
    ["PUT", "/acme/devices", ["POST"]],
    ["GET", "/acme/devices/", ["POST"]],
    ["DELETE", "/acme/devices/5", ["GET"]],
  ])("knows the path of %s %s, and its methods", async (method, path, allowed) => {
    expect((await load()).match(method, path)).toEqual({
      kind: "wrong-method",
      method,
      path,
      allowed,
    });
  });

  it.each([
    ["POST", "/acme/device", "POST /acme/devices"],
    ["GET", "/acme/devices/5/tags", "GET /acme/devices/{id}"],
    ["POST", "/ACME/devices", "POST /acme/devices"],
    ["POST", "//acme/devices", "POST /acme/devices"],
    ["TRACE", "/(unmatched)", "POST /acme/devices"],
  ])("names the call that is nearest to %s %s", async (method, path, nearest) => {
    expect((await load()).match(method, path)).toEqual({
      kind: "no-operation",
      method,
      path,
      nearest,
    });
  });

  it("says what needs credentials", async () => {
    const api = await load();
    expect(api.secured).toBe(true);
    expect(routeOf(api, "POST", "/acme/devices").secured).toBe(true);
    expect(routeOf(api, "GET", "/acme/devices/5").secured).toBe(false);
  });
});

describe("validation", () => {
  it.each([
    ["{}", "invalid", "/id", "is required"],
    ['{"id":5}', "invalid", "/id", "must be string"],
    ['{"id":"5","size":1}', "invalid", "/size", "is not a field of this call"],
    ['{"id":"5","colour":"green"}', "invalid", "/colour", "must be one of: red, blue"],
    ['{"id":"5","seen":"2024-02-30T00:00:00Z"}', "invalid", "/seen", "must be a date-time"],
    ['{"id":"5","tags":[1,2,3]}', "invalid", "/tags", "must NOT have more than 2 items"],
    ["[]", "not-an-object", "", "must be object"],
    ["null", "not-an-object", "", "must be object"],
  ])("names what is wrong with the body %s", async (body, kind, where, what) => {
    const route = routeOf(await load(taking()), "POST", "/acme/devices");
    expect(refusalOf(route, wire("/acme/devices", body))).toMatchObject({
      kind,
      problem: { where, what },
    });
  });

  it("gives the body as it came", async () => {
    const route = routeOf(await load(taking()), "POST", "/acme/devices");
    const body = '{"id":"5","tags":["__proto__"]}';
    expect(route.validate(wire("/acme/devices", body)).body).toEqual(JSON.parse(body));
  });

  it("gives path parameters decoded", async () => {
    const route = routeOf(await load(), "GET", "/acme/devices/a");
    expect(route.validate(wire("/acme/devices/a%20%C3%BC/")).params).toEqual({ id: "a ü" });
  });

  it("refuses a path parameter that is not percent-encoded UTF-8", async () => {
    const route = routeOf(await load(), "GET", "/acme/devices/a");
    const problem = { where: "path/id", what: "is not percent-encoded UTF-8" };
    expect(refusalOf(route, wire("/acme/devices/%ff"))).toEqual({ kind: "invalid", problem });
  });

  it("leaves out query parameters that are not declared", async () => {
    const api = await load(taking({ name: "page", in: "query", schema: { type: "string" } }));
    const route = routeOf(api, "GET", "/acme/devices/a");
    const { query } = route.validate(wire("/acme/devices/a", "", "page=2&colour=red"));
    expect(query).toEqual({ page: "2" });
  });

  it("misses a query parameter that must be there", async () => {
    const page = { name: "page", in: "query", required: true, schema: { type: "string" } };
    const route = routeOf(await load(taking(page)), "GET", "/acme/devices/a");
    const problem = { where: "query/page", what: "is required" };
    expect(refusalOf(route, wire("/acme/devices/a"))).toMatchObject({ kind: "invalid", problem });
  });

  it("gives query parameters in the type of the document", async () => {
    const page = { name: "page", in: "query", schema: { type: "integer" } };
    const route = routeOf(await load(taking(page)), "GET", "/acme/devices/a");
    expect(route.validate(wire("/acme/devices/a", "", "page=2")).query).toEqual({ page: 2 });
    expect(refusalOf(route, wire("/acme/devices/a", "", "page=two"))).toMatchObject({
      kind: "invalid",
      problem: { where: "query/page", what: "must be integer" },
    });
  });
});
