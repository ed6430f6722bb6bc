import { createHash, timingSafeEqual } from "node:crypto";
import { KitError, type Refusal, StoreError, VendorError } from "../../core/errors.ts";
import { json, text } from "../../core/reply.ts";
import type { Operation, Service } from "../../core/vendor.ts";
import { HEALTH } from "../health.ts";
import type { AdminHandles } from "./context.ts";
import { faultOperations } from "./faults.ts";
import { inventoryOperations } from "./inventory.ts";
import { createOnTenant } from "./on-tenant.ts";
import { requestOperations } from "./requests.ts";
import { tenantOperations } from "./tenants.ts";
import { trustOperations } from "./trust.ts";
import { tryOperations } from "./try.ts";

/** The control API: a service like a vendor, with its document in specs/admin/openapi.yaml. */
export function createAdmin(handles: AdminHandles): Service {
  const { vendors, version, adminToken = "", foreign, ca } = handles;
  const onTenant = createOnTenant(handles);
  return {
    name: "admin",
    title: "fauxdr control API",
    spec: new URL("../../../specs/admin/openapi.json", import.meta.url),
    authenticate: (request, _tenant, operation) => {
      if (operation === "getHealth") return { id: "admin" };
      if (adminToken) {
        // No web page knows the token, so a caller that does is never a foreign one.
        const authorization = request.headers["authorization"] ?? "";
        // The scheme may be written in any case (RFC 9110, 11.1).
        const shown = digest(authorization.replace(/^bearer +/i, "Bearer "));
        if (timingSafeEqual(shown, digest(`Bearer ${adminToken}`))) return { id: "admin" };
        throw new VendorError({ kind: "unauthenticated", reason: "no or another token" });
      }
      const why = foreign(request);
      if (why) throw new VendorError({ kind: "forbidden", principal: why, permission: "" });
      return { id: "admin" };
    },
    operations: explainMisuse({
      getHealth: () =>
        json({
          status: "ok",
          version,
          vendors: vendors.map(({ name, title, emulates }) => ({ name, title, emulates })),
        }),
      getCa: () =>
        ca === undefined
          ? json({ error: NO_CA }, { status: 404, cause: "not-found" })
          : text(ca, "application/x-pem-file"),
      ...requestOperations(handles, onTenant),
      ...tenantOperations(handles, onTenant),
      ...faultOperations(handles, onTenant),
      ...inventoryOperations(onTenant),
      ...trustOperations(handles, onTenant),
      ...tryOperations(handles, onTenant),
    }),
    refuse: (refusal) =>
      json(
        { error: sentence(refusal) },
        {
          status: STATUS[refusal.kind],
          cause: refusal.kind,
          headers: headersOf(refusal),
        },
      ),
  };
}

function headersOf(refusal: Refusal): Record<string, string> {
  if (refusal.kind === "unauthenticated") return { "www-authenticate": "Bearer" };
  if (refusal.kind !== "wrong-method") return {};
  return { allow: [...refusal.allowed, ...(refusal.path === HEALTH ? ["HEAD"] : [])].join(", ") };
}

const NO_CA =
  "there is no CA: start fauxdr with --tls and without --tls-cert, or trust the CA of your own certificate";

/** Digests have one length, so that comparing two takes the same time for every token. */
const digest = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Here a KitError is the caller's mistake, not ours: its message is sent with a 400. */
function explainMisuse(operations: Readonly<Record<string, Operation>>): Record<string, Operation> {
  const named = Object.entries(operations).map(([id, operation]) => {
    const explained: Operation = async (call) => {
      try {
        return await operation(call);
      } catch (error) {
        if (error instanceof StoreError) throw error;
        if (!(error instanceof KitError || error instanceof RangeError)) throw error;
        throw new VendorError({ kind: "malformed", reason: error.message });
      }
    };
    return [id, explained] as const;
  });
  return Object.fromEntries(named);
}

const STATUS: Readonly<Record<Refusal["kind"], number>> = {
  malformed: 400,
  "not-an-object": 400,
  invalid: 400,
  unauthenticated: 401,
  unlicensed: 403,
  forbidden: 403,
  "no-target": 404,
  "not-found": 404,
  conflict: 409,
  "rate-limited": 429,
  "too-large": 413,
  failure: 500,
  "no-operation": 404,
  "not-served": 404,
  "wrong-method": 405,
};

function sentence(refusal: Refusal): string {
  switch (refusal.kind) {
    case "malformed":
      return refusal.reason;
    case "not-an-object":
    case "invalid":
      return `${refusal.problem.where || "the body"} ${refusal.problem.what}`;
    case "unauthenticated":
      return "the control API needs a token: send Authorization: Bearer TOKEN, with the value of --admin-token";
    case "forbidden":
      return refusal.principal;
    case "not-found":
      return `there is no ${refusal.what} ${refusal.id}`;
    case "too-large":
      return `the body is larger than ${refusal.limitBytes} bytes`;
    case "no-operation":
      return `the control API has no call ${refusal.method} ${refusal.path}; the nearest is ${refusal.nearest}`;
    case "wrong-method":
      return `${refusal.path} takes ${refusal.allowed.join(" or ")}, not ${refusal.method}`;
    default:
      return refusal.kind;
  }
}
