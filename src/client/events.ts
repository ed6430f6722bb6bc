/**
 * Yields the data of server-sent events, parsed as JSON. Ending the loop closes the stream. Takes the reader at once,
 * because Node cancels an unread body when its response is garbage-collected.
 */
export function readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  return eventsOf(stream.getReader());
}

async function* eventsOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<unknown> {
  // The decoder keeps the first piece of a character that arrives in two.
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const events = text.split(/\r?\n\r?\n/);
      text = events.pop() ?? "";
      for (const event of events) {
        const data = dataOf(event);
        if (data !== "") yield JSON.parse(data);
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Empty for an event without data, such as a comment that keeps the connection alive. */
const dataOf = (event: string): string =>
  event
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice("data:".length).trimStart())
    .join("\n");
