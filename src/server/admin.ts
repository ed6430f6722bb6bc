import { type Refusal, VendorError } from "../core/errors.ts";
import { json } from "../core/reply.ts";
import type { Service, Vendor, WireRequest } from "../core/vendor.ts";
import type { Tenants } from "./tenants.ts";

/** What the control API steers. */
export interface AdminHandles {
  readonly vendors: readonly Vendor[];
  readonly tenants: Tenants;
  readonly version: string;
}

/** The control API, as a service like any vendor: its document is specs/admin/openapi.yaml. */
export function createAdmin({ vendors, tenants, version }: AdminHandles): Service {
  return {
    name: "admin",
    title: "fauxdr control API",
    spec: new URL("../../specs/admin/openapi.json", import.meta.url),
    authenticate: (request) => {
      const foreign = foreignPage(request);
      if (foreign) throw new VendorError({ kind: "forbidden", principal: foreign, permission: "" });
      return { id: "admin" };
    },
    operations: {
      getHealth: () =>
        json({
          status: "ok",
          version,
          vendors: vendors.map(({ name, title }) => ({ name, title })),
        }),
      listRequests: () =>
        json({
          dropped: tenants.all().reduce((sum, { journal }) => sum + journal.dropped, 0),
          requests: tenants.all().flatMap(({ journal }) => journal.entries()),
        }),
      reset: () => {
        for (const tenant of tenants.all()) tenant.reset();
        return json({ reset: tenants.all().map(({ name }) => name) });
      },
      listTriggers: () =>
        json({
          triggers: vendors.flatMap(({ name: vendor, triggers }) =>
            [...triggers].map(([id, { name, description }]) => ({ vendor, id, name, description })),
          ),
        }),
    },
    refuse: (refusal) =>
      json({ error: sentence(refusal) }, { status: STATUS[refusal.kind], cause: refusal.kind }),
  };
}

const STATUS: Readonly<Record<Refusal["kind"], number>> = {
  malformed: 400,
  misshapen: 400,
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
  "wrong-method": 405,
};

function sentence(refusal: Refusal): string {
  switch (refusal.kind) {
    case "malformed":
      return refusal.reason;
    case "misshapen":
    case "invalid":
      return `${refusal.problem.where || "the body"} ${refusal.problem.what}`;
    case "forbidden":
      return `${refusal.principal} may not steer this server`;
    case "not-found":
      return `there is no ${refusal.what} ${refusal.id}`;
    case "too-large":
      return `the body is larger than ${refusal.limitBytes} bytes`;
    case "no-operation":
      return `${refusal.method} ${refusal.path} is no call of the control API; the nearest is ${refusal.nearest}`;
    case "wrong-method":
      return `${refusal.path} takes ${refusal.allowed.join(" or ")}, not ${refusal.method}`;
    default:
      return refusal.kind;
  }
}

/**
 * Names the web page that a browser sends this request for, if it is not our own. A page on the Internet can make the
 * browser of a developer post to 127.0.0.1, or point a name of its own at it.
 */
function foreignPage({ headers }: WireRequest): string | undefined {
  const host = headers["host"] ?? "";
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return `a page on another site`;
  const origin = headers["origin"];
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return `the page ${origin}`;
  }
  return isLocalName(host.replace(/:\d+$/, ""))
    ? undefined
    : `a page that calls this server ${host}`;
}

/** An address, a name without a dot (a container's), or one under a suffix that the public DNS does not serve. */
const isLocalName = (name: string): boolean =>
  /^(\[[0-9a-f:]+\]|\d+(\.\d+){3})$/i.test(name) ||
  !name.includes(".") ||
  /\.(localhost|local|internal|test)$/i.test(name);
