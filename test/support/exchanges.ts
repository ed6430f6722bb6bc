import { createJournal, type Exchange, type Journal } from "../../src/core/journal/journal.ts";

export interface Seen extends Partial<Omit<Exchange, "id" | "open" | "request" | "reply">> {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly cut?: true;
  readonly status?: number;
}

/** An exchange as a journal keeps it, plain but for what is given. */
export function exchangeOf({
  method = "POST",
  url = "/devices",
  headers = {},
  body = "",
  cut,
  status = 200,
  ...rest
}: Seen = {}): Omit<Exchange, "id"> {
  return {
    at: "2026-01-31T12:00:00.000Z",
    tenant: "default",
    vendor: "acme",
    operation: "addDevice",
    request: {
      scheme: "http",
      method,
      url,
      headers,
      body: { text: body, bytes: body.length, ...(cut && { cut }) },
    },
    reply: { status, headers: {}, body: { text: "", bytes: 0 }, cause: "ok" },
    durationMs: 1,
    ...rest,
  };
}

/** As a journal asks for it. */
export const under =
  (exchange: Omit<Exchange, "id">) =>
  (id: number): Exchange => ({ id, ...exchange });

/** A journal with these exchanges, all closed; with a limit, only the last so many. */
export function journalOf(seen: readonly Seen[], entries = 1000): Journal {
  const journal = createJournal({ entries, bytes: 1e9 });
  for (const one of seen) journal.open(under(exchangeOf(one))).close();
  return journal;
}
