import { FAULTS, type Fault } from "../../core/faults/fault.ts";
import type { Strike } from "../../core/faults/faults.ts";
import { exampleOf } from "../../core/refusal-examples.ts";
import { json, nothing, type Reply, text } from "../../core/reply.ts";
import { answer, type Outcome, ownFault, type Question, routeOf } from "../answer.ts";
import { withDriftedTypes, withExtraFields, withUnknownEnum } from "./mutate-body.ts";
import { preferred } from "./prefer.ts";

/** Answers a question, with what strikes it: a preference of the request, a rule, or a reserved target. */
export async function answerStruck(question: Question, vendor: string): Promise<Outcome> {
  try {
    const strike = preferred(question) ?? rule(question, vendor);
    if (strike) return await play(strike, question, () => answer(question));
    const outcome = await answer(question);
    const { fault } = outcome.reply;
    if (!fault) return outcome;
    return await play(
      { rule: "reserved target", fault, delayMs: 0 },
      question,
      async () => outcome,
    );
  } catch (error) {
    const route = routeOf(question.match);
    return { ...(route && { route }), ...ownFault(error) };
  }
}

function rule({ tenant, request, match }: Question, vendor: string): Strike | undefined {
  return tenant.faults.strike({
    vendor,
    operation: routeOf(match)?.id,
    subject: () => ({
      url: request.url,
      headers: request.headers,
      body: request.body.toString("utf8"),
    }),
  });
}

/** What the client gets of an answer that a fault strikes; the faults of bytes and sockets are left to `transmit`. */
async function play(
  strike: Strike,
  question: Question,
  ask: () => Promise<Outcome>,
): Promise<Outcome> {
  const { fault } = strike;
  const real = runs(fault) ? await ask() : undefined;
  // A mistake of ours shall be seen.
  if (real?.error !== undefined) return real;
  const struck = { ...strike, effect: real !== undefined && real.refusal === undefined };
  const route = routeOf(question.match);
  const { reply, basis } = replyOf(fault, question, real);
  return {
    ...(route && { route }),
    ...(real?.principal && { principal: real.principal }),
    ...(real?.refusal && { refusal: real.refusal }),
    reply,
    ...(basis !== undefined && { basis }),
    strike: struck,
  };
}

/** Part of a reply can only be sent where there is one. */
const runs = (fault: Fault): boolean =>
  FAULTS[fault.kind].effect === "always" ||
  ("effect" in fault && fault.effect === true) ||
  ("afterBytes" in fault && fault.afterBytes !== undefined);

function replyOf(
  fault: Fault,
  question: Question,
  real: Outcome | undefined,
): { reply: Reply; basis?: string | undefined } {
  const given = real?.reply ?? NO_REPLY;
  switch (fault.kind) {
    case "refusal": {
      const { service, api, tenant, request, match } = question;
      const route = routeOf(match);
      const asked = { why: "refused by a fault rule", action: route?.id ?? "", ...request };
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
      const schema = question.api.schemaOf(routeOf(question.match)?.id, given);
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

/** So that a rule's content-type takes the place of ours. */
const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const page = (status: number): string =>
  `<!DOCTYPE html>\n<html><head><title>${status}</title></head>\n` +
  `<body><h1>${status}</h1><p>A gateway in front of the vendor answered in its place.</p></body></html>\n`;
