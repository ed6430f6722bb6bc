import { KitError } from "../../core/errors.ts";
import { FAULTS, type Fault } from "../../core/faults/fault.ts";
import { looseJson } from "../../core/json/json.ts";
import { refusalExample } from "../../core/refusal-examples.ts";
import { json, nothing, type Reply, text } from "../../core/reply.ts";
import type { RequestContext } from "../spec/request-context.ts";
import { withDriftedTypes, withExtraFields, withUnknownEnum } from "./mutate-body.ts";

/** A fault that sends part of the reply needs a reply, so the operation runs. */
export const runsOperation = (fault: Fault): boolean =>
  FAULTS[fault.kind].effect === "always" ||
  ("effect" in fault && fault.effect === true) ||
  ("afterBytes" in fault && fault.afterBytes !== undefined);

const MUTATIONS: readonly Fault["kind"][] = ["unknown-enum", "extra-fields", "type-drift"];

/** A reply and its basis. The reply of a fault may have none. */
interface Based {
  readonly reply: Reply;
  readonly basis?: string | undefined;
}

/**
 * Replaces the operation's reply by that of the fault. socket-faults.ts applies the faults of bytes and sockets later.
 * Returns `real` itself if the fault changes a value that this reply does not have, such as in an error response.
 */
export function faultyReply(fault: Fault, context: RequestContext, real: Based | undefined): Based {
  try {
    return replyOf(fault, context, real);
  } catch (error) {
    if (real && error instanceof KitError && MUTATIONS.includes(fault.kind)) return real;
    throw error;
  }
}

function replyOf(fault: Fault, context: RequestContext, real: Based | undefined): Based {
  const given = real?.reply ?? NO_REPLY;
  switch (fault.kind) {
    case "refusal": {
      const { service, api, tenant, request, route } = context;
      const asked = { why: "matches a fault rule", action: route?.id ?? "", ...request };
      const refused = service.refuse(refusalExample(fault.refusal, asked), tenant, route?.id);
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
    case "redirect": {
      const { status = 307 } = fault;
      const headers = { ...retryAfter(fault), location: elsewhere(context.request) };
      return { reply: text("", TEXT, { status, cause: "fault", headers }) };
    }
    case "unknown-enum": {
      const schema = context.api.schemaOf(context.route?.id, given);
      return changed(given, (value) => withUnknownEnum(value, schema, fault.at));
    }
    case "extra-fields":
      return changed(given, withExtraFields);
    case "type-drift":
      return changed(given, (value) => withDriftedTypes(value, fault.at));
    default:
      return { reply: given, basis: real?.basis };
  }
}

/** The reply with another value. The JSON of another server is text. */
function changed({ text, ...reply }: Reply, change: (value: unknown) => unknown): Based {
  const isJson = text !== undefined && /[/+]json\b/.test(reply.contentType);
  return { reply: { ...reply, value: change(isJson ? looseJson(text) : reply.value) } };
}

const TEXT = "text/plain; charset=utf-8";

const NO_REPLY: Reply = text("", "", { cause: "fault" });

const retryAfter = ({
  retryAfterSeconds,
}: {
  readonly retryAfterSeconds?: number;
}): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };

/** The same address by another name of this machine, which clients must take for another host. */
function elsewhere({ scheme, headers, url }: RequestContext["request"]): string {
  const own = `${scheme}://${headers["host"]}`;
  const { hostname, port } = new URL(URL.canParse(own) ? own : `${scheme}://127.0.0.1`);
  const other = hostname === "localhost" ? "127.0.0.1" : "localhost";
  return `${scheme}://${other}${port && `:${port}`}${url}`;
}

/** A rule's content-type replaces ours. */
const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const page = (status: number): string =>
  `<!DOCTYPE html>\n<html><head><title>${status}</title></head>\n` +
  `<body><h1>${status}</h1><p>A gateway in front of the vendor answered in its place.</p></body></html>\n`;
