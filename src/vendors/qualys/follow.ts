import type { ActionProgress, Aim } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { isObject } from "../../core/json/is-object.ts";
import { hostActionsAmong } from "./rules/host-actions.ts";

/**
 * The requestId of a new host action, even if its reply was lost on the way. A call on events creates several
 * remediations at once and is not followed.
 */
export function createdBy(exchange: Exchange): string | undefined {
  if (!/quarantineHost/i.test(exchange.operation ?? "")) return undefined;
  const { requestId } = replyOf(exchange);
  return typeof requestId === "string" ? requestId : undefined;
}

/** What a status call says about a host action, or about an id that was never issued. */
export function progressOf(exchange: Exchange): ActionProgress | undefined {
  const { operation, request, refusal, fault, aborted } = exchange;
  if (operation !== "getRemediation" && operation !== "getRemediationV1") return undefined;
  const asked = lastSegment(request.url);
  if (refusal?.kind === "not-found") return { action: asked, ended: false };
  const { requestId, action, status } = replyOf(exchange);
  if (typeof requestId !== "string" || !/host$/i.test(String(action))) return undefined;
  // The journal has the whole reply; the client may have received less of it.
  const isHeard = fault === undefined && aborted === undefined;
  // A remediationId is about one host: its end says nothing about the other hosts of the call.
  const ended = isHeard && asked === requestId && ENDED.test(String(status));
  return { action: requestId, ended };
}

/** The id that a status call asks for: a requestId, or a remediationId that has it inside. */
export const askedFor = ({ operation = "", request }: Exchange): string | undefined =>
  operation.startsWith("getRemediation") ? lastSegment(request.url) : undefined;

const lastSegment = (url: string): string => /\/([^/?]+)\/?(\?|$)/.exec(url)?.[1] ?? "";

/** What a host action does, and to which agents. */
export function aimOf(exchange: Exchange): Aim | undefined {
  const [found] = hostActionsAmong([exchange]);
  const { assetActionParameter: parameter } = found?.body ?? {};
  const list = isObject(parameter) ? parameter["assetActions"] : undefined;
  if (!Array.isArray(list)) return undefined;
  const actions = list.filter(isObject);
  const kinds = [...new Set(actions.map(({ action }) => String(action)))].toSorted();
  return { subject: kinds.join(), targets: actions.map(({ agentId }) => String(agentId)) };
}

/** Only "success" is printed. The spelling of "failed" is assumed. */
const ENDED = /^(success|failed)$/i;

function replyOf({ reply }: Exchange): Readonly<Record<string, unknown>> {
  if (reply?.status !== 200) return {};
  try {
    const value: unknown = JSON.parse(reply.body.text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
