import { KitError } from "../../core/errors.ts";
import type { Change } from "../../core/replication/replicated.ts";
import type { Transaction } from "../tenants.ts";
import type { Replica } from "./replication.ts";

/** Where servers keep the tenants that they share. One server at a time may change them. */
export interface SharedPlace {
  /** Waits for the lock. Returns the changes of other servers since the last call, or everything. */
  begin(): Promise<News>;
  /** Stores all changes or none, and releases the lock. False if the lock was lost before, and nothing was stored. */
  end(changes: readonly Change[]): Promise<boolean>;
  /** The changes of other servers. Needs no lock. */
  news(): Promise<News>;
  /** Makes the next `begin` or `news` return everything, because the copy of this server may be wrong. */
  forget(): void;
  /** Calls `tell` when another server has changed something. */
  onNews(tell: () => void): void;
  close(): Promise<void>;
}

export interface News {
  readonly changes: readonly Change[];
  readonly isAll: boolean;
}

interface Waiting {
  readonly work: () => unknown;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
  /** How often the work's transaction was lost. */
  lost: number;
}

/** A transaction is lost when it holds the lock for too long. Work that loses again and again would never end. */
const MOST_LOST = 5;

/** Transactions on tenants that several servers share. Work that comes during one transaction goes into the next. */
export function sharedTransactions(place: SharedPlace, replica: Replica): Transaction {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let hasNews = false;

  const commitBatch = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    let hasLock = false;
    try {
      const { changes, isAll } = await place.begin();
      hasLock = true;
      await replica.adopt(changes, isAll);
      const results = await Promise.allSettled(batch.map(async ({ work }) => work()));
      hasLock = false;
      if (await place.end(replica.changes())) {
        for (const [index, result] of results.entries()) {
          if (result.status === "fulfilled") batch[index]?.done(result.value);
          else batch[index]?.failed(result.reason);
        }
        return;
      }
      place.forget();
      for (const one of batch) {
        if (++one.lost < MOST_LOST) waiting.push(one);
        else one.failed(new KitError(LOST));
      }
    } catch (error) {
      // It is unknown what was stored.
      place.forget();
      if (hasLock) await place.end([]).catch(() => {});
      for (const { failed } of batch) failed(error);
    }
  };
  const follow = async (): Promise<void> => {
    hasNews = false;
    try {
      const { changes, isAll } = await place.news();
      await replica.adopt(changes, isAll);
    } catch {
      // The next caller gets the error.
      place.forget();
    }
  };
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0 || hasNews) await (waiting.length > 0 ? commitBatch() : follow());
    isRunning = false;
  };

  place.onNews(() => {
    hasNews = true;
    void run();
  });
  return <Result>(work: () => Result | Promise<Result>) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ work, done: resolve as Waiting["done"], failed: reject, lost: 0 });
      void run();
    });
}

const LOST = `The store took this server's lock away ${MOST_LOST} times in a row: the store, or this machine, is too slow.`;
