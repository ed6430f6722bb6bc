import { expect, it } from "vitest";
import type { WireRequest } from "../../src/core/vendor.ts";
import { isHeldBack } from "../../src/server/hold-back.ts";
import { cortex } from "../../src/vendors/cortex/vendor.ts";
import { qualys } from "../../src/vendors/qualys/vendor.ts";

const ONE = "821845a2ff1859c9be6a5b708ace61b8";
const OTHER = "77cf07238bbddc695c215cdb587825a0";

const asked = (path: string, body: unknown = {}, method = "POST"): WireRequest => ({
  scheme: "http",
  httpVersion: "1.1",
  method,
  url: path,
  path,
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
});

const filters = (...ids: string[]) => [{ field: "endpoint_id_list", operator: "in", value: ids }];
const isolate = (...ids: string[]) => asked("/x", { request_data: { filters: filters(...ids) } });
const held = (request: WireRequest, operation: string | undefined, ...targets: string[]) =>
  isHeldBack(cortex, request, operation, targets);

it("lets reads through", () => {
  expect(held(asked("/x"), "getEndpoints")).toBe(false);
  expect(held(asked("/public_api/v1/distributions/get_versions"), undefined)).toBe(false);
  expect(held(asked("/public_api/v1/scripts/1", {}, "GET"), undefined)).toBe(false);
});

it.each(["updateIncident", "updateAgentName"])("holds back %s, which names no machine", (id) => {
  expect(held(asked("/x", { request_data: { filters: filters(ONE) } }), id, ONE)).toBe(true);
});

it("holds back what acts on machines, unless each of them was named", () => {
  expect(held(isolate(ONE), "isolateEndpoints")).toBe(true);
  expect(held(isolate(ONE), "isolateEndpoints", ONE)).toBe(false);
  expect(held(isolate(ONE, OTHER), "isolateEndpoints", ONE)).toBe(true);
  expect(held(isolate(ONE, OTHER), "isolateEndpoints", ONE, OTHER)).toBe(false);
});

it.each([
  ["no machine", isolate()],
  ["no filter", asked("/x", { request_data: {} })],
  ["no JSON", { ...asked("/x"), body: Buffer.from("{") }],
])("holds back what names %s", (_, request) => {
  expect(held(request, "isolateEndpoints", ONE)).toBe(true);
});

it.each(cortex.contract.destructive)("holds back %s without a named machine", (operation) => {
  expect(held(asked("/x"), operation)).toBe(true);
});

it.each(qualys.contract.destructive)("holds back %s of another vendor too", (operation) => {
  expect(isHeldBack(qualys, asked("/x"), operation, [])).toBe(true);
});

it.each([
  "/public_api/v1/distributions/run_script",
  "/public_api/v1/endpoints/delete",
  "/public_api/v1/alerts/update_alerts",
  "/public_api/v1/ENDPOINTS/Isolate",
])("holds back the unknown call %s, whatever machines are named", (path) => {
  expect(held(asked(path), undefined, ONE)).toBe(true);
});
