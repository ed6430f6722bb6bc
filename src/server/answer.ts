import { KitError, type Refusal, VendorError } from "../core/errors.ts";
import type { AppliedFault } from "../core/faults/faults.ts";
import { json, type Reply } from "../core/reply.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Principal, Service, Vendor, WireRequest } from "../core/vendor.ts";
import type { Api, Route } from "./spec/openapi.ts";
import { incompleteBody } from "./spec/parse-body.ts";

/** The reply to a request, and how it came about. */
export interface Answer {
  readonly reply: Reply;
  readonly route?: Route;
  readonly principal?: Principal;
  readonly refusal?: Refusal;
  /** How sure it is that the vendor would answer like this. */
  readonly basis?: string;
  /** An error of fauxdr's own. The reply says so and is not the vendor's. */
  readonly error?: string;
  /** The fault that applies, and whether the operation took effect. */
  readonly fault?: AppliedFault & { readonly effect: boolean };
}

/** A request to a service, and what the service's document says about it. */
export interface RequestContext {
  readonly service: Service;
  readonly api: Api;
  readonly tenant: Tenant;
  readonly request: WireRequest;
  /** The operation that the request matches, or why it matches none. */
  readonly match: Route | Refusal;
  readonly bodyLimitBytes: number;
}

/** Authenticates, validates, runs the operation and checks the reply. Every reply passes the check. */
export async function answer(context: RequestContext): Promise<Answer> {
  const { service, api, tenant, request } = context;
  const route = routeOf(context.match);
  const found: { -readonly [Member in keyof Answer]?: Answer[Member] } = route ? { route } : {};
  try {
    let reply: Reply;
    try {
      // Authenticate before routing, so that unauthenticated callers cannot probe paths.
      if (route ? route.secured : api.secured) {
        found.principal = await service.authenticate(request, tenant, route?.id);
      }
      reply = await run(context, found.principal);
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      found.refusal = error.refusal;
      reply = marked(service.refuse(error.refusal, tenant, route?.id), error.refusal);
    }
    if (found.principal && service.headers) {
      reply = { ...reply, headers: { ...service.headers(tenant), ...reply.headers } };
    }
    return Object.assign(found, { reply, basis: api.check(route?.id, reply) });
  } catch (error) {
    return Object.assign(found, ownError(error));
  }
}

function run(
  { tenant, request, match, bodyLimitBytes }: RequestContext,
  principal: Principal = { id: "" },
): Reply | Promise<Reply> {
  if ("kind" in match) throw new VendorError(match);
  if (request.incomplete && match.takesBody) {
    throw new VendorError(incompleteBody(request, bodyLimitBytes));
  }
  const { params, query, body } = match.validate(request);
  return match.run({
    operation: match.id,
    origin: `${request.scheme}://${request.headers["host"]}`,
    params,
    query,
    headers: request.headers,
    body,
    principal,
    tenant,
  });
}

export const routeOf = (match: Route | Refusal): Route | undefined =>
  "run" in match ? match : undefined;

/** The reply to a call that fauxdr does not serve says so, so that no client takes it for the vendor's. */
const marked = (reply: Reply, refusal: Refusal): Reply => {
  if (refusal.kind !== "not-served") return reply;
  const unserved = ascii(`${refusal.method} ${refusal.path}`);
  return { ...reply, headers: { ...reply.headers, "x-fauxdr-unserved": unserved } };
};

/** The answer to a path that no vendor serves. It is fauxdr's own and says so. */
export function notServed({ method, path }: WireRequest, vendors: readonly Vendor[]): Answer {
  const titles = vendors.map(({ title }) => title).join(" and ");
  const error = `no vendor serves ${method} ${path}; this server mocks ${titles}, and its control API is under /__admin`;
  return { reply: ownReply(404, error), error };
}

/** The answer where fauxdr has a bug, or is set up wrongly. */
export function ownError(error: unknown): Pick<Answer, "reply"> & { readonly error: string } {
  const message = error instanceof Error ? error.message : String(error);
  const text = error instanceof KitError ? message : `fauxdr failed: ${message}`;
  const details = error instanceof Error ? (error.stack ?? text) : text;
  return { reply: ownReply(500, text), error: details };
}

/** No vendor sends this header, so no client can take the reply for a vendor's. */
const ownReply = (status: number, error: string): Reply =>
  json({ error }, { status, headers: { "x-fauxdr-error": ascii(error) } });

/** Header values must be printable ASCII. */
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]+/g, " ").slice(0, 500);
