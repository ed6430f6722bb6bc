import { KitError, type Refusal, VendorError } from "../core/errors.ts";
import type { AppliedFault } from "../core/faults/faults.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { isLarge, parseInTurns } from "../core/json/parse-once.ts";
import { json, type Reply } from "../core/reply.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Principal, Vendor, WireRequest } from "../core/vendor.ts";
import { faultyReply, runsOperation } from "./faults/apply-fault.ts";
import { preferredFault } from "./faults/prefer.ts";
import { subjectOf } from "./faults/subject.ts";
import { originOf } from "./origin.ts";
import type { Route } from "./spec/api.ts";
import { incompleteBody } from "./spec/parse-body.ts";
import type { RequestContext } from "./spec/request-context.ts";

/** The reply to a request, with its basis and what led to it. */
export interface Answer {
  readonly reply: Reply;
  readonly route?: Route;
  readonly principal?: Principal;
  /** Members of the body that the vendor ignores, as JSON pointers. */
  readonly ignored?: readonly string[];
  readonly refusal?: Refusal;
  /** How sure it is that the vendor would answer like this. */
  readonly basis?: string;
  /** An error of fauxdr's own. The reply says so and is not the vendor's. */
  readonly error?: string;
  /** How the reply of a real server came about. */
  readonly upstream?: Exchange["upstream"];
  /** The fault that applies, and whether the operation took effect. */
  readonly fault?: AppliedFault & { readonly effect: boolean };
}

/**
 * Answers a vendor's request with the fault that applies: of its `Prefer` header, of a rule, or of a reserved target.
 * `respond` gives the answer without one.
 */
export async function answerWithFaults(
  context: RequestContext,
  vendor: string,
  respond: (context: RequestContext) => Promise<Answer> = answer,
): Promise<Answer> {
  const { tenant, request, route } = context;
  try {
    if (isLarge(request.body) && tenant.faults.list().some(({ where }) => where)) {
      await parseInTurns(request.body);
    }
    const applied =
      (request.headers["prefer"] ? preferredFault(context) : undefined) ??
      tenant.faults.apply({
        vendor,
        operation: route?.id,
        subject: () => subjectOf(request),
      });
    if (applied) {
      const real = runsOperation(applied.fault) ? await respond(context) : undefined;
      return withFault(applied, context, real);
    }
    const real = await respond(context);
    const { fault } = real.reply;
    if (!fault) return real;
    const reserved = { rule: "reserved target", fault, delayMs: 0 };
    return withFault(reserved, context, runsOperation(fault) ? real : undefined);
  } catch (error) {
    return { ...(route && { route }), ...ownError(error) };
  }
}

/** The faulty answer in place of the operation's answer, which is undefined if the operation does not run. */
function withFault(
  applied: AppliedFault,
  context: RequestContext,
  real: Answer | undefined,
): Answer {
  // Never mask our own bugs.
  if (real?.error !== undefined) return real;
  const changed = faultyReply(applied.fault, context, real);
  if (changed === real) return real;
  const { reply, basis } = changed;
  return {
    ...(context.route && { route: context.route }),
    ...(real?.principal && { principal: real.principal }),
    ...(real?.ignored && { ignored: real.ignored }),
    ...(real?.refusal && { refusal: real.refusal }),
    ...(real?.upstream && { upstream: real.upstream }),
    reply,
    ...(basis !== undefined && { basis }),
    fault: { ...applied, effect: real !== undefined && real.refusal === undefined },
  };
}

/** Authenticates, validates, runs the operation and checks the reply. Every reply passes the check. */
export async function answer(context: RequestContext): Promise<Answer> {
  const { service, api, tenant, request, route } = context;
  const found: { -readonly [Member in keyof Answer]?: Answer[Member] } = route ? { route } : {};
  try {
    let reply: Reply;
    try {
      // Authenticate before routing, so that unauthenticated callers cannot probe paths.
      if (route ? route.secured : api.secured) {
        const principal = service.authenticate(request, tenant, route?.id);
        found.principal = principal instanceof Promise ? await principal : principal;
      }
      const made = run(context, found);
      // Waiting for what is there already takes as long as validating the request.
      reply = made instanceof Promise ? await made : made;
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      found.refusal = error.refusal;
      reply = marked(service.refuse(error.refusal, tenant, route?.id), error.refusal);
    }
    if (found.principal && service.headers) {
      reply = { ...reply, headers: { ...service.headers(tenant), ...reply.headers } };
    }
    found.reply = reply;
    found.basis = api.check(route?.id, reply);
    return found as Answer;
  } catch (error) {
    return Object.assign(found, ownError(error));
  }
}

type Found = { principal?: Principal; ignored?: readonly string[] };

function run(
  { tenant, request, match, bodyLimitBytes }: RequestContext,
  found: Found,
): Reply | Promise<Reply> {
  if ("kind" in match) throw new VendorError(match);
  const { takesBody } = match;
  if (request.incomplete && takesBody) {
    throw new VendorError(incompleteBody(request, bodyLimitBytes));
  }
  const call = (): Reply | Promise<Reply> => runCall(match, request, tenant, found);
  return takesBody && isLarge(request.body) ? parseInTurns(request.body).then(call) : call();
}

function runCall(
  match: Route,
  request: WireRequest,
  tenant: Tenant,
  found: Found,
): Reply | Promise<Reply> {
  const { params, query, body, ignored } = match.validate(request);
  if (ignored.length > 0) found.ignored = ignored;
  return match.run({
    operation: match.id,
    origin: () => originOf(request),
    params,
    query,
    headers: request.headers,
    body,
    principal: found.principal ?? { id: "" },
    tenant,
  });
}

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

/** The answer if the bodies of other requests leave no room for this one. It is fauxdr's own and says so. */
export function noRoom(limitBytes: number): Answer {
  const error = `the bodies of all requests under way are larger than ${limitBytes} bytes together: send fewer at once, or raise --open-bodies-bytes`;
  return { reply: ownReply(503, error), error };
}

/** A message may repeat what the client sent. */
const MOST_SAID = 2000;

/** The answer for a bug of fauxdr, or a wrong setup. */
export function ownError(error: unknown): Pick<Answer, "reply"> & { readonly error: string } {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MOST_SAID);
  const text = error instanceof KitError ? message : `fauxdr failed: ${message}`;
  const details = error instanceof Error ? (error.stack ?? text) : text;
  return { reply: ownReply(500, text), error: details };
}

/** No vendor sends this header, so no client can take the reply for a vendor's. */
export const ownReply = (status: number, error: string): Reply =>
  json({ error }, { status, headers: { "x-fauxdr-error": ascii(error) } });

/** Header values must be printable ASCII. */
export const ascii = (text: string): string => text.replace(/[^\x20-\x7e]+/g, " ").slice(0, 500);
