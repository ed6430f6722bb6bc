import type { Finding } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";

/** Bytes that were not an HTTP request. The journal has them without a method. */
export const isNoRequest = ({ request }: Exchange): boolean => request.method === "";

/** Why these were not requests, each reason once. */
export const reasonsIn = (exchanges: readonly Exchange[]): string =>
  [
    ...new Set(
      exchanges.flatMap(({ refusal }) => (refusal?.kind === "malformed" ? [refusal.reason] : [])),
    ),
  ].join("; ");

/** The finding for connections without a valid request. Empty if there are none. */
export function noRequestFindings(exchanges: readonly Exchange[]): Finding[] {
  const found = exchanges.filter(isNoRequest);
  if (found.length === 0) return [];
  const connections = found.length === 1 ? "a connection" : `${found.length} connections`;
  return [
    {
      rule: "connection.no-request",
      vendor: "none",
      severity: "should",
      basis: "documented",
      what: `${connections} without a valid request: ${reasonsIn(found)}`,
      fix: "Use the URL from the environment unchanged: its scheme and its port belong together.",
      source: "RFC 9112, HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9112",
      exchanges: found.slice(0, 10).map(({ id }) => id),
    },
  ];
}
