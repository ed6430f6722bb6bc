import { expect, it, onTestFinished, vi } from "vitest";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { createFeed } from "../../src/server/feed.ts";
import { exchangeOf } from "../support/exchanges.ts";

const exchange: Exchange = { id: 1, ...exchangeOf() };

it("reports every exchange in order to every watcher, from when it began to watch", () => {
  const feed = createFeed();
  const told: string[] = [];
  feed.watch({ ended: ({ id }) => told.push(`first ${id}`) });
  feed.ended(exchange);
  feed.watch({ ended: ({ id }) => told.push(`second ${id}`) });
  feed.ended({ ...exchange, id: 2 });
  expect(told).toEqual(["first 1", "first 2", "second 2"]);
});

it("reports nothing to a watcher that has stopped, and everything to the others", () => {
  const feed = createFeed();
  const told: string[] = [];
  const end = feed.watch({ ended: () => told.push("first") });
  feed.watch({ ended: () => told.push("second") });
  end();
  end();
  feed.ended(exchange);
  expect(told).toEqual(["second"]);
});

it("allows a watcher to stop during a report", () => {
  const feed = createFeed();
  const told: number[] = [];
  const end = feed.watch({
    ended: ({ id }) => {
      told.push(id);
      end();
    },
  });
  feed.ended(exchange);
  feed.ended(exchange);
  expect(told).toEqual([1]);
});

it.each<[string, unknown]>([
  ["an error", new Error("a watcher's mistake")],
  ["a text", "a watcher's mistake"],
])("a watcher that throws %s causes a warning, and does not affect others", (_what, thrown) => {
  const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  const feed = createFeed();
  const told: string[] = [];
  feed.watch({
    ended: () => {
      throw thrown;
    },
  });
  feed.watch({ ended: () => told.push("after") });
  feed.ended(exchange);
  feed.ended(exchange);
  expect(told).toEqual(["after", "after"]);
  expect(warned.mock.calls).toEqual([[thrown], [thrown]]);
});

it("a watcher that fails later causes a warning too", async () => {
  const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  const feed = createFeed();
  const thrown = new Error("a watcher's late mistake");
  feed.watch({ ended: () => Promise.reject(thrown) as unknown as undefined });
  feed.ended(exchange);
  await vi.waitFor(() => expect(warned.mock.calls).toEqual([[thrown]]));
});

it("reports a beginning only to watchers that want it, and builds it only for them", () => {
  const feed = createFeed();
  let asked = 0;
  const read = (): Exchange => {
    asked++;
    return { ...exchange, open: true };
  };
  const told: (true | undefined)[] = [];
  feed.watch({ ended: () => {} });
  feed.began({ read });
  expect(asked).toBe(0);
  feed.watch({ began: ({ open }) => told.push(open), ended: () => {} });
  feed.began({ read });
  expect([asked, told]).toEqual([1, [true]]);
});
