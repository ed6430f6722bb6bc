import { KitError } from "../../core/errors.ts";
import { FAULTS, type Fault } from "../../core/faults/fault.ts";
import type { AppliedFault } from "../../core/faults/faults.ts";
import { exampleOf } from "../../core/refusal-examples.ts";
import { json, nothing, type Reply, text } from "../../core/reply.ts";
import { type Answer, answer, ownError, type RequestContext, routeOf } from "../answer.ts";
import { withDriftedTypes, withExtraFields, withUnknownEnum } from "./mutate-body.ts";
import { preferredFault } from "./prefer.ts";

/** Answers a request with the fault that applies: of its `Prefer` header, of a rule, or of a reserved target. */
export async function answerWithFaults(context: RequestContext, vendor: string): Promise<Answer> {
  const { tenant, request, match } = context;
  const route = routeOf(match);
  try {
    const preferred = request.headers["prefer"] ? preferredFault(context) : undefined;
    const applied =
      preferred ??
      tenant.faults.apply({
        vendor,
        operation: route?.id,
        subject: () => ({
          url: request.url,
          headers: request.headers,
          body: request.body.toString("utf8"),
        }),
      });
    if (applied) {
      const real = runsOperation(applied.fault) ? await answer(context) : undefined;
      return withFault(applied, context, real);
    }
    const real = await answer(context);
    const { fault } = real.reply;
    if (!fault) return real;
    const reserved = { rule: "reserved target", fault, delayMs: 0 };
    return withFault(reserved, context, runsOperation(fault) ? real : undefined);
  } catch (error) {
    return { ...(route && { route }), ...ownError(error) };
  }
}

/** The answer that a fault puts in place of the operation's. socket-faults.ts applies the faults of bytes and sockets later. */
function withFault(
  applied: AppliedFault,
  context: RequestContext,
  real: Answer | undefined,
): Answer {
  // Never mask our own bugs.
  if (real?.error !== undefined) return real;
  const route = routeOf(context.match);
  const changed = changedReply(applied.fault, context, real);
  if (changed === undefined && real !== undefined) return real;
  const { reply, basis } = changed ?? { reply: NO_REPLY };
  return {
    ...(route && { route }),
    ...(real?.principal && { principal: real.principal }),
    ...(real?.refusal && { refusal: real.refusal }),
    reply,
    ...(basis !== undefined && { basis }),
    fault: { ...applied, effect: real !== undefined && real.refusal === undefined },
  };
}

/** A fault that sends part of the reply needs a reply, so the operation runs. */
const runsOperation = (fault: Fault): boolean =>
  FAULTS[fault.kind].effect === "always" ||
  ("effect" in fault && fault.effect === true) ||
  ("afterBytes" in fault && fault.afterBytes !== undefined);

const MUTATIONS: readonly Fault["kind"][] = ["unknown-enum", "extra-fields", "type-drift"];

/** Nothing where the fault is to change a value that this reply does not have, as in an error response. */
function changedReply(
  fault: Fault,
  context: RequestContext,
  real: Answer | undefined,
): ReturnType<typeof replyOf> | undefined {
  try {
    return replyOf(fault, context, real);
  } catch (error) {
    if (error instanceof KitError && MUTATIONS.includes(fault.kind)) return undefined;
    throw error;
  }
}

function replyOf(
  fault: Fault,
  context: RequestContext,
  real: Answer | undefined,
): { reply: Reply; basis?: string | undefined } {
  const given = real?.reply ?? NO_REPLY;
  switch (fault.kind) {
    case "refusal": {
      const { service, api, tenant, request, match } = context;
      const route = routeOf(match);
      const asked = { why: "matches a fault rule", action: route?.id ?? "", ...request };
      const refused = service.refuse(exampleOf(fault.refusal, asked), tenant, route?.id);
      const reply = { ...refused, headers: { ...refused.headers, ...retryAfter(fault) } };
      return { reply, basis: api.check(route?.id, reply) };
    }
    case "status": {
      const { status, headers = {}, body = "" } = fault;
      const options = {
        status,
        cause: "fault",
        headers: { ...retryAfter(fault), ...lower(headers) },
      };
      if (status === 204 || status === 304) return { reply: nothing(options) };
      return {
        reply: typeof body === "string" ? text(body, TEXT, options) : json(body, options),
      };
    }
    case "html-page": {
      const { status = 502 } = fault;
      const options = { status, cause: "fault", headers: retryAfter(fault) };
      return { reply: text(page(status), "text/html; charset=utf-8", options) };
    }
    case "unknown-enum": {
      const schema = context.api.schemaOf(routeOf(context.match)?.id, given);
      return { reply: { ...given, value: withUnknownEnum(given.value, schema, fault.at) } };
    }
    case "extra-fields":
      return { reply: { ...given, value: withExtraFields(given.value) } };
    case "type-drift":
      return { reply: { ...given, value: withDriftedTypes(given.value, fault.at) } };
    default:
      return { reply: given, basis: real?.basis };
  }
}

const TEXT = "text/plain; charset=utf-8";

const NO_REPLY: Reply = text("", "", { cause: "fault" });

const retryAfter = ({
  retryAfterSeconds,
}: {
  readonly retryAfterSeconds?: number;
}): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };

/** A rule's content-type replaces ours. */
const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const page = (status: number): string =>
  `<!DOCTYPE html>\n<html><head><title>${status}</title></head>\n` +
  `<body><h1>${status}</h1><p>A gateway in front of the vendor answered in its place.</p></body></html>\n`;
