import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { toHar } from "../core/journal/har.ts";
import { counted } from "./ask.tsx";
import { download } from "./download.ts";
import { ExchangeView } from "./exchange.tsx";
import type { Row } from "./feed.ts";
import type { Page } from "./page.ts";
import { addressOf, keyOf, pathOf, replaceRoute } from "./route.ts";
import { Line } from "./row.tsx";
import { fits, termsOf } from "./search.ts";
import { SearchBar } from "./search-bar.tsx";
import { isTyping, useKeys } from "./shell.tsx";
import { Summary } from "./summary.tsx";
import { VirtualList } from "./virtual-list.tsx";
import { Welcome } from "./welcome.tsx";

/** The requests of clients, newest first, and the chosen one with all details. */
export function Requests({ page }: { readonly page: Page }): JSX.Element {
  const { client, feed, version, findings, route, ask, tell, fail } = page;
  const terms = useMemo(() => termsOf(route.q), [route.q]);
  const all = useMemo(
    () =>
      feed
        .rows()
        .filter(({ exchange }) => route.tenant === undefined || exchange.tenant === route.tenant)
        .reverse(),
    [feed, version, route.tenant],
  );
  const findingsOf = ({ key }: Row) => findings.of.get(key) ?? [];
  const rows = useMemo(
    () => (terms.length === 0 ? all : all.filter((row) => fits(row, findingsOf(row), terms))),
    [all, terms, findings],
  );
  const chosen = keyOf(route.path);
  const open = all.find(({ key }) => key === chosen);
  const go = (row: Row | undefined): void => {
    if (row) replaceRoute({ ...route, path: pathOf(row.exchange) });
  };
  const step = (by: 1 | -1, isWanted: (row: Row) => boolean): void => {
    const at = rows.findIndex(({ key }) => key === chosen);
    const after = by > 0 ? rows.slice(at + 1) : rows.slice(0, at < 0 ? 0 : at).reverse();
    go(after.find(isWanted));
  };
  const hasFinding = (row: Row): boolean => findings.of.has(row.key);
  useKeys((key) => {
    const by = ({ j: 1, ArrowDown: 1, n: 1, k: -1, ArrowUp: -1, p: -1 } as const)[key];
    if (by === undefined) return false;
    step(by, key === "n" || key === "p" ? hasFinding : () => true);
    return true;
  }, isBusy);

  const clear = async (): Promise<void> => {
    const whose = route.tenant ?? "all tenants";
    const yes = await ask({
      title: `Clear the requests of ${whose}?`,
      losses: [counted(all.length, "request"), "the findings about them"],
      note: "This cannot be undone. Save them as HAR first if you need them. Inventory and actions stay.",
      yes: "Clear",
    });
    if (!yes) return;
    await client.clearRequests(route.tenant === undefined ? {} : { tenant: route.tenant });
    feed.forget(route.tenant);
    replaceRoute({ ...route, path: [] });
    tell(`The requests of ${whose} are cleared.`);
  };
  const save = async (): Promise<void> => {
    const { version: made } = await client.getHealth();
    const exchanges = rows.map(({ exchange }) => exchange).reverse();
    download("fauxdr.har", JSON.stringify(toHar(exchanges, made)));
  };

  if (all.length === 0 && chosen === undefined && route.q === "" && feed.state() === "live") {
    return <Welcome page={page} />;
  }
  return (
    <main class={chosen === undefined ? "split" : "split open"}>
      <section aria-label="List">
        <Summary rows={all} findings={findings} route={route} />
        <SearchBar
          route={route}
          terms={terms}
          count={`${rows.length} of ${all.length}${feed.dropped() > 0 ? `, ${feed.dropped()} dropped before` : ""}`}
        >
          <button
            type="button"
            disabled={rows.length === 0}
            onClick={() => void save().catch(fail)}
          >
            HAR
          </button>
          <button
            type="button"
            disabled={all.length === 0}
            onClick={() => void clear().catch(fail)}
          >
            Clear
          </button>
        </SearchBar>
        {rows.length === 0 && (
          <p class="pad">
            {all.length === 0 ? "No requests." : "No request matches this search."}{" "}
            {route.q !== "" && <a href={addressOf({ ...route, q: "" })}>Show all requests</a>}
          </p>
        )}
        <VirtualList
          label="Requests, newest first"
          items={rows}
          keyOf={({ key }) => key}
          chosen={chosen}
          hrefOf={({ exchange }) => addressOf({ ...route, path: pathOf(exchange) })}
        >
          {(row) => (
            <Line
              row={row}
              findings={findingsOf(row)}
              zone={page.zone}
              showsTenant={route.tenant === undefined && page.tenants.length > 1}
            />
          )}
        </VirtualList>
      </section>
      {chosen !== undefined && (
        <section class="detail" aria-label="Details" aria-live="polite">
          <p class="bar">
            <a href={addressOf({ ...route, path: [] })}>Back to the list</a>
            <button type="button" onClick={() => step(-1, hasFinding)}>
              Previous problem <kbd>p</kbd>
            </button>
            <button type="button" onClick={() => step(1, hasFinding)}>
              Next problem <kbd>n</kbd>
            </button>
          </p>
          {open ? (
            <ExchangeView key={open.key} page={page} exchange={open.exchange} />
          ) : (
            <p>
              This request is not in the journal: it was cleared or dropped, or it is of another
              tenant.
            </p>
          )}
        </section>
      )}
    </main>
  );
}

/** Arrow keys scroll the details when the focus is there. */
const isBusy = (event: Event): boolean =>
  isTyping(event) ||
  ((event as KeyboardEvent).key.startsWith("Arrow") &&
    event.target instanceof Element &&
    event.target.closest(".detail") !== null);
