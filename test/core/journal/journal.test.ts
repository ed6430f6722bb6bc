import { expect, it } from "vitest";
import { createJournal, type Exchange, type Journal } from "../../../src/core/journal/journal.ts";
import { under } from "../../support/exchanges.ts";

const body = (length: number): Exchange["request"]["body"] => ({
  text: "x".repeat(length),
  bytes: length,
});

/** An exchange whose stored bodies take this much. */
const exchange = (requestLength = 0, replyLength?: number): Omit<Exchange, "id"> => ({
  at: "2026-01-31T12:00:00.000Z",
  tenant: "default",
  request: { scheme: "http", method: "POST", url: "/", headers: {}, body: body(requestLength) },
  ...(replyLength !== undefined && {
    reply: { status: 200, headers: {}, body: body(replyLength), cause: "ok" },
  }),
  durationMs: 0,
});

const add = (journal: Journal, one = exchange()): Exchange => journal.open(under(one)).close();

const ids = (journal: Journal): number[] => journal.entries().map(({ id }) => id);

it("numbers exchanges from 1, and keeps the oldest first", () => {
  const journal = createJournal({ entries: 10, bytes: 1000 });
  expect(add(journal).id).toBe(1);
  expect(add(journal).id).toBe(2);
  expect(ids(journal)).toEqual([1, 2]);
  expect(journal.dropped).toBe(0);
});

it("gives back what was added, with its id", () => {
  const journal = createJournal({ entries: 10, bytes: 1000 });
  const entry = add(journal, exchange(3, 4));
  expect(entry).toEqual({ id: 1, ...exchange(3, 4) });
  expect(journal.entries()).toEqual([entry]);
});

it("drops the oldest beyond the limit of entries, counts them, and gives no id twice", () => {
  const journal = createJournal({ entries: 3, bytes: 1000 });
  for (let added = 0; added < 3; added++) add(journal);
  expect([ids(journal), journal.dropped]).toEqual([[1, 2, 3], 0]);
  for (let added = 0; added < 4; added++) add(journal);
  expect([ids(journal), journal.dropped]).toEqual([[5, 6, 7], 4]);
});

it("drops the oldest beyond the limit of bytes: bodies of requests and of replies count", () => {
  const journal = createJournal({ entries: 100, bytes: 100 });
  add(journal, exchange(30, 20));
  add(journal, exchange(25, 25));
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
  add(journal, exchange(0, 1));
  expect([ids(journal), journal.dropped]).toEqual([[2, 3], 1]);
});

it("one large exchange removes as many as necessary", () => {
  const journal = createJournal({ entries: 100, bytes: 100 });
  for (let added = 0; added < 10; added++) add(journal, exchange(10));
  add(journal, exchange(75));
  expect([ids(journal), journal.dropped]).toEqual([[9, 10, 11], 8]);
});

it("what was dropped makes room: bytes do not stay counted", () => {
  const journal = createJournal({ entries: 2, bytes: 100 });
  for (let added = 0; added < 50; added++) add(journal, exchange(40, 10));
  expect([ids(journal), journal.dropped]).toEqual([[49, 50], 48]);
});

it("keeps the newest exchange, however large", () => {
  const journal = createJournal({ entries: 5, bytes: 100 });
  add(journal, exchange(1));
  add(journal, exchange(5000));
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
  add(journal, exchange(1));
  expect([ids(journal), journal.dropped]).toEqual([[3], 2]);
});

it("an exchange that was dropped while it was open counts no bytes when it ends", () => {
  const journal = createJournal({ entries: 2, bytes: 100 });
  const dropped = journal.open(under(exchange(5000)));
  add(journal, exchange(45));
  add(journal, exchange(45));
  dropped.close();
  expect([ids(journal), journal.dropped]).toEqual([[2, 3], 1]);
});

it("its list of entries is the caller's own", () => {
  const journal = createJournal({ entries: 5, bytes: 100 });
  add(journal);
  const before = journal.entries();
  (before as Exchange[]).length = 0;
  add(journal);
  expect(before).toEqual([]);
  expect(ids(journal)).toEqual([1, 2]);
});

it("starts anew when cleared: no entries, nothing dropped, nothing counted, ids from 1", () => {
  const journal = createJournal({ entries: 2, bytes: 100 });
  for (let added = 0; added < 5; added++) add(journal, exchange(45));
  journal.clear();
  expect([ids(journal), journal.dropped]).toEqual([[], 0]);
  add(journal, exchange(45));
  add(journal, exchange(45));
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
});
