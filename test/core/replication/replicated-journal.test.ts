import { expect, it } from "vitest";
import { createJournal, type Journal } from "../../../src/core/journal/journal.ts";
import type { Replicated } from "../../../src/core/replication/replicated.ts";
import { replicatedJournal } from "../../../src/core/replication/replicated-journal.ts";
import { exchangeOf, under } from "../../support/exchanges.ts";

const LIMITS = { entries: 3, bytes: 1000 };

const pair = (limits = LIMITS): [Journal & Replicated, Journal & Replicated] => [
  replicatedJournal(limits, "one"),
  replicatedJournal(limits, "other"),
];

const add = (journal: Journal, body = "") => journal.open(under(exchangeOf({ body }))).close();

const ids = (journal: Journal): number[] => journal.entries().map(({ id }) => id);

it("counts on from where another server has come to", () => {
  const [one, other] = pair();
  expect(add(one).id).toBe(1);
  other.adopt(one.changes());
  expect(add(other).id).toBe(2);
  one.adopt(other.changes());
  expect(one.entries()).toEqual(other.entries());
  expect(ids(one)).toEqual([1, 2]);
});

it("shows an exchange of another server while it is open, and as it ended", () => {
  const [one, other] = pair();
  let open: { open?: true } = { open: true };
  const entry = one.open((id) => ({ id, ...exchangeOf(), ...open }));
  other.adopt(one.changes());
  expect(other.entries()).toMatchObject([{ id: 1, open: true }]);
  open = {};
  entry.close();
  other.adopt(one.changes());
  expect(other.entries()).toEqual([{ id: 1, ...exchangeOf() }]);
});

it("reports changes of an open exchange", () => {
  const [one, other] = pair();
  let status = 200;
  const entry = one.open((id) => ({ id, ...exchangeOf({ status }), open: true }));
  other.adopt(one.changes());
  status = 503;
  entry.update?.();
  other.adopt(one.changes());
  expect(other.entries()).toMatchObject([{ reply: { status: 503 } }]);
});

it.each([
  ["entries", LIMITS, ""],
  ["bytes", { entries: 100, bytes: 30 }, "x".repeat(10)],
])("drops the oldest like a local journal, by %s, for any writer", (_what, limits, body) => {
  const alone = createJournal(limits);
  const servers = pair(limits);
  for (let turn = 0; turn < 10; turn++) {
    const [one, other] = turn % 3 === 0 ? servers : servers.toReversed();
    add(alone, body);
    add(one as Journal, body);
    other?.adopt(one?.changes() ?? []);
  }
  for (const server of servers) {
    expect(ids(server)).toEqual(ids(alone));
    expect(server.dropped).toBe(alone.dropped);
    expect(server.dropped).toBeGreaterThan(0);
  }
});

it("is empty when another server has emptied it, and counts from the beginning", () => {
  const [one, other] = pair();
  add(one);
  other.adopt(one.changes());
  other.clear();
  one.adopt(other.changes());
  expect(one.entries()).toEqual([]);
  expect(add(one).id).toBe(1);
});

it("reports that it was cleared, even if it was already empty", () => {
  const [one, other] = pair({ entries: 0, bytes: 0 });
  for (let count = 0; count < 3; count++) add(one);
  other.adopt(one.changes());
  expect(other.dropped).toBe(2);
  one.clear();
  one.changes();
  one.clear();
  other.adopt(one.changes());
  expect(other.dropped).toBe(0);
});

it("distinguishes an exchange from before it was cleared from a later one with the same id", () => {
  const [one, other] = pair();
  const early = one.open(under(exchangeOf({ url: "/early" })));
  other.adopt(one.changes());
  other.clear();
  other.open(under(exchangeOf({ url: "/late" }))).close();
  one.adopt(other.changes());
  early.update?.();
  early.close();
  expect(one.changes()).toEqual([]);
  expect(one.entries()).toMatchObject([{ id: 1, request: { url: "/late" } }]);
});

it("keeps the end of an exchange of its own that it was given back open", () => {
  const [one, other] = pair();
  let open: { open?: true } = { open: true };
  const entry = one.open((id) => ({ id, ...exchangeOf(), ...open }));
  const changes = one.changes();
  other.adopt(changes);
  // As after a lost transaction: everything is loaded again.
  one.adopt(changes);
  open = {};
  entry.close();
  other.adopt(one.changes());
  expect(other.entries()[0]).not.toHaveProperty("open");
});

it("an exchange that ends unread is built at once, because other servers read it", () => {
  const [one, other] = pair();
  one.open(under(exchangeOf({ url: "/unread" }))).closeUnread(5);
  other.adopt(one.changes());
  expect(other.entries()).toMatchObject([{ request: { url: "/unread" } }]);
});

it("gives its entries newest first as well", () => {
  const [one] = pair();
  for (const url of ["/a", "/b", "/c"]) one.open(under(exchangeOf({ url }))).close();
  expect([...one.newestFirst()].map(({ request }) => request.url)).toEqual(["/c", "/b", "/a"]);
});
