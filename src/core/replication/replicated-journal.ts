import type { Exchange, Journal, JournalLimits } from "../journal/journal.ts";
import { type End, Recorded, type Slot, type Steps } from "./recorded.ts";
import type { Change, Replicated } from "./replicated.ts";

interface Counts {
  ids: number;
  dropped: number;
  /** How often the journal was cleared. Ids start again after that. */
  clears: number;
}

/** A journal in memory that reports its changes, so that other servers can copy them. */
export interface ReplicatedJournal extends Journal, Replicated {
  /** How many exchanges are still recorded here. */
  readonly recording: number;
  /** Exchanges at these paths will not be closed: their calls have failed. */
  abandon(paths: readonly string[]): void;
}

/** `writer` names this server, and no other. */
export function replicatedJournal(limits: JournalLimits, writer: string): ReplicatedJournal {
  const kept = new Map<number, Slot>();
  /** The ids of the exchanges that have changed, and of those whose ends have. */
  const changed = new Set<number>();
  const changedEnds = new Set<number>();
  const recording = new Set<Slot>();
  let marks = 0;
  let counts: Counts = { ids: 0, dropped: 0, clears: 0 };
  let bytes = 0;
  /** No exchange has a lower id. A Map that lost its first keys is slow to give its first one. */
  let oldest = 1;
  /** The counts that were last reported or adopted. */
  let told = JSON.stringify(counts);

  const sizeOf = (slot: Slot | undefined): number => slot?.end?.[2] ?? 0;
  const finish = (slot: Slot, end: End | undefined): void => {
    bytes += (end?.[2] ?? 0) - sizeOf(slot);
    slot.end = end;
    slot.read = undefined;
  };
  const forget = (id: number): void => {
    const slot = kept.get(id);
    if (!slot) return;
    bytes -= sizeOf(slot);
    recording.delete(slot);
    kept.delete(id);
  };
  const remove = (id: number): void => {
    changed.add(id);
    if (kept.get(id)?.end) changedEnds.add(id);
  };
  const isFull = (): boolean =>
    kept.size > 1 && (kept.size > limits.entries || bytes > limits.bytes);
  const makeRoom = (): void => {
    for (; isFull(); oldest++) {
      if (!kept.has(oldest)) continue;
      remove(oldest);
      forget(oldest);
      counts.dropped++;
    }
  };
  const insert = (id: number, slot: Slot): void => {
    oldest = kept.size === 0 ? id : Math.min(oldest, id);
    kept.set(id, slot);
  };
  const put = (id: number, value: string): void => {
    const space = value.indexOf(" ");
    const mark = value.slice(0, space);
    const text = value.slice(space + 1);
    const own = kept.get(id);
    if (own?.mark === mark) Object.assign(own, { text, read: undefined });
    else {
      forget(id);
      insert(id, { mark, live: undefined, text, end: undefined, read: undefined });
    }
  };
  const endText = (id: number): string | undefined => {
    const end = kept.get(id)?.end;
    return end && JSON.stringify(end);
  };
  const exchangeText = (id: number): string | undefined => {
    const slot = kept.get(id);
    if (!slot) return undefined;
    if (slot.live) slot.text = JSON.stringify(slot.live.read());
    if (slot.end) slot.live = undefined;
    return `${slot.mark} ${slot.text}`;
  };

  const steps: Steps = {
    update: (entry) => {
      if (kept.get(entry.id) !== entry.slot) return;
      entry.slot.live = entry;
      changed.add(entry.id);
    },
    end: ({ id, slot }, end) => {
      recording.delete(slot);
      if (kept.get(id) !== slot) return;
      finish(slot, end);
      if (!changed.has(id)) slot.live = undefined;
      changedEnds.add(id);
      makeRoom();
    },
  };

  return {
    open: (build) => {
      const entry = new Recorded(++counts.ids, `${writer}.${++marks}`, build, steps);
      recording.add(entry.slot);
      insert(entry.id, entry.slot);
      changed.add(entry.id);
      makeRoom();
      return entry;
    },
    entries: () => [...kept.values()].map(exchangeIn),
    *newestFirst() {
      for (const slot of [...kept.values()].reverse()) yield exchangeIn(slot);
    },
    get dropped() {
      return counts.dropped;
    },
    get recording() {
      return recording.size;
    },
    abandon: (paths) => {
      for (const path of paths) {
        const slot = kept.get(idOf(path));
        if (slot) recording.delete(slot);
      }
    },
    clear: () => {
      for (const id of kept.keys()) remove(id);
      kept.clear();
      bytes = 0;
      counts = { ids: 0, dropped: 0, clears: counts.clears + 1 };
    },
    *paths() {
      for (const [id, { end }] of kept) {
        yield pathOf(id);
        if (end) yield endOf(id);
      }
      yield COUNTS;
    },
    read: (path) => {
      if (path === COUNTS) return JSON.stringify(counts);
      return (isEnd(path) ? endText : exchangeText)(idOf(path));
    },
    changes: () => {
      const now = JSON.stringify(counts);
      const all: Change[] = [];
      for (const id of changed) all.push([pathOf(id), exchangeText(id)]);
      for (const id of changedEnds) all.push([endOf(id), endText(id)]);
      changed.clear();
      changedEnds.clear();
      if (now !== told) all.push([COUNTS, now]);
      told = now;
      return all;
    },
    adopt: (changes) => {
      for (const [path, value] of changes.toSorted(byId)) {
        if (path === COUNTS) {
          counts = value === undefined ? { ids: 0, dropped: 0, clears: 0 } : JSON.parse(value);
          told = JSON.stringify(counts);
        } else if (isEnd(path)) {
          const slot = kept.get(idOf(path));
          if (slot) finish(slot, value === undefined ? undefined : JSON.parse(value));
        } else if (value === undefined) forget(idOf(path));
        else put(idOf(path), value);
      }
    },
  };
}

/** Parsed when it is first read: most exchanges of other servers are never read. */
function exchangeIn(slot: Slot): Exchange {
  if (slot.live) return slot.live.read();
  slot.read ??= exchangeOf(slot.text, slot.end);
  return slot.read;
}

function exchangeOf(text: string, end: End | undefined): Exchange {
  const { open, ...exchange } = JSON.parse(text) as Exchange;
  if (!end) return open ? { ...exchange, open } : exchange;
  const [durationMs, isAborted] = end;
  return { ...exchange, durationMs, ...(isAborted && { aborted: true }) };
}

const COUNTS = '["counts"]';
const pathOf = (id: number): string => `["exchange",${id}]`;
const endOf = (id: number): string => `["ended",${id}]`;
const isEnd = (path: string): boolean => path.startsWith('["ended"');
const idOf = (path: string): number => Number(/\d+/.exec(path)?.[0]);

/** Oldest first, because a full journal drops them in the order of insertion. An end comes after its exchange. */
const byId = ([a]: Change, [b]: Change): number =>
  (a === COUNTS ? 0 : idOf(a)) - (b === COUNTS ? 0 : idOf(b)) ||
  Number(isEnd(a)) - Number(isEnd(b));

/** Whether a path belongs to a journal, not to a store. */
export const isOfJournal = (path: string): boolean => /^\["(exchange|ended|counts)"/.test(path);
