/** What this server has in memory, by name. What was used last stays longest. */
export interface Kept<One> {
  /** A promise as long as it is loaded. Undefined if it is not here. */
  get(name: string): One | Promise<One | undefined> | undefined;
  /** Keeps it when it is there, and forgets it if there is none or if loading fails. */
  keep(name: string, coming: Promise<One | undefined>): Promise<One | undefined>;
  forget(name: string): void;
  /** Everything here, when what is being loaded has come. */
  all(): Promise<readonly One[]>;
}

export interface KeptOptions<One> {
  /** How many stay. More do if too few may leave. */
  readonly limit: number;
  readonly mayLeave: (one: One) => boolean;
  /** Called after it was forgotten. */
  readonly leave: (name: string, one: One) => Promise<void>;
}

export function createKept<One>({ limit, mayLeave, leave }: KeptOptions<One>): Kept<One> {
  const here = new Map<string, One | Promise<One | undefined>>();
  const makeRoom = async (): Promise<void> => {
    for (const [name, entry] of here) {
      if (here.size <= limit) return;
      if (entry instanceof Promise || !mayLeave(entry)) continue;
      here.delete(name);
      await leave(name, entry);
    }
  };
  return {
    get: (name) => {
      const found = here.get(name);
      if (found === undefined) return undefined;
      here.delete(name);
      here.set(name, found);
      return found;
    },
    keep: (name, coming) => {
      const settle = (one: One | undefined): void => {
        if (here.get(name) !== promise) return;
        if (one === undefined) here.delete(name);
        else here.set(name, one);
      };
      const load = async (): Promise<One | undefined> => {
        const one = await coming.catch((error) => {
          settle(undefined);
          throw error;
        });
        settle(one);
        await makeRoom();
        return one;
      };
      const promise = load();
      here.set(name, promise);
      return promise;
    },
    forget: (name) => void here.delete(name),
    all: async () => {
      const all = await Promise.allSettled(here.values());
      return all.flatMap((one) => (one.status === "fulfilled" && one.value) || []);
    },
  };
}
