import { describe, expect, it } from "vitest";
import { ControlError, createClient } from "../src/client.ts";
import { type Exchange, startMock } from "../src/index.ts";
import { cortexClient } from "./support/clients.ts";
import { VENDOR_NAMES } from "./support/vendor-names.ts";

const COMPLETES = "facade00000000000000000000000001";

/** The first `many` exchanges of a stream. */
async function take(stream: AsyncIterable<Exchange>, many: number): Promise<Exchange[]> {
  const taken: Exchange[] = [];
  for await (const exchange of stream) {
    taken.push(exchange);
    if (taken.length === many) break;
  }
  return taken;
}

describe("a stream", () => {
  it("misses nothing that happens once it is there: each exchange as it begins and has ended", async () => {
    await using mock = await startMock();
    const stream = await createClient(mock).streamRequests();
    await cortexClient(mock).quarantine([COMPLETES]);
    const [opened, closed] = await take(stream, 2);
    expect(opened).toMatchObject({ id: 1, open: true });
    expect(opened?.reply).toBeUndefined();
    expect(closed).toEqual(mock.journal.entries()[0]);
  });

  it("holds what the filter means and nothing else", async () => {
    await using mock = await startMock();
    const client = createClient(mock);
    const stream = await client.streamRequests({ operation: "getActionStatus", status: 200 });
    const cortex = cortexClient(mock);
    const id = await cortex.quarantine([COMPLETES]);
    await cortex.statuses(id);
    await cortex.quarantine([COMPLETES]);
    await cortex.statuses(id);
    expect((await take(stream, 2)).map((exchange) => exchange.id)).toEqual([2, 4]);
  });

  it("ends with its signal, without an error", async () => {
    await using mock = await startMock();
    const stop = new AbortController();
    const stream = await createClient(mock).streamRequests({}, stop.signal);
    const seen: number[] = [];
    await cortexClient(mock).quarantine([COMPLETES]);
    for await (const { id, open } of stream) {
      seen.push(id);
      if (!open) stop.abort();
    }
    expect(seen).toEqual([1, 1]);
  });

  it("rejects with the signal's reason where that came first", async () => {
    await using mock = await startMock();
    const reason = new Error("changed my mind");
    const asked = createClient(mock).streamRequests({}, AbortSignal.abort(reason));
    await expect(asked).rejects.toBe(reason);
  });

  it.each([
    [{ tenant: "nobody" }, 404, "there is no tenant nobody"],
    [{ vendor: "nobody" }, 400, `There is no vendor "nobody": choose from ${VENDOR_NAMES}.`],
  ])("of %j is refused before it begins", async (filter, status, message) => {
    await using mock = await startMock();
    const asked = createClient(mock).streamRequests(filter);
    await expect(asked).rejects.toMatchObject({ name: "ControlError", status, message });
  });

  it("says when it breaks off", async () => {
    const mock = await startMock();
    const stream = await createClient(mock).streamRequests();
    const reading = take(stream, 1);
    await Promise.all([
      mock.close(),
      expect(reading).rejects.toThrow(new ControlError(`The stream from ${mock.url} broke off.`)),
    ]);
  });

  it("shows no credential", async () => {
    await using mock = await startMock();
    const stream = await createClient(mock).streamRequests();
    await cortexClient(mock).quarantine([COMPLETES]);
    expect(JSON.stringify(await take(stream, 2))).not.toContain("fauxdr-standard-key");
  });
});
