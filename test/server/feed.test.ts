import { expect, it, onTestFinished, vi } from "vitest";
import type { Exchange } from "../../src/core/journal.ts";
import { createFeed } from "../../src/server/feed.ts";
import { exchangeOf } from "../support/exchanges.ts";

const exchange: Exchange = { id: 1, ...exchangeOf() };

it("tells every watcher of every exchange, in order, from when on it watches", () => {
  const feed = createFeed();
  const told: string[] = [];
  feed.watch(({ id }) => told.push(`first ${id}`));
  feed.publish(exchange);
  feed.watch(({ id }) => told.push(`second ${id}`));
  feed.publish({ ...exchange, id: 2 });
  expect(told).toEqual(["first 1", "first 2", "second 2"]);
});

it("tells nobody who has ended it, and the others all the same", () => {
  const feed = createFeed();
  const told: string[] = [];
  const end = feed.watch(() => told.push("first"));
  feed.watch(() => told.push("second"));
  end();
  end();
  feed.publish(exchange);
  expect(told).toEqual(["second"]);
});

it("bears a watcher that ends itself when it is told", () => {
  const feed = createFeed();
  const told: number[] = [];
  const end = feed.watch(({ id }) => {
    told.push(id);
    end();
  });
  feed.publish(exchange);
  feed.publish(exchange);
  expect(told).toEqual([1]);
});

it.each<[string, unknown]>([
  ["an error", new Error("a watcher's mistake")],
  ["a text", "a watcher's mistake"],
])("a watcher that throws %s harms no other, and is heard of as a warning", (_what, thrown) => {
  const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  const feed = createFeed();
  const told: string[] = [];
  feed.watch(() => {
    throw thrown;
  });
  feed.watch(() => told.push("after"));
  feed.publish(exchange);
  feed.publish(exchange);
  expect(told).toEqual(["after", "after"]);
  expect(warned.mock.calls).toEqual([[thrown], [thrown]]);
});
