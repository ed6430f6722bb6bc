import { KitError } from "../../core/errors.ts";
import type { Change } from "../../core/replication/replicated.ts";
import type { World } from "./replication.ts";

/**
 * Does something with the tenants, on its own among all servers that share them. What it changes is kept before this
 * answers. It may be done again where its turn was lost, so it sends nothing.
 */
export type Turn = <Result>(work: () => Result | Promise<Result>) => Result | Promise<Result>;

/** A server that shares its tenants with nobody waits for nobody. */
export const ownTurn: Turn = (work) => work();

/** Where servers keep the world that they share; one of them at a time may change it. */
export interface SharedPlace {
  /** Waits for this server's turn. Answers what others have changed since it last knew, or all that there is. */
  begin(): Promise<News>;
  /** Keeps all changes or none, and ends the turn. False where the turn was lost before that, and none was kept. */
  end(changes: readonly Change[]): Promise<boolean>;
  /** What others have changed, without a turn. */
  news(): Promise<News>;
  /** The next news are all that there is: what is known here cannot be relied on. */
  forget(): void;
  /** Tells that there are news. */
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
  /** How often its turn was lost. */
  lost: number;
}

/** A turn is lost when it takes longer than others wait for it: who loses it again and again would go on for ever. */
const MOST_LOST = 5;

/** Turns at a place that several servers share: what comes during one turn waits for the next, and goes in together. */
export function sharedTurns(place: SharedPlace, world: World): Turn {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let hasNews = false;

  const oneTurn = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    let hasTurn = false;
    try {
      const { changes, isAll } = await place.begin();
      hasTurn = true;
      await world.adopt(changes, isAll);
      const results = await Promise.allSettled(batch.map(async ({ work }) => work()));
      hasTurn = false;
      if (await place.end(world.changes())) {
        for (const [index, result] of results.entries()) {
          if (result.status === "fulfilled") batch[index]?.done(result.value);
          else batch[index]?.failed(result.reason);
        }
        return;
      }
      place.forget();
      for (const one of batch) {
        if (++one.lost < MOST_LOST) waiting.push(one);
        else one.failed(new KitError("The store gave this server's turn away, again and again."));
      }
    } catch (error) {
      // Nobody knows what was kept.
      place.forget();
      if (hasTurn) await place.end([]).catch(() => {});
      for (const { failed } of batch) failed(error);
    }
  };
  const follow = async (): Promise<void> => {
    hasNews = false;
    try {
      const { changes, isAll } = await place.news();
      await world.adopt(changes, isAll);
    } catch {
      // Whoever asks next hears what is wrong.
      place.forget();
    }
  };
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0 || hasNews) await (waiting.length > 0 ? oneTurn() : follow());
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
