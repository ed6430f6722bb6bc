import type { Progress } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";

/**
 * The requestId of a host action, also where the reply that says it was lost. A call on events makes several
 * remediations at once, and is not followed.
 */
export function createdBy(exchange: Exchange): string | undefined {
  if (!/quarantineHost/i.test(exchange.operation ?? "")) return undefined;
  const { requestId } = replyOf(exchange);
  return typeof requestId === "string" ? requestId : undefined;
}

/** What a status call tells of a host action; also of one that nobody was ever given. */
export function progressOf(exchange: Exchange): Progress | undefined {
  const { operation, request, refusal, fault, aborted } = exchange;
  if (operation !== "getRemediation" && operation !== "getRemediationV1") return undefined;
  const asked = /\/([^/?]+)\/?(\?|$)/.exec(request.url)?.[1] ?? "";
  if (refusal?.kind === "not-found") return { action: asked, ended: false };
  const { requestId, action, status } = replyOf(exchange);
  if (typeof requestId !== "string" || !/host$/i.test(String(action))) return undefined;
  // The journal has what the vendor said; a client may have got less of it.
  const isHeard = fault === undefined && aborted === undefined;
  // A remediationId stands for one host: that it is done says nothing of the call's other hosts.
  const ended = isHeard && asked === requestId && ENDED.test(String(status));
  return { action: requestId, ended };
}

/** One spelling is printed; the letters of the other one are assumed. */
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
