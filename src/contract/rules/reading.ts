import { parseTime } from "../../core/clock.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Exchange } from "../../core/journal/journal.ts";

/** Whether two requests are the same. Without credentials, because the journal has none. */
export const isSame = (a: Exchange, b: Exchange): boolean =>
  a.operation === b.operation &&
  a.request.method === b.request.method &&
  a.request.url === b.request.url &&
  a.request.body.text === b.request.body.text &&
  a.request.body.sha256 === b.request.body.sha256;

/** The name of an exchange in a finding. */
export const callName = ({ operation, request }: Exchange): string =>
  operation ?? `${request.method} ${request.url}`;

export const isOk = ({ reply }: Exchange): boolean => reply?.cause === "ok";

/** Whether the operation took effect, even if the client did not get its reply. */
export const isTakenOn = ({ reply, refusal, fault }: Exchange): boolean =>
  refusal === undefined && (fault ? fault.effect : reply?.cause === "ok");

/** When the request began to arrive, in milliseconds of the tenant's time. */
export const beganAt = ({ at }: Exchange): number => parseTime(at) ?? 0;

/** When its reply was handed to the connection: on a busy machine the exchange ends after the client has the reply. */
export const repliedAt = (exchange: Exchange): number =>
  beganAt(exchange) + (exchange.timings?.replyMs ?? exchange.durationMs);

/** Faults whose reply a client can still read. */
const HARMLESS: readonly Fault["kind"][] = ["delay", "slow-body", "extra-fields"];

/** Whether the client got the vendor's whole reply, unchanged. */
export const isReadable = ({ reply, aborted, fault }: Exchange): boolean =>
  reply !== undefined && !aborted && (fault === undefined || HARMLESS.includes(fault.kind));

/**
 * Milliseconds from the reply to `a` until the request of `b`. Undefined if the tenant's clock was frozen, or if `b`
 * was sent before the reply to `a`.
 */
export function waited(a: Exchange, b: Exchange): number | undefined {
  if (beganAt(b) <= beganAt(a)) return undefined;
  const ms = beganAt(b) - repliedAt(a);
  // The times of exchanges are cut to whole milliseconds.
  return ms < -1 ? undefined : Math.max(0, ms);
}

/** Groups exchanges by a key. Leaves out those without one. */
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

/** Equal for requests that are the same. Only the text at its end may contain a line break. */
export const keyOf = ({ operation, request: { method, url, body } }: Exchange): string =>
  `${operation}\n${method}\n${url}\n${body.sha256}\n${body.text}`;

const repeats = new WeakMap<readonly Exchange[], readonly number[]>();

/** For each exchange the index of the next one that is the same, or -1. Several rules ask for it, so it is kept. */
export function nextSame(exchanges: readonly Exchange[]): readonly number[] {
  const known = repeats.get(exchanges);
  if (known) return known;
  const next = new Array<number>(exchanges.length);
  const seen = new Map<string, number>();
  for (let index = exchanges.length - 1; index >= 0; index--) {
    const key = keyOf(exchanges[index] as Exchange);
    next[index] = seen.get(key) ?? -1;
    seen.set(key, index);
  }
  repeats.set(exchanges, next);
  return next;
}
