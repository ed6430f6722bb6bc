import type { Exchange, Journal, JournalLimits } from "../journal/journal.ts";
import type { Change, Replicated } from "./replicated.ts";

interface Kept {
  readonly read: () => Exchange;
  /** Size of its bodies. 0 until it has ended. */
  readonly bytes: number;
}

interface Counts {
  ids: number;
  dropped: number;
  /** How often the journal was cleared. Ids start again after that, so an id alone does not identify an exchange. */
  clears: number;
}

/** A journal in memory that reports its changes, so that other servers can copy them. */
export function replicatedJournal(limits: JournalLimits): Journal & Replicated {
  const kept = new Map<number, Kept>();
  const changed = new Set<number>();
  let counts: Counts = { ids: 0, dropped: 0, clears: 0 };
  let bytes = 0;
  /** The counts that were last reported or adopted. */
  let told = JSON.stringify(counts);

  const keep = (id: number, one: Kept): void => {
    bytes += one.bytes - (kept.get(id)?.bytes ?? 0);
    kept.set(id, one);
  };
  const forget = (id: number): void => {
    bytes -= kept.get(id)?.bytes ?? 0;
    kept.delete(id);
  };
  const makeRoom = (): void => {
    for (const id of kept.keys()) {
      if (kept.size <= 1 || (kept.size <= limits.entries && bytes <= limits.bytes)) break;
      forget(id);
      changed.add(id);
      counts.dropped++;
    }
  };

  return {
    open: (read) => {
      const id = ++counts.ids;
      const { clears } = counts;
      const isKept = (): boolean => counts.clears === clears && kept.has(id);
      const entry = { id, read: () => read(id) };
      keep(id, { read: entry.read, bytes: 0 });
      changed.add(id);
      makeRoom();
      const close = (): Exchange => {
        const exchange = read(id);
        if (isKept()) {
          keep(id, ended(exchange));
          changed.add(id);
          makeRoom();
        }
        return exchange;
      };
      return {
        ...entry,
        update: () => {
          if (isKept()) changed.add(id);
        },
        close,
        // The other servers get it at the end of this transaction.
        closeUnread: () => void close(),
      };
    },
    entries: () => [...kept.values()].map(({ read }) => read()),
    *newestFirst() {
      for (const { read } of [...kept.values()].reverse()) yield read();
    },
    get dropped() {
      return counts.dropped;
    },
    clear: () => {
      for (const id of kept.keys()) changed.add(id);
      kept.clear();
      bytes = 0;
      counts = { ids: 0, dropped: 0, clears: counts.clears + 1 };
    },
    *paths() {
      for (const id of kept.keys()) yield pathOf(id);
      yield COUNTS;
    },
    changes: () => {
      const now = JSON.stringify(counts);
      if (changed.size === 0 && now === told) return [];
      told = now;
      const all = [...changed].map((id): Change => {
        const one = kept.get(id);
        return [pathOf(id), one && JSON.stringify(one.read())];
      });
      changed.clear();
      return [...all, [COUNTS, now]];
    },
    adopt: (changes) => {
      for (const [path, value] of changes.toSorted(byId)) {
        if (path === COUNTS) {
          counts = value === undefined ? { ids: 0, dropped: 0, clears: 0 } : JSON.parse(value);
          told = JSON.stringify(counts);
        } else if (value === undefined) forget(idOf(path));
        else keep(idOf(path), ended(JSON.parse(value)));
      }
    },
  };
}

const ended = (exchange: Exchange): Kept => ({
  read: () => exchange,
  bytes: exchange.open
    ? 0
    : exchange.request.body.text.length + (exchange.reply?.body.text.length ?? 0),
});

const COUNTS = '["counts"]';
const pathOf = (id: number): string => `["exchange",${id}]`;
const idOf = (path: string): number => Number(/\d+/.exec(path)?.[0]);

/** Oldest first, because a full journal drops them in the order of insertion. */
const byId = ([a]: Change, [b]: Change): number =>
  (a === COUNTS ? 0 : idOf(a)) - (b === COUNTS ? 0 : idOf(b));
