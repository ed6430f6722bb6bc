import type { Exchange } from "../core/journal/journal.ts";

/** One line for the terminal: time, vendor, operation, status, duration, and the refusal or error if there is one. */
export function textLine({
  at,
  vendor,
  operation,
  reply,
  request,
  refusal,
  error,
  durationMs,
}: Exchange): string {
  const words = [
    at.slice("2026-01-31T".length, -1),
    vendor ?? "-",
    operation ?? `${request.method} ${request.url}`,
    reply?.status ?? "-",
    `${durationMs.toFixed(1)}ms`,
  ];
  if (error !== undefined) words.push(error.split("\n")[0] ?? "");
  // Bytes that are not a request have no kind worth showing, only a reason.
  else if (refusal)
    words.push(request.method === "" && "reason" in refusal ? refusal.reason : refusal.kind);
  // The request line is untrusted: keep its control characters from the terminal.
  return words.join(" ").replace(/\p{Cc}/gu, "?");
}

/** The same as JSON, for machines. */
export function jsonLine({
  at,
  tenant,
  vendor,
  operation,
  reply,
  refusal,
  error,
  durationMs,
}: Exchange): string {
  return JSON.stringify({
    at,
    tenant,
    vendor,
    operation,
    status: reply?.status,
    durationMs,
    refusal: refusal?.kind,
    error,
  });
}
