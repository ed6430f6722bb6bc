import { KitError, type Refusal, VendorError } from "../core/errors.ts";
import type { Strike } from "../core/faults/faults.ts";
import { json, type Reply } from "../core/reply.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Principal, Service, Vendor, WireRequest } from "../core/vendor.ts";
import type { Api, Route } from "./spec/openapi.ts";
import { incompleteBody } from "./spec/parse-body.ts";

/** What became of a request. */
export interface Outcome {
  readonly reply: Reply;
  readonly route?: Route;
  readonly principal?: Principal;
  readonly refusal?: Refusal;
  /** How sure it is that the vendor would answer so. */
  readonly basis?: string;
  /** A fault of fauxdr's own; the reply says so and is not the vendor's. */
  readonly error?: string;
  /** The fault that strikes it, and whether the operation's effect took place. */
  readonly strike?: Strike & { readonly effect: boolean };
}

/** A request to a service, and what its document says of it. */
export interface Question {
  readonly service: Service;
  readonly api: Api;
  readonly tenant: Tenant;
  readonly request: WireRequest;
  /** What the request is matched with, or why with nothing. */
  readonly match: Route | Refusal;
  readonly bodyLimitBytes: number;
}

/**
 * Asks a service: authenticate, validate, run, check the reply. Every way out passes the check. Most services answer at
 * once, and to wait for them all the same took a twentieth of a call's time.
 */
export async function answer(question: Question): Promise<Outcome> {
  const { service, api, tenant, request, match } = question;
  const route = routeOf(match);
  const so: So = route ? { route } : {};
  try {
    let reply: Reply;
    try {
      // Credentials come before routing: whoever has none is not told which paths there are.
      if (route ? route.secured : api.secured) {
        const principal = service.authenticate(request, tenant, route?.id);
        so.principal = principal instanceof Promise ? await principal : principal;
      }
      const answered = ask(question, so.principal);
      reply = answered instanceof Promise ? await answered : answered;
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      so.refusal = error.refusal;
      reply = marked(service.refuse(error.refusal, tenant, route?.id), error.refusal);
    }
    if (so.principal && service.headers) {
      reply = { ...reply, headers: { ...service.headers(tenant), ...reply.headers } };
    }
    return Object.assign(so, { reply, basis: api.check(route?.id, reply) });
  } catch (error) {
    return Object.assign(so, ownFault(error));
  }
}

/** What is known of a request on its way. */
interface So {
  readonly route?: Route;
  principal?: Principal;
  refusal?: Refusal;
}

function ask(
  { tenant, request, match, bodyLimitBytes }: Question,
  principal: Principal | undefined,
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
    principal: principal ?? { id: "" },
    tenant,
  });
}

export const routeOf = (match: Route | Refusal): Route | undefined =>
  "run" in match ? match : undefined;

/** The reply to a call that fauxdr does not serve says so, so that nobody takes it for what the vendor would answer. */
const marked = (reply: Reply, refusal: Refusal): Reply => {
  if (refusal.kind !== "not-served") return reply;
  const unserved = ascii(`${refusal.method} ${refusal.path}`);
  return { ...reply, headers: { ...reply.headers, "x-fauxdr-unserved": unserved } };
};

/** The answer to a path that no vendor serves. It is ours, and says so. */
export function unowned({ method, path }: WireRequest, vendors: readonly Vendor[]): Outcome {
  const error = `no vendor serves ${method} ${path}; this server stands in for ${vendors
    .map(({ title }) => title)
    .join(" and ")}, and is steered under /__admin`;
  return { reply: ours(404, error), error };
}

/** The answer where fauxdr itself, or whoever set it up, made a mistake. */
export function ownFault(error: unknown): Pick<Outcome, "reply" | "error"> {
  const what = error instanceof Error ? error.message : String(error);
  const text = error instanceof KitError ? what : `fauxdr failed: ${what}`;
  return { reply: ours(500, text), error: error instanceof Error ? (error.stack ?? text) : text };
}

/** A header that no vendor sends, so that no client takes this for the vendor's word. */
const ours = (status: number, error: string): Reply =>
  json({ error }, { status, headers: { "x-fauxdr-error": ascii(error) } });

/** Header values must be printable ASCII. */
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]+/g, " ").slice(0, 500);
