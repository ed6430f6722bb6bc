import { expect, it } from "vitest";
import {
  createJournal,
  type Entry,
  type Exchange,
  type Journal,
} from "../../../src/core/journal/journal.ts";
import { exchangeOf, under } from "../../support/exchanges.ts";

const journalOf = (entries = 10, bytes = 100): Journal => createJournal({ entries, bytes });

const { reply: _, ...UNDER_WAY } = exchangeOf();
const ids = (journal: Journal): number[] => journal.entries().map(({ id }) => id);

/** An open exchange: `now` has its present state. */
function begin(journal: Journal): { entry: Entry; now: Omit<Exchange, "id"> } {
  const begun = { now: { ...UNDER_WAY, open: true } as Omit<Exchange, "id"> };
  return Object.assign(begun, { entry: journal.open((id) => ({ id, ...begun.now })) });
}

const MIB = 1024 ** 2;
const bodyOf = (length: number): Omit<Exchange, "id"> => exchangeOf({ body: "x".repeat(length) });

it("an exchange shows its current state until it is closed", () => {
  const journal = journalOf();
  const begun = begin(journal);
  expect(journal.entries()).toEqual([{ id: 1, ...UNDER_WAY, open: true }]);
  begun.now = { ...begun.now, principal: "7" };
  expect(journal.entries()).toEqual([{ id: 1, ...UNDER_WAY, open: true, principal: "7" }]);
  const closed = { ...UNDER_WAY, principal: "7", aborted: true, durationMs: 9 } as const;
  begun.now = closed;
  expect(begun.entry.close()).toEqual({ id: 1, ...closed });
  begun.now = { ...closed, principal: "8" };
  expect(journal.entries()).toEqual([{ id: 1, ...closed }]);
  expect(begun.entry.read()).toEqual({ id: 1, ...closed });
});

it("is asked for only when somebody looks, and once at the end", () => {
  const journal = journalOf();
  let asked = 0;
  const entry = journal.open((id) => {
    asked++;
    return { id, ...UNDER_WAY };
  });
  expect(asked).toBe(0);
  entry.close();
  expect(asked).toBe(1);
  journal.entries();
  expect(asked).toBe(1);
});

it("exchanges are in the order in which they began, in whichever order they end", () => {
  const journal = journalOf();
  const [first, second] = [begin(journal), begin(journal)];
  second.now = UNDER_WAY;
  second.entry.close();
  expect(journal.entries().map(({ id, open }) => [id, open])).toEqual([
    [1, true],
    [2, undefined],
  ]);
  first.entry.close();
  expect(ids(journal)).toEqual([1, 2]);
});

it("what an exchange holds counts when it has ended: the oldest make room for it", () => {
  const journal = journalOf();
  journal.open(under(bodyOf(60))).close();
  const begun = begin(journal);
  begun.now = bodyOf(41);
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
  begun.entry.close();
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
});

it("an exchange that becomes too large while it is the oldest is dropped itself", () => {
  const journal = journalOf();
  const begun = begin(journal);
  journal.open(under(bodyOf(30))).close();
  begun.now = bodyOf(80);
  begun.entry.close();
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
  journal.open(under(bodyOf(70))).close();
  expect([ids(journal), journal.dropped]).toEqual([[2, 3], 1]);
});

it("an exchange that was dropped ends unseen, and costs nothing", () => {
  const journal = journalOf(1);
  const gone = begin(journal);
  journal.open(under(bodyOf(60))).close();
  gone.now = { ...bodyOf(90), durationMs: 9 };
  expect(gone.entry.close()).toMatchObject({ id: 1, durationMs: 9, reply: { status: 200 } });
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
});

it("an exchange that was open when the journal was cleared ends unseen, and costs nothing", () => {
  const journal = journalOf();
  const old = begin(journal);
  journal.clear();
  const fresh = begin(journal);
  old.now = bodyOf(90);
  old.entry.close();
  expect(journal.entries()).toEqual([fresh.entry.read()]);
  expect(fresh.entry.read().id).toBe(1);
  fresh.now = bodyOf(50);
  fresh.entry.close();
  journal.open(under(bodyOf(50))).close();
  expect([ids(journal), journal.dropped]).toEqual([[1, 2], 0]);
});

/** Ends an unread exchange, and counts how often it is built. */
function endUnread(journal: Journal, bytes: number, one = exchangeOf()): { built: number } {
  const count = { built: 0 };
  const read = under(one);
  journal
    .open((id) => {
      count.built++;
      return read(id);
    })
    .closeUnread(bytes);
  return count;
}

it("an exchange that ends unread is built for its first reader, and for no other", () => {
  const journal = journalOf();
  const count = endUnread(journal, 60, bodyOf(60));
  expect(count.built).toBe(0);
  const [first] = journal.entries();
  const [second] = journal.entries();
  expect(first).toEqual({ id: 1, ...bodyOf(60) });
  expect([second === first, count.built]).toEqual([true, 1]);
});

it("an exchange that is dropped unread is never built", () => {
  const journal = journalOf(2);
  const counts = [1, 2, 3, 4].map(() => endUnread(journal, 10));
  expect([ids(journal), journal.dropped]).toEqual([[3, 4], 2]);
  expect(counts.map(({ built }) => built)).toEqual([0, 0, 1, 1]);
});

it("the body of an exchange that ended unread counts, and then what is stored of it", () => {
  const journal = journalOf(10, 100);
  endUnread(journal, 60, bodyOf(20));
  endUnread(journal, 41, bodyOf(20));
  expect([ids(journal), journal.dropped]).toEqual([[2], 1]);
  for (let added = 0; added < 4; added++) journal.open(under(bodyOf(20))).close();
  expect([ids(journal), journal.dropped]).toEqual([[2, 3, 4, 5, 6], 1]);
  journal.open(under(bodyOf(1))).close();
  expect([ids(journal), journal.dropped]).toEqual([[3, 4, 5, 6, 7], 2]);
});

it("no more than 4 MiB of bodies wait for a reader: what is beyond that is built at its end", () => {
  const journal = journalOf(10, 100 * MIB);
  const held = endUnread(journal, 3 * MIB);
  const beyond = endUnread(journal, 2 * MIB);
  expect([held.built, beyond.built]).toEqual([0, 1]);
  journal.entries();
  const fresh = endUnread(journal, 2 * MIB);
  expect([held.built, beyond.built, fresh.built]).toEqual([1, 1, 0]);
});

it.each<[string, (journal: Journal) => void]>([
  ["dropped", (journal) => journal.open(under(bodyOf(0))).close()],
  ["cleared", (journal) => journal.clear()],
])("what was %s unread waits for no reader any more", (_how, remove) => {
  const journal = journalOf(1, 100 * MIB);
  endUnread(journal, 4 * MIB);
  remove(journal);
  expect(endUnread(journal, 4 * MIB).built).toBe(0);
});

it("who takes only the newest exchanges has no other built", () => {
  const journal = journalOf();
  const counts = [1, 2, 3].map(() => endUnread(journal, 1));
  for (const { id } of journal.newestFirst()) {
    expect(id).toBe(3);
    break;
  }
  expect(counts.map(({ built }) => built)).toEqual([0, 0, 1]);
  expect([...journal.newestFirst()].map(({ id }) => id)).toEqual([3, 2, 1]);
});
