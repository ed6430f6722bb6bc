import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { VendorError } from "../../src/core/errors.ts";
import { json } from "../../src/core/reply.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { defineVendor, type Operation, type Vendor } from "../../src/core/vendor.ts";
import { createAdmin } from "../../src/server/admin/service.ts";
import { createApp } from "../../src/server/app.ts";
import { createFeed } from "../../src/server/feed.ts";
import { createRecorder } from "../../src/server/recorder.ts";
import { createTenants } from "../../src/server/tenants.ts";
import { type Listening, listen } from "../../src/server/wire/listen.ts";
import { readSettings } from "../../src/settings/read.ts";

const response = (cause: string, schema: object = {}): object => ({
  description: cause,
  "x-causes": { [cause]: { basis: "assumed" } },
  content: { "application/json": { schema } },
});

const refusals = {
  400: response("invalid"),
  401: response("unauthenticated"),
  413: response("too-large"),
};

const ID = {
  type: "object",
  required: ["id"],
  additionalProperties: false,
  properties: { id: { type: "string" } },
};

export interface Spec {
  readonly paths: Readonly<Record<string, object>>;
  readonly [field: string]: unknown;
}

/** The document of an invented vendor with one secured call and one open to all. */
export const SPEC: Spec = {
  openapi: "3.0.3",
  info: { title: "Acme", version: "1.0.0" },
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-acme-key" } } },
  paths: {
    "/acme/devices": {
      post: {
        operationId: "addDevice",
        requestBody: { required: true, content: { "application/json": { schema: ID } } },
        responses: { 200: response("ok", ID), ...refusals },
      },
    },
    "/acme/devices/{id}": {
      get: {
        operationId: "getDevice",
        security: [],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { 200: response("ok", ID), ...refusals },
      },
    },
  },
  "x-unmatched": {
    responses: {
      401: response("unauthenticated"),
      404: response("no-operation"),
      405: response("wrong-method"),
    },
  },
};

/** A document in a file of its own, for as long as the test runs. */
function written(spec: object): URL {
  const folder = mkdtempSync(join(tmpdir(), "acme-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(spec));
  return pathToFileURL(file);
}

const STATUS: Readonly<Record<string, number>> = {
  unauthenticated: 401,
  "no-operation": 404,
  "wrong-method": 405,
  "too-large": 413,
};

const found: Operation = ({ params }) => json({ id: params["id"] ?? "new" });

export const acme = (operations: Record<string, Operation> = {}, spec: object = SPEC): Vendor =>
  defineVendor({
    name: "acme",
    title: "Acme",
    emulates: "v1",
    spec: written(spec),
    operations: { addDevice: found, getDevice: found, ...operations },
    authenticate: ({ headers }) => {
      if (headers["x-acme-key"] === "key") return { id: "acme" };
      throw new VendorError({ kind: "unauthenticated", reason: "no key" });
    },
    claim: () => undefined,
    refuse: (refusal) =>
      json(refusal, { status: STATUS[refusal.kind] ?? 400, cause: refusal.kind }),
    credentials: () => [],
    present: () => ({ "x-acme-key": "key" }),
    seed: () => {},
    enlarge: () => () => {},
    actions: { name: "acme.actions", key: ({ id }) => id },
    tables: [],
    triggers: new Map(),
    scenarios: [],
    settings: {},
    inventory: {},
    contract: {
      destructive: ["addDevice"],
      logins: [],
      progressOf: () => undefined,
      createdBy: () => undefined,
      rules: [],
      cases: [],
      probes: [],
      environment: () => ({}),
    },
    sample: () => "",
  });

/** A server that stands in for that vendor alone. */
export async function serve(vendor: Vendor): Promise<Listening & { readonly tenant: Tenant }> {
  const tenants = await createTenants([vendor], readSettings([]));
  const feed = createFeed();
  const app = await createApp({
    foreign: () => undefined,
    openBodiesBytes: 67_108_864,
    vendors: [vendor],
    admin: createAdmin({
      vendors: [vendor],
      tenants,
      version: "0.0.0",
      readTenantSettings: () => ({}),
      watch: feed.watch,
      foreign: () => undefined,
      judge: async () => [],
      verdict: async () => ({ verdict: "inconclusive", requests: 0, findings: [] }),
    }),
    tenants,
    bodyLimitBytes: 1000,
    recorder: createRecorder({ vendors: [vendor], secrets: [], feed }),
  });
  const listening = await listen({ app, host: "127.0.0.1", port: 0, onGarbage: () => {} });
  onTestFinished(() => listening.close());
  return { ...listening, tenant: tenants.default };
}
