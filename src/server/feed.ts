import type { Entry, Exchange } from "../core/journal/journal.ts";
import { warn } from "./warn.ts";

/** The calls that a watcher gets. */
export interface Watcher {
  /** An exchange that begins; it is `open`. */
  readonly began?: (exchange: Exchange) => void;
  readonly ended: (exchange: Exchange) => void;
}

/** Passes every exchange to all watchers. */
export interface Feed {
  /** Whether there is a watcher. */
  readonly isWatched: boolean;
  /** Reads the entry only if a watcher has `began`. */
  began(entry: Pick<Entry, "read">): void;
  ended(exchange: Exchange): void;
  /** Passes on an exchange of another server. */
  told(exchange: Exchange): void;
  /** Returns a function that stops watching. */
  watch(watcher: Watcher): () => void;
}

/** The watchers of `outer` get every exchange as well. */
export function createFeed(outer?: Feed): Feed {
  const watchers = new Set<Watcher>();
  const feed: Feed = {
    get isWatched() {
      return watchers.size > 0 || outer?.isWatched === true;
    },
    began: (entry) => {
      for (const { began } of watchers) if (began) tell(began, entry.read());
      outer?.began(entry);
    },
    ended: (exchange) => {
      for (const { ended } of watchers) tell(ended, exchange);
      outer?.ended(exchange);
    },
    told: (exchange) =>
      exchange.open ? feed.began({ read: () => exchange }) : feed.ended(exchange),
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
  return feed;
}

function tell(told: (exchange: Exchange) => unknown, exchange: Exchange): void {
  try {
    const promise = told(exchange);
    // An async watcher fails later.
    if (promise instanceof Promise) promise.catch(warn);
  } catch (error) {
    warn(error);
  }
}
