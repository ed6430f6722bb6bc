import { parseTime } from "../../core/clock.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Exchange } from "../../core/journal/journal.ts";

/** The same request once more; credentials are not compared, as the journal has none. */
export const isSame = (a: Exchange, b: Exchange): boolean =>
  a.operation === b.operation &&
  a.request.method === b.request.method &&
  a.request.url === b.request.url &&
  a.request.body.text === b.request.body.text &&
  a.request.body.sha256 === b.request.body.sha256;

/** How an exchange is called in a finding. */
export const nameOf = ({ operation, request }: Exchange): string =>
  operation ?? `${request.method} ${request.url}`;

export const isOk = ({ reply }: Exchange): boolean => reply?.cause === "ok";

/** The operation did its work, whether or not the client has heard of it. */
export const isTakenOn = ({ reply, refusal, fault }: Exchange): boolean =>
  refusal === undefined && (fault ? fault.effect : reply?.cause === "ok");

/** When the request came in, in milliseconds of the tenant's time. */
export const beganAt = ({ at }: Exchange): number => parseTime(at) ?? 0;

/** When its reply was out. */
export const endedAt = (exchange: Exchange): number => beganAt(exchange) + exchange.durationMs;

/** These leave a reply that a client can read. */
const HARMLESS: readonly Fault["kind"][] = ["delay", "slow-body", "extra-fields"];

/** The client has seen the vendor's reply, all of it and as the vendor gave it. */
export const isReadable = ({ reply, aborted, fault }: Exchange): boolean =>
  reply !== undefined && !aborted && (fault === undefined || HARMLESS.includes(fault.kind));

/**
 * How long after the reply to `a` the request of `b` came. Nothing where the tenant's clock stood still, or where `b`
 * was under way before `a` was answered.
 */
export function waited(a: Exchange, b: Exchange): number | undefined {
  if (beganAt(b) <= beganAt(a)) return undefined;
  const ms = beganAt(b) - endedAt(a);
  // The time of an exchange is cut to whole milliseconds.
  return ms < -1 ? undefined : Math.max(0, ms);
}

/** Exchanges by a key; those without one are left out. */
export function grouped(
  exchanges: readonly Exchange[],
  keyOf: (exchange: Exchange) => string | undefined,
): (readonly Exchange[])[] {
  const groups = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = keyOf(exchange);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    group.push(exchange);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The key of a request: the same for all that are the same. */
export const keyOf = ({ operation, request: { method, url, body } }: Exchange): string =>
  JSON.stringify([operation, method, url, body.text, body.sha256]);
