import { describe, expect, it } from "vitest";
import { readEvents } from "../../src/client/events.ts";

/** A stream of these pieces, and whether its reader has left it. */
function streamOf(...pieces: (string | Uint8Array)[]) {
  const seen = { left: false };
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
    },
    cancel: () => {
      seen.left = true;
    },
  });
  return { stream, seen };
}

async function all(...pieces: (string | Uint8Array)[]): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of readEvents(streamOf(...pieces).stream)) events.push(event);
  return events;
}

describe("server-sent events", () => {
  const WHOLE = 'event: opened\ndata: {"id":1,"name":"Müller"}\n\ndata: 2\n\n';

  it("are read in one piece", async () => {
    expect(await all(WHOLE)).toEqual([{ id: 1, name: "Müller" }, 2]);
  });

  it("are read wherever the pieces break, also within a character", async () => {
    const bytes = new TextEncoder().encode(WHOLE);
    for (let at = 1; at < bytes.length; at++) {
      expect(await all(bytes.slice(0, at), bytes.slice(at))).toEqual([
        { id: 1, name: "Müller" },
        2,
      ]);
    }
  });

  it("are read with either end of line, and with data in several lines", async () => {
    expect(await all("data: [1,\r\ndata:2]\r\n\r\n", "data: 3\r\n\r", "\ndata: 4\n\n")).toEqual([
      [1, 2],
      3,
      4,
    ]);
  });

  it("are empty without data, and without the end", async () => {
    expect(await all(": alive\n\n", "event: closed\n\n", "data: 1\n")).toEqual([]);
  });

  it("that are abandoned close their stream", async () => {
    const { stream, seen } = streamOf("data: 1\n\n", "data: 2\n\n", "data: 3\n\n", "data: 4\n\n");
    for await (const event of readEvents(stream)) if (event === 2) break;
    expect(seen.left).toBe(true);
  });
});
