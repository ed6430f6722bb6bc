import type { Exchange } from "../../src/index.ts";

/** A server-sent event of the journal. */
export interface JournalEvent {
  readonly event: string;
  readonly exchange: Exchange;
}

/** A reader of the journal's stream. */
export interface Listener {
  readonly status: number;
  readonly headers: Headers;
  /** The next event. */
  next(): Promise<JournalEvent>;
  /** Resolves when the server has ended the stream. */
  ended(): Promise<void>;
  stop(): void;
}

/** Listens to `/__admin/requests/stream` and returns once the server has begun. */
export async function listen({ url }: { readonly url: string }, query = ""): Promise<Listener> {
  const gone = new AbortController();
  const { signal } = gone;
  const { status, headers, body } = await fetch(`${url}/__admin/requests/stream${query}`, {
    signal,
  });
  const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  const next = async (): Promise<JournalEvent> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const [, event = "", data = ""] =
          /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        return { event, exchange: JSON.parse(data) };
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("the stream has ended");
      text += decoder.decode(value, { stream: true });
    }
  };
  const ended = async (): Promise<void> => {
    while (!(await reader.read().catch(() => ({ done: true }))).done);
  };
  return { status, headers, next, ended, stop: () => gone.abort() };
}
