import type { Exchange } from "../../../core/journal/journal.ts";

/** One call that lists events, with its query. */
export interface EventRead {
  readonly exchange: Exchange;
  readonly query: URLSearchParams;
}

/** The calls in a journal that list events, by the names of their operations without a version. */
export const eventReads = (exchanges: readonly Exchange[], named: RegExp): EventRead[] =>
  exchanges
    .filter(({ operation = "" }) => named.test(operation.replace(/V1$/, "")))
    .map((exchange) => ({
      exchange,
      query: new URLSearchParams(/\?(.*)/.exec(exchange.request.url)?.[1]),
    }));
