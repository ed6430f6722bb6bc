import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { json, text } from "../../../src/core/reply.ts";
import { loadApi } from "../../../src/server/spec/api.ts";
import { acme, SPEC } from "../../support/acme.ts";

describe("a reply", () => {
  it("stands on the basis that the document gives its cause", async () => {
    const api = await loadApi(acme(), { wire: "document" });
    expect(api.check("getDevice", json({ id: "5" }))).toBe("assumed");
    expect(api.check(undefined, json({}, { status: 404, cause: "no-operation" }))).toBe("assumed");
  });

  it.each(["document", "recorded"] as const)("is held to its own wire: %s", async (wire) => {
    const response = {
      description: "ok",
      "x-causes": { ok: { basis: { document: "documented", recorded: "recorded" } } },
      content: {
        "application/json": {
          schema: {
            oneOf: [{ $ref: "#/components/schemas/Text" }, { $ref: "#/components/schemas/Number" }],
          },
        },
        "text/plain": { "x-wire": "recorded", schema: { type: "string" } },
      },
    };
    const schemas = {
      Text: { "x-wire": "document", type: "string" },
      Number: { "x-wire": "recorded", type: "integer" },
    };
    const open = { operationId: "getDevice", responses: { 200: response } };
    const add = { operationId: "addDevice", responses: { 200: response } };
    const spec = {
      ...SPEC,
      components: { schemas },
      paths: { "/acme": { get: open, post: add } },
    };
    const api = await loadApi(acme({}, spec), { wire });
    const replies = { document: json("5"), recorded: json(5) };
    const other = wire === "document" ? "recorded" : "document";
    expect(api.check("getDevice", replies[wire])).toBe(
      wire === "document" ? "documented" : "recorded",
    );
    expect(() => api.check("getDevice", replies[other])).toThrow("does not match the spec");
    const plain = () => api.check("getDevice", text("5", "text/plain"));
    if (wire === "document") expect(plain).toThrow("does not list the media type");
    else expect(plain()).toBe("recorded");
  });

  it("has no body where the document has none", async () => {
    const empty = { description: "gone", "x-causes": { ok: { basis: "assumed" } } };
    const { paths } = structuredClone(SPEC) as {
      paths: Record<string, { get?: { responses: object } }>;
    };
    const get = paths["/acme/devices/{id}"]?.get;
    if (get) get.responses = { 204: empty };
    const api = await loadApi(acme({}, { ...SPEC, paths }), { wire: "document" });
    expect(api.check("getDevice", text("", "text/plain", { status: 204 }))).toBe("assumed");
    for (const [body, mediaType] of [
      [json({ id: "5" }, { status: 204 }), "application/json"],
      [text("5", "text/plain", { status: 204 }), "text/plain"],
    ] as const) {
      const off = new KitError(
        `acme getDevice answered 204, but the spec does not list the media type "${mediaType}" for this status`,
      );
      expect(() => api.check("getDevice", body)).toThrow(off);
    }
  });
});
