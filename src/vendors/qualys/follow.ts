import type { Progress } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";

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
export function progressOf(exchange: Exchange): Progress | undefined {
  const { operation, request, refusal, fault, aborted } = exchange;
  if (operation !== "getRemediation" && operation !== "getRemediationV1") return undefined;
  const asked = /\/([^/?]+)\/?(\?|$)/.exec(request.url)?.[1] ?? "";
  if (refusal?.kind === "not-found") return { action: asked, ended: false };
  const { requestId, action, status } = replyOf(exchange);
  if (typeof requestId !== "string" || !/host$/i.test(String(action))) return undefined;
  // The journal has the whole reply; the client may have received less of it.
  const isHeard = fault === undefined && aborted === undefined;
  // A remediationId is about one host: its end says nothing about the other hosts of the call.
  const ended = isHeard && asked === requestId && ENDED.test(String(status));
  return { action: requestId, ended };
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
