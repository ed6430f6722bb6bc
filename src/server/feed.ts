import type { Exchange } from "../core/journal.ts";

/** Tells whoever watches of every exchange: when it begins (`open`), and when it has ended. */
export interface Feed {
  publish(exchange: Exchange): void;
  /** Answers how to end it. */
  watch(watcher: (exchange: Exchange) => void): () => void;
}

export function createFeed(): Feed {
  const watchers = new Set<(exchange: Exchange) => void>();
  return {
    publish: (exchange) => {
      for (const watcher of watchers) {
        try {
          watcher(exchange);
        } catch (error) {
          // A watcher's mistake is not the client's: the exchange goes on.
          process.emitWarning(error instanceof Error ? error : String(error));
        }
      }
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
