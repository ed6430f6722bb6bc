import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ControlClient } from "../client.ts";
import type { Finding } from "../core/contract.ts";
import { type UnservedCall, unservedCalls, unservedLine } from "../core/journal/unserved.ts";
import { ExchangeView } from "./exchange.tsx";
import type { Feed, Row } from "./feed.ts";
import { Status, timeOf } from "./parts.tsx";
import { VirtualList } from "./virtual-list.tsx";

interface RequestsProps {
  readonly client: ControlClient;
  readonly feed: Feed;
  /** Changes with the feed. */
  readonly version: number;
  /** Undefined for all tenants. */
  readonly tenant: string | undefined;
}

type Told = Finding & { readonly tenant: string };

/** The requests of clients, newest first, and the chosen one with all details. */
export function Requests({ client, feed, version, tenant }: RequestsProps): JSX.Element {
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<string>();
  const findings = useFindings(client, version);
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    return feed
      .rows()
      .filter(
        ({ text, exchange }) =>
          (tenant === undefined || exchange.tenant === tenant) &&
          words.every((word) => text.includes(word)),
      )
      .reverse();
  }, [feed, version, tenant, filter]);
  const missing = useMemo(() => unservedCalls(rows.map(({ exchange }) => exchange)), [rows]);
  const open = rows.find(({ key }) => key === chosen);
  const of = ({ exchange }: Row): readonly Told[] =>
    findings.get(`${exchange.tenant} ${exchange.id}`) ?? [];
  const clear = async (): Promise<void> => {
    await client.clearRequests(tenant === undefined ? {} : { tenant });
    feed.forget(tenant);
    setChosen(undefined);
  };

  return (
    <main class="split">
      <section>
        <div class="bar">
          <input
            id="filter"
            type="search"
            aria-label="Filter requests"
            placeholder="Filter: operation, status, path … ( / )"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
          <output>
            {rows.length} of {feed.rows().length}
            {feed.dropped() > 0 && `, ${feed.dropped()} dropped before`}
          </output>
          <button type="button" onClick={() => void clear()}>
            Clear
          </button>
        </div>
        <Unserved calls={missing} />
        {rows.length === 0 && (
          <p class="quiet pad">
            No requests yet. Send one to this server, and it appears here. You can try the calls in
            Reference.
          </p>
        )}
        <VirtualList
          label="Requests, newest first"
          items={rows}
          keyOf={({ key }) => key}
          chosen={chosen}
          choose={({ key }) => setChosen(key)}
        >
          {(row) => <Line row={row} findings={of(row)} showsTenant={tenant === undefined} />}
        </VirtualList>
      </section>
      <section class="detail" aria-live="polite">
        {open ? (
          <ExchangeView exchange={open.exchange} findings={of(open)} />
        ) : (
          <p class="quiet pad">Choose a request to see its details.</p>
        )}
      </section>
    </main>
  );
}

/** What is to be added with --also. */
function Unserved({ calls }: { readonly calls: readonly UnservedCall[] }): JSX.Element | null {
  if (calls.length === 0) return null;
  const sum = calls.reduce((total, { count }) => total + count, 0);
  return (
    <details class="pad">
      <summary>{sum} calls that fauxdr does not serve: add them with --also</summary>
      <ul>
        {calls.map((call) => (
          <li key={`${call.vendor} ${call.method} ${call.path}`}>{unservedLine(call)}</li>
        ))}
      </ul>
    </details>
  );
}

interface LineProps {
  readonly row: Row;
  readonly findings: readonly Told[];
  readonly showsTenant: boolean;
}

function Line({ row: { exchange }, findings, showsTenant }: LineProps): JSX.Element {
  const { at, request, operation, vendor, reply, fault, durationMs, tenant } = exchange;
  const [gravest] = findings;
  return (
    <>
      <time>{timeOf(at)}</time>
      <Status status={reply?.status} />
      <span class="method">{request.method}</span>
      <span class="what" title={request.url}>
        {operation ?? request.url}
      </span>
      {fault && <span class="tag">{fault.kind}</span>}
      {gravest && <span class={`tag ${gravest.severity}`}>{gravest.rule}</span>}
      {showsTenant && tenant !== "default" && <span class="tag">{tenant}</span>}
      <span class="quiet vendor">{vendor ?? "no vendor"}</span>
      <span class="quiet ms">{exchange.open ? "…" : `${Math.round(durationMs)} ms`}</span>
    </>
  );
}

/** The findings, by exchange. Reloads them after changes, with one call at a time. */
function useFindings(client: ControlClient, version: number): ReadonlyMap<string, readonly Told[]> {
  const [findings, setFindings] = useState<ReadonlyMap<string, readonly Told[]>>(new Map());
  const wanted = useRef(version);
  const asked = useRef<number>();
  useEffect(() => {
    wanted.current = version;
    if (asked.current !== undefined) return;
    const ask = async (): Promise<void> => {
      while (asked.current !== wanted.current) {
        asked.current = wanted.current;
        const found = new Map<string, Told[]>();
        for (const finding of (await client.listFindings()).findings) {
          for (const id of finding.exchanges) {
            const key = `${finding.tenant} ${id}`;
            found.set(key, [...(found.get(key) ?? []), finding]);
          }
        }
        setFindings(found);
      }
    };
    // No error here: the feed's state already shows that the server has stopped.
    void ask().then(
      () => {
        asked.current = undefined;
      },
      () => {
        asked.current = undefined;
      },
    );
  }, [client, version]);
  return findings;
}
