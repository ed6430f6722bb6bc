import { expect, it } from "vitest";
import { createJournal, type Exchange, type Journal } from "../../src/core/journal.ts";
import { exchangeOf } from "../support/exchanges.ts";

const journalOf = (entries = 10, bytes = 100): Journal => createJournal({ entries, bytes });

const reply = (length: number): NonNullable<Exchange["reply"]> => ({
  status: 200,
  headers: {},
  body: { text: "x".repeat(length), bytes: length },
  cause: "ok",
});

const { reply: _, ...UNDER_WAY } = exchangeOf();
const ids = (journal: Journal): number[] => journal.entries().map(({ id }) => id);

it("an exchange is open until it is closed, and each change is in the journal at once", () => {
  const journal = journalOf();
  const entry = journal.open(UNDER_WAY);
  expect(journal.entries()).toEqual([{ id: 1, ...UNDER_WAY, open: true }]);
  entry.update({ principal: "7" });
  expect(journal.entries()).toEqual([{ id: 1, ...UNDER_WAY, open: true, principal: "7" }]);
  entry.close({ aborted: true, durationMs: 9 });
  const closed = { id: 1, ...UNDER_WAY, principal: "7", aborted: true, durationMs: 9 };
  expect(journal.entries()).toEqual([closed]);
  expect(journal.entries()[0]).not.toHaveProperty("open");
  expect(entry.exchange).toEqual(closed);
});

it("what was handed out stays as it was", () => {
  const journal = journalOf();
  const entry = journal.open(UNDER_WAY);
  const [before, list] = [entry.exchange, journal.entries()];
  entry.close({ durationMs: 9 });
  expect(before).toMatchObject({ open: true, durationMs: 1 });
  expect(list).toEqual([before]);
});

it("exchanges stand in the order in which they began, however they end", () => {
  const journal = journalOf();
  const [first, second] = [journal.open(UNDER_WAY), journal.open(UNDER_WAY)];
  second.close();
  first.close();
  expect(journal.entries().map(({ id, open }) => [id, open])).toEqual([
    [1, undefined],
    [2, undefined],
  ]);
});

it("what comes to an exchange later counts: the oldest make room for it", () => {
  const journal = journalOf();
  journal.open(exchangeOf({ body: "x".repeat(60) }));
  const entry = journal.open(UNDER_WAY);
  entry.update({ reply: reply(40) });
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
  entry.update({ reply: reply(41) });
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
});

it("what an exchange held before a change does not stay counted", () => {
  const journal = journalOf();
  const entry = journal.open(UNDER_WAY);
  for (const length of [90, 10, 100, 0, 50]) entry.update({ reply: reply(length) });
  entry.close();
  journal.open(exchangeOf({ body: "x".repeat(50) }));
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
  journal.open(exchangeOf({ body: "x" }));
  expect([ids(journal), journal.dropped]).toEqual([[2, 3], 1]);
});

it("an exchange that outgrows the journal while it is the oldest goes itself", () => {
  const journal = journalOf();
  const entry = journal.open(UNDER_WAY);
  journal.open(exchangeOf({ body: "x".repeat(30) }));
  entry.update({ reply: reply(80) });
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
  journal.open(exchangeOf({ body: "x".repeat(70) }));
  expect([ids(journal), journal.dropped]).toEqual([[2, 3], 1]);
});

it("an exchange that was let go ends unseen, and costs nothing", () => {
  const journal = journalOf(1);
  const gone = journal.open(UNDER_WAY);
  journal.open(exchangeOf({ body: "x".repeat(60) }));
  gone.update({ reply: reply(90) });
  gone.close({ durationMs: 9 });
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
  expect(gone.exchange).toMatchObject({ id: 1, durationMs: 9, reply: { status: 200 } });
  expect(gone.exchange.open).toBeUndefined();
});

it("an exchange that was under way when the journal was cleared ends unseen, and costs nothing", () => {
  const journal = journalOf();
  const old = journal.open(exchangeOf({ body: "x".repeat(70) }));
  journal.clear();
  const fresh = journal.open(UNDER_WAY);
  old.update({ reply: reply(90) });
  old.close();
  expect(journal.entries()).toEqual([fresh.exchange]);
  expect(fresh.exchange.id).toBe(1);
  fresh.update({ reply: reply(50) });
  journal.open(exchangeOf({ body: "x".repeat(50) }));
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
});
