import type { JSX } from "preact";
import type { Exchange } from "../core/journal/journal.ts";
import { CallTools } from "./call-tools.tsx";
import { Comparison } from "./comparison.tsx";
import { FindingView } from "./finding.tsx";
import type { Page } from "./page.ts";
import { Basis, Body, Fact, Status } from "./parts.tsx";
import { Related } from "./related.tsx";
import { addressOf } from "./route.ts";
import { dateOf, zoneName } from "./time.ts";

interface ExchangeProps {
  readonly page: Page;
  readonly exchange: Exchange;
}

/** One exchange, with everything that the journal holds about it. */
export function ExchangeView({ page, exchange }: ExchangeProps): JSX.Element {
  const { id, tenant, vendor, operation, request, reply, fault, refusal, error } = exchange;
  const findings = page.findings.of.get(`${tenant} ${id}`) ?? [];
  const documented = page.operations.find((one) => one.id === operation && one.vendor === vendor);
  return (
    <article aria-label={`exchange ${id}`}>
      <h2>
        {request.method} {request.url}
      </h2>
      <CallTools page={page} exchange={exchange} />
      <dl>
        <dt>operation</dt>
        <dd>
          {documented ? (
            <a
              href={addressOf({
                ...page.route,
                view: "reference",
                path: [documented.vendor, documented.id],
                q: "",
              })}
            >
              {operation}
            </a>
          ) : (
            (operation ?? "none")
          )}{" "}
          <span class="quiet">{vendor}</span>
        </dd>
        <dt>tenant</dt>
        <dd>
          {tenant} <span class="quiet">#{id}</span>
        </dd>
        <dt>at</dt>
        <dd>
          {dateOf(exchange.at, page.zone)} {zoneName(exchange.at, page.zone)}{" "}
          <span class="quiet">{exchange.durationMs} ms</span>
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
        <FindingView
          key={`${finding.rule} ${finding.what}`}
          page={page}
          finding={finding}
          here={id}
        />
      ))}
      <Related page={page} exchange={exchange} />
      <h3>Request</h3>
      <Headers headers={request.headers} />
      <Body text={request.body.text} cut={request.body.cut === true} />
      {documented && <Comparison request={request} operation={documented} />}
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
