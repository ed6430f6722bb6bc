import { every, monotonic } from "../../core/clock.ts";
import { StoreError } from "../../core/errors.ts";
import { promiseTry } from "../../core/promise-try.ts";
import type { Change } from "../../core/replication/replicated.ts";
import { timers } from "../../core/timers.ts";
import { runOrWarn, warn } from "../warn.ts";
import { Deleted } from "./lost.ts";
import { type News, NOTHING, type TenantPlace, type Version } from "./place.ts";
import type { Replica } from "./replica.ts";

/** Runs work on one tenant that several servers share. Work that comes during one transaction goes into the next. */
export interface Resident {
  run<Result>(work: () => Result | Promise<Result>): Promise<Result>;
  /**
   * Runs work that nobody waits for with the next transaction, which begins SOON_MS later at the latest. If that fails, the
   * process gets a warning.
   */
  runSoon(work: () => void): void;
  /** Stores everything, as the first content of the tenant. False if another server was faster. */
  create(): Promise<boolean>;
  /** Adopts what the store has. */
  load(found: News): Promise<void>;
  /** Another server has stored that version. */
  follow(version: number): void;
  /** Whether nothing is under way, so that the tenant can leave this server's memory. */
  isIdle(): boolean;
  /** Waits until it is idle, for as long as a call may take to end. */
  settled(): Promise<void>;
}

/**
 * The store does not have the tenant any more. Resolves to undefined if it was deleted, or to what must follow when it is
 * stored again.
 */
export type IfAbsent = () => Promise<(() => Promise<void>) | undefined>;

interface Waiting {
  readonly work: () => unknown;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
  /** How often the work's transaction was lost. */
  lost: number;
}

/** Work that loses again and again would never end. */
const MOST_LOST = 5;
/** With more changes than this, everything is stored or read anew, in pieces. */
const MANY = 2000;
/** How long after a call a server adopts changes at once. Later, the next call does it. */
const FOLLOWED_MS = 10_000;
/**
 * How long the end of an exchange waits for a call that it can be stored with. Storing it alone doubled the transactions
 * of a tenant with one client.
 */
const SOON_MS = 20;
/** A call whose end cannot be stored is not waited for. */
const LONGEST_END_MS = 3000;

export function createResident(place: TenantPlace, replica: Replica, ifAbsent: IfAbsent): Resident {
  let waiting: Waiting[] = [];
  /** Work that nobody waits for. */
  let soon: (() => void)[] = [];
  /** Whether `soon` must not wait for other work any longer. */
  let isDue = false;
  let stopTimer: (() => void) | undefined;
  let isRunning = false;
  /** The latest version that another server has told of. */
  let latest = 0;
  let called = monotonic();
  let isDeleted = false;
  /** Whether others want the tenant as well. Then a transaction takes the lock before it runs. */
  let isContended = false;
  let isAbsent = false;
  let known: Version = NOTHING;
  /** Paths at which this server has changed something that was not stored. */
  let undone: string[] = [];

  const take = async (news: News | undefined): Promise<void> => {
    isAbsent = news === undefined;
    // Also if the tenant is gone: otherwise this server would ask for it again and again.
    latest = 0;
    if (!news) return;
    const isNew = news.commit !== known.commit;
    await replica.adopt(news.changes, news.isAll);
    replica.confirm();
    known = { version: news.version, commit: news.commit };
    undone = [];
    isContended = isNew;
  };
  const lock = async (): Promise<void> => {
    const news = await place.lock(known, undone);
    try {
      await take(news);
    } catch (error) {
      // Releases the lock.
      if (news) await place.commit(news, [], false);
      throw error;
    }
  };
  const store = async (changes: readonly Change[], isWhole: boolean): Promise<boolean> => {
    const base = known;
    // Until they are stored, this copy is wrong.
    undone.push(...changes.map(([path]) => path));
    if (undone.length > MANY) [known, undone] = [NOTHING, []];
    const reached = await place.commit(base, changes, isWhole);
    if (!reached) {
      isContended = true;
      return false;
    }
    replica.confirm();
    known = reached;
    undone = [];
    return true;
  };
  const storeAgain = async (): Promise<void> => {
    const afterwards = await ifAbsent();
    if (!afterwards) {
      isDeleted = true;
      throw new Deleted();
    }
    isAbsent = false;
    replica.revert();
    replica.renew(`${known.commit} again`);
    known = NOTHING;
    if (await store(replica.whole(), true)) await afterwards();
  };
  const prepare = async (): Promise<void> => {
    if (isDeleted) throw new Deleted();
    const isStale = (): boolean => undone.length > 0 || known.version === 0;
    if (isContended || isStale() || isBehind()) await lock();
    if (isAbsent) await storeAgain();
    if (isStale()) await lock();
  };
  const runBatch = async (): Promise<void> => {
    const batch = waiting;
    const rest = soon;
    waiting = [];
    soon = [];
    isDue = false;
    let changes: readonly Change[] = [];
    try {
      await prepare();
      const results = await Promise.allSettled(batch.map(({ work }) => promiseTry(work)));
      for (const work of rest) runOrWarn(work);
      changes = replica.changes();
      const isWhole = changes.length > MANY;
      if (await store(isWhole ? replica.whole() : changes, isWhole)) {
        for (const [index, result] of results.entries()) {
          if (result.status === "fulfilled") batch[index]?.done(result.value);
          else batch[index]?.failed(result.reason);
        }
        return;
      }
      for (const work of rest) runSoon(work);
      for (const one of batch) {
        if (++one.lost < MOST_LOST) waiting.push(one);
        else one.failed(new StoreError(LOST));
      }
    } catch (error) {
      isDeleted ||= error instanceof Deleted;
      // It is unknown what was stored.
      replica.abandon(changes.map(([path]) => path));
      for (const { failed } of batch) failed(error);
      // As in memory: a call of a deleted tenant comes to its end. Otherwise the journal lacks the ends of some exchanges.
      if (isDeleted) for (const work of rest) runOrWarn(work);
      else if (rest.length > 0) warn(error);
    }
  };
  const catchUp = async (): Promise<void> => {
    const wasContended = isContended;
    try {
      await take(await place.news(known, undone));
      isContended = wasContended;
    } catch {
      // The next caller gets the error.
      latest = 0;
    }
  };
  const isBehind = (): boolean => latest > known.version;
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    const isUsed = (): boolean => monotonic() - called < FOLLOWED_MS || replica.isWatched();
    const isWanted = (): boolean => isBehind() && isUsed();
    // All calls that one event-loop tick brings go into one transaction.
    for (;;) {
      await new Promise<void>((resolve) => void timers.setImmediate(resolve));
      if (waiting.length > 0 || isDue) await runBatch();
      else if (isWanted()) await catchUp();
      else break;
    }
    isRunning = false;
    if (isIdle()) for (const wake of settling) wake();
  };
  const isIdle = (): boolean =>
    !isRunning && waiting.length + soon.length + replica.recording() === 0;
  const settling = new Set<() => void>();
  const enqueue = <Result>(work: () => Result | Promise<Result>) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ work, done: resolve as Waiting["done"], failed: reject, lost: 0 });
    });
  const flush = (): void => {
    stopTimer?.();
    stopTimer = undefined;
    isDue = soon.length > 0;
    void run();
  };
  const runSoon = (work: () => void): void => {
    soon.push(work);
    stopTimer ??= every(SOON_MS, flush);
  };

  return {
    run: (work) => {
      called = monotonic();
      const result = enqueue(work);
      void run();
      return result;
    },
    runSoon,
    create: () => store(replica.whole(), true),
    load: take,
    isIdle,
    settled: () =>
      new Promise((resolve) => {
        const stop = every(LONGEST_END_MS, resolve);
        settling.add(() => {
          stop();
          resolve();
        });
        flush();
      }),
    follow: (version) => {
      // The first version after the store was wiped.
      latest = version === 1 ? Number.POSITIVE_INFINITY : version;
      void run();
    },
  };
}

const LOST = `The store took this server's lock away ${MOST_LOST} times in a row: the store, or this machine, is too slow.`;
