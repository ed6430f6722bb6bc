import { type Refusal, VendorError } from "../core/errors.ts";
import type { UpstreamDrift } from "../core/journal/journal.ts";
import { parseInTurns } from "../core/json/parse-once.ts";
import { json, type Reply } from "../core/reply.ts";
import type { Vendor } from "../core/vendor.ts";
import { type Answer, ascii, ownReply } from "./answer.ts";
import { isHeldBack } from "./hold-back.ts";
import type { Api } from "./spec/api.ts";
import { incompleteBody } from "./spec/parse-body.ts";
import type { RequestContext } from "./spec/request-context.ts";
import { passOn } from "./wire/pass-on.ts";

/** A real server behind this one. */
export interface Upstream {
  readonly url: URL;
  /** Ids of the machines that calls may act on. */
  readonly targets: readonly string[];
}

/**
 * Passes a call on and the reply back unchanged. The answer holds what fauxdr would have said against the request, and how
 * the reply differs from the vendor's document in one of its wire forms (`apis`). Calls that act on machines nobody named
 * are not passed on.
 */
export async function answerFromUpstream(
  context: RequestContext,
  vendor: Vendor,
  { url, targets }: Upstream,
  apis: readonly Api[],
): Promise<Answer> {
  const { request, route, tenant } = context;
  const known = route ? { route } : {};
  await parseInTurns(request.body);
  const objection = objectionTo(context);
  if (isHeldBack(vendor, request, route?.id, targets)) {
    const call = `${request.method} ${request.path}`;
    const refusal: Refusal = {
      kind: "forbidden",
      principal: "the caller",
      permission: call,
      onRequest: true,
    };
    const refused = vendor.refuse(refusal, tenant, route?.id);
    const headers = { ...refused.headers, "x-fauxdr-held-back": ascii(call) };
    return {
      ...known,
      reply: { ...refused, headers },
      refusal: objection ?? refusal,
      upstream: { heldBack: true, drifts: [] },
    };
  }
  let reply: Reply;
  try {
    reply = await passOn(url, request);
  } catch (error) {
    const message = `${url.host} did not answer: ${(error as Error).message}`;
    return { ...known, reply: ownReply(502, message), error: message };
  }
  const refusal = objection ?? refusalBy(reply);
  return {
    ...known,
    reply,
    ...(refusal && { refusal }),
    upstream: { drifts: route ? nearest(apis.map((api) => driftsOf(api, route.id, reply))) : [] },
  };
}

/** What fauxdr would have said against the form of the request. */
function objectionTo({ request, match, bodyLimitBytes }: RequestContext): Refusal | undefined {
  if ("kind" in match) return match;
  if (request.incomplete && match.takesBody) return incompleteBody(request, bodyLimitBytes);
  try {
    match.validate(request);
    return undefined;
  } catch (error) {
    if (error instanceof VendorError) return error.refusal;
    throw error;
  }
}

/** Refusals that the status alone tells, for the rules on credentials and on retries. */
function refusalBy({ status, headers }: Reply): Refusal | undefined {
  const reason = `the upstream answered ${status}`;
  switch (status) {
    case 401:
      return { kind: "unauthenticated", reason };
    case 402:
      return { kind: "unlicensed", principal: "the caller" };
    case 403:
      return { kind: "forbidden", principal: "the caller", permission: "" };
    case 429: {
      const retryAfterSeconds = Number(headers["retry-after"]) || 1;
      return { kind: "rate-limited", limit: 0, windowSeconds: 0, retryAfterSeconds };
    }
    default:
      return undefined;
  }
}

function driftsOf(api: Api, id: string, reply: Reply): readonly UpstreamDrift[] {
  const causes = api.causes(id);
  const [cause] = causes[reply.status] ?? [];
  if (cause === undefined) {
    const listed = Object.keys(causes).join(", ");
    const what = `is ${reply.status}, and the vendor's document has only ${listed}`;
    return [{ where: "status", what, basis: "observed" }];
  }
  const basis = api.basis(id, reply.status, cause) ?? "assumed";
  const seen = comparable(reply, cause);
  if (!seen) return [{ where: "body", what: "is declared as JSON, but is not valid JSON", basis }];
  return api
    .drifts(id, seen)
    .map(({ where, what, isAddition }) => ({ where, what, basis: isAddition ? "assumed" : basis }));
}

/** The reply with its JSON value. Undefined if it says it is JSON and is not. */
function comparable(reply: Reply, cause: string): Reply | undefined {
  const { contentType, status, text } = reply;
  if (!/[/+]json\b/.test(contentType)) return { ...reply, cause };
  try {
    return { ...json(JSON.parse(text ?? ""), { status, cause }), contentType };
  } catch {
    return undefined;
  }
}

/** Those of the wire form that the server speaks. Additions count least. */
const nearest = (all: readonly (readonly UpstreamDrift[])[]): readonly UpstreamDrift[] =>
  all.toSorted((one, other) => weight(one) - weight(other))[0] ?? [];

const weight = (drifts: readonly UpstreamDrift[]): number =>
  drifts.reduce((sum, { basis }) => sum + (basis === "assumed" ? 1 : 1000), 0);
