import type { JSX } from "preact";
import type { Row } from "./feed.ts";
import { Status } from "./parts.tsx";
import { timeOf, type Zone } from "./time.ts";
import type { Told } from "./use-findings.ts";

interface LineProps {
  readonly row: Row;
  /** The most severe first. */
  readonly findings: readonly Told[];
  readonly zone: Zone;
  readonly showsTenant: boolean;
}

/** One request in the list. */
export function Line({ row: { exchange }, findings, zone, showsTenant }: LineProps): JSX.Element {
  const { at, request, operation, vendor, reply, fault, refusal, durationMs, tenant } = exchange;
  const [gravest, ...others] = findings;
  return (
    <>
      <time>{timeOf(at, zone)}</time>
      <Status status={reply?.status} />
      <span class="method">{request.method}</span>
      <span class="what" title={request.url}>
        {operation ?? request.url}
      </span>
      {refusal?.kind === "not-served" && <span class="tag">not served</span>}
      {fault && (
        <span class="tag" title={fault.kind}>
          {fault.kind}
        </span>
      )}
      {gravest && (
        <span class={`tag ${gravest.severity}`} title={findings.map(({ rule }) => rule).join(", ")}>
          {gravest.rule}
        </span>
      )}
      {others.length > 0 && <span class="more">+{others.length}</span>}
      {showsTenant && (
        <span class="tag" title={tenant}>
          {tenant}
        </span>
      )}
      <span class="quiet vendor">{vendor ?? "no vendor"}</span>
      <span class="quiet ms">{exchange.open ? "…" : `${Math.round(durationMs)} ms`}</span>
    </>
  );
}
