import type { ControlClient } from "../client.ts";
import type { Exchange } from "../core/journal/journal.ts";

/** An exchange in the list. */
export interface Row {
  readonly key: string;
  readonly exchange: Exchange;
  /** All that a search looks at, in lower case. Made at the first search, because it is as long as the bodies. */
  readonly text: () => string;
}

/** The exchanges of the server, live, oldest first. */
export interface Feed {
  rows(): readonly Row[];
  /** How many exchanges the journals had dropped before this feed started. */
  dropped(): number;
  /** `connecting`, `live`, or the reason why it is neither. */
  state(): string;
  /** Calls back on changes, at most once per animation frame. Returns a function that stops it. */
  watch(tell: () => void): () => void;
  /** Removes the exchanges of a tenant, or of all. */
  forget(tenant?: string): void;
  close(): void;
}

/** The newest exchanges are loaded first; the rest of a long journal follows. */
const FIRST = 200;

export function createFeed(client: ControlClient): Feed {
  const rows: Row[] = [];
  const places = new Map<string, number>();
  const watchers = new Set<() => void>();
  const gone = new AbortController();
  let dropped = 0;
  let state = "connecting";
  let isTold = true;

  const tell = (): void => {
    if (!isTold) return;
    isTold = false;
    requestAnimationFrame(() => {
      isTold = true;
      for (const watcher of watchers) watcher();
    });
  };
  const put = (exchange: Exchange): void => {
    const row = rowOf(exchange);
    const place = places.get(row.key);
    const known = place === undefined ? undefined : rows[place]?.exchange;
    // The same id with another time means that the tenant was reset: drop its old exchanges.
    if (known && known.at !== exchange.at) forget(exchange.tenant);
    if (place === undefined || !places.has(row.key)) {
      places.set(row.key, rows.length);
      rows.push(row);
    } else if (!exchange.open) rows[place] = row;
  };
  const forget = (tenant?: string): void => {
    const kept = rows.filter(({ exchange }) => tenant !== undefined && exchange.tenant !== tenant);
    rows.splice(0, rows.length, ...kept);
    places.clear();
    for (const [place, { key }] of rows.entries()) places.set(key, place);
    tell();
  };
  const take = (exchanges: readonly Exchange[]): void => {
    const known = rows.splice(0).map(({ exchange }) => exchange);
    places.clear();
    for (const exchange of [...exchanges, ...known]) put(exchange);
    rows.sort((a, b) =>
      a.exchange.at < b.exchange.at ? -1 : a.exchange.at > b.exchange.at ? 1 : 0,
    );
    for (const [place, { key }] of rows.entries()) places.set(key, place);
    tell();
  };

  const follow = async (): Promise<void> => {
    const stream = await client.streamRequests({}, gone.signal);
    state = "live";
    take((await client.listRequests({ limit: FIRST })).requests);
    const all = await client.listRequests();
    dropped = all.dropped;
    take(all.requests);
    for await (const exchange of stream) {
      put(exchange);
      tell();
    }
    state = "the server has stopped; reload the page when it is back";
    tell();
  };
  follow().catch((error: Error) => {
    state = error.message;
    tell();
  });

  return {
    rows: () => rows,
    dropped: () => dropped,
    state: () => state,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    forget,
    close: () => gone.abort(),
  };
}

function rowOf(exchange: Exchange): Row {
  let text: string | undefined;
  const made = (): string => {
    text ??= wordsOf(exchange).join(" ").toLowerCase();
    return text;
  };
  return { key: `${exchange.tenant} ${exchange.id}`, exchange, text: made };
}

function wordsOf(exchange: Exchange): readonly unknown[] {
  const { tenant, id, vendor, operation, principal, request, reply, fault, refusal } = exchange;
  return [
    `#${id}`,
    tenant,
    vendor,
    operation,
    principal,
    request.method,
    request.url,
    ...Object.entries(request.headers).flat(),
    request.body.text,
    reply?.status,
    reply?.cause,
    reply?.basis,
    reply?.body.text,
    fault?.kind,
    refusal && JSON.stringify(refusal),
    exchange.error,
  ];
}
