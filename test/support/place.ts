import type { Change } from "../../src/core/replication/replicated.ts";
import type { SharedPlace } from "../../src/server/shared/transaction.ts";

/** A shared place in this process, and what can go wrong with it. */
export interface Hub {
  /** The place as one more server sees it. */
  place(): SharedPlace & { readonly trouble: Trouble };
  /** As if it had been emptied from outside. */
  wipe(): void;
  turns(): number;
  /** All that is there. */
  content(): string;
}

export interface Trouble {
  /** The number of transactions whose end comes too late. */
  late?: number;
  /** What the next begin, or end, throws. */
  begin?: Error;
  end?: Error;
}

export function sharedHub(): Hub {
  const world = new Map<string, string>();
  let log: (readonly string[])[] = [];
  let turns = 0;
  let last: Promise<unknown> = Promise.resolve();
  const told = new Set<() => void>();

  return {
    turns: () => turns,
    content: () => JSON.stringify([...world]),
    wipe: () => {
      world.clear();
      log = [];
    },
    place: () => {
      const trouble: Trouble = {};
      let known = -1;
      let free = (): void => {};
      let tell = (): void => {};
      const take = <Name extends "begin" | "end">(name: Name): void => {
        const error = trouble[name];
        if (!error) return;
        delete trouble[name];
        throw error;
      };
      const news: SharedPlace["news"] = async () => {
        const isAll = known < 0 || known > log.length;
        const paths = isAll ? world.keys() : new Set(log.slice(known).flat());
        known = log.length;
        return { isAll, changes: [...paths].map((path): Change => [path, world.get(path)]) };
      };
      return {
        trouble,
        news,
        begin: async () => {
          take("begin");
          const before = last;
          last = new Promise<void>((resolve) => {
            free = resolve;
          });
          await before;
          turns++;
          return news();
        },
        end: async (changes) => {
          free();
          take("end");
          if (trouble.late) {
            trouble.late--;
            return false;
          }
          for (const [path, value] of changes) {
            if (value === undefined) world.delete(path);
            else world.set(path, value);
          }
          if (changes.length > 0) known = log.push(changes.map(([path]) => path));
          for (const one of told) if (one !== tell) one();
          return true;
        },
        forget: () => {
          known = -1;
        },
        onNews: (listen) => {
          told.delete(tell);
          tell = listen;
          told.add(tell);
        },
        close: async () => void told.delete(tell),
      };
    },
  };
}
