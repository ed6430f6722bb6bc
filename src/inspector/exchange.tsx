import type { JSX } from "preact";
import type { Finding } from "../core/contract.ts";
import { curlOf } from "../core/journal/curl.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { baseOf } from "./base.ts";
import { Basis, Body, Copy, Status } from "./parts.tsx";

interface ExchangeProps {
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
}

/** One exchange, with everything that the journal holds about it. */
export function ExchangeView({ exchange, findings }: ExchangeProps): JSX.Element {
  const { id, tenant, vendor, operation, request, reply, fault, refusal, error } = exchange;
  return (
    <article aria-label={`exchange ${id}`}>
      <h2>
        {request.method} {request.url}
      </h2>
      <dl>
        <dt>operation</dt>
        <dd>
          {operation ?? "none"} <span class="quiet">{vendor}</span>
        </dd>
        <dt>tenant</dt>
        <dd>
          {tenant} <span class="quiet">#{id}</span>
        </dd>
        <dt>at</dt>
        <dd>
          {exchange.at} <span class="quiet">{exchange.durationMs} ms</span>
        </dd>
        <dt>reply</dt>
        <dd>
          <Status status={reply?.status} /> {reply?.cause} <Basis basis={reply?.basis} />
          {exchange.open && <span class="quiet"> in progress</span>}
          {exchange.aborted && <span class="quiet"> the connection ended first</span>}
        </dd>
        {exchange.principal && <Fact name="caller" value={exchange.principal} />}
        {fault && (
          <Fact
            name="fault"
            value={`${fault.kind} by ${fault.rule}; the call took ${fault.effect ? "effect" : "no effect"}`}
          />
        )}
        {refusal && <Fact name="refusal" value={reasonOf(refusal)} />}
        {error && <Fact name="error" value={error} />}
        {exchange.ignored && <Fact name="ignored fields" value={exchange.ignored.join(", ")} />}
        {exchange.remarks && <Fact name="remarks" value={exchange.remarks.join("; ")} />}
      </dl>
      {findings.map((finding) => (
        <section key={`${finding.rule} ${finding.what}`} class={`finding ${finding.severity}`}>
          <h3>
            {finding.severity} {finding.rule}
          </h3>
          <p>{finding.what}</p>
          <p>{finding.fix}</p>
          <p class="quiet">{finding.source}</p>
        </section>
      ))}
      <p>
        <Copy text={curlOf(exchange, baseOf(location), " \\\n  ")}>Copy as curl</Copy>
      </p>
      <h3>Request</h3>
      <Headers headers={request.headers} />
      <Body text={request.body.text} cut={request.body.cut === true} />
      {reply && (
        <>
          <h3>Reply</h3>
          <Headers headers={reply.headers} />
          <Body text={reply.body.text} cut={reply.body.cut === true} />
        </>
      )}
    </article>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }): JSX.Element => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

/** The kind of a refusal, followed by its details. */
function reasonOf(refusal: NonNullable<Exchange["refusal"]>): string {
  const { kind, ...rest } = refusal;
  const said = Object.values(rest).map((value) =>
    typeof value === "string" ? value : JSON.stringify(value),
  );
  return [kind, ...said].join(", ");
}

function Headers({ headers }: { readonly headers: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <details>
      <summary>{Object.keys(headers).length} headers</summary>
      <dl>
        {Object.entries(headers).map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
    </details>
  );
}
