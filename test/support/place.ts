import type { Change } from "../../src/core/replication/replicated.ts";
import type {
  Directory,
  Listed,
  News,
  SharedPlace,
  TenantPlace,
  Version,
} from "../../src/server/shared/place.ts";

/** A shared place in this process, and what can go wrong with it. */
export interface Hub {
  /** The place as one more server sees it. */
  place(): SharedPlace & { readonly trouble: Trouble };
  /** As if it had been emptied from outside. */
  wipe(): void;
  /** As if Redis had evicted a part: the content of a tenant, or the list of tenants. */
  evict(what: string): void;
  /** How many commits there were. */
  commits(): number;
  /** How many servers have a tenant in memory, and so want to hear of it. */
  followers(name: string): number;
  /** All that is there. */
  content(): string;
}

export interface Trouble {
  /** How many commits are refused. */
  late?: number;
  /** What the next lock, commit or subscription throws. */
  lock?: Error;
  commit?: Error;
  follow?: Error;
}

interface World {
  version: Version;
  readonly values: Map<string, string>;
  readonly log: (readonly [Version, readonly string[] | undefined])[];
  locked: Promise<unknown>;
}

export function sharedHub(): Hub {
  let worlds = new Map<string, World>();
  let listed = new Map<string, Listed>();
  let claims = new Map<string, string>();
  let [commits, servers, wipes, made] = [0, 0, 0, 0];
  const followers = new Map<string, Set<(version: number) => void>>();
  const followersOf = (name: string) => {
    const found = followers.get(name) ?? new Set();
    followers.set(name, found);
    return found;
  };
  const newsOf = (name: string, known: Version, again: readonly string[]): News | undefined => {
    const world = worlds.get(name);
    if (!world) return undefined;
    const { values, log, version } = world;
    const from = log.findIndex(([{ commit }]) => commit === known.commit);
    const later = log.slice(from + 1).map(([, paths]) => paths);
    const isAll = from < 0 || later.includes(undefined);
    const paths = isAll ? values.keys() : new Set([...later.flat(), ...again] as string[]);
    return { ...version, isAll, changes: [...paths].map((path) => [path, values.get(path)]) };
  };
  const directory: Directory = {
    join: async () => `world ${wipes}`,
    next: async () => made,
    reserve: async (name, number, own, limit) => {
      if (listed.has(name)) return "taken";
      if (listed.size >= limit) return "full";
      if (own.some((claim) => claims.has(claim))) return "late";
      listed.set(name, { number, isReady: false });
      for (const claim of own) claims.set(claim, name);
      made = Math.max(made, number + 1);
      return "listed";
    },
    ready: async (name, number) => void listed.set(name, { number, isReady: true }),
    find: async (name) => listed.get(name),
    claimed: async (claim) => {
      const name = claims.get(claim);
      return { world: `world ${wipes}`, ...(name !== undefined && { name }) };
    },
    all: async () => listed,
    remove: async (name, own) => {
      listed.delete(name);
      for (const claim of own) claims.delete(claim);
    },
  };
  const tenantAs = (server: string, trouble: Trouble, name: string): TenantPlace => {
    let free = (): void => {};
    const fail = (what: "lock" | "commit" | "follow"): void => {
      const error = trouble[what];
      if (!error) return;
      delete trouble[what];
      throw error;
    };
    let told: ((version: number) => void) | undefined;
    return {
      news: async (known, again) => newsOf(name, known, again),
      lock: async (known, again) => {
        fail("lock");
        const world = worlds.get(name);
        if (!world) return undefined;
        const before = world.locked;
        world.locked = new Promise<void>((resolve) => {
          free = resolve;
        });
        await before;
        return newsOf(name, known, again);
      },
      commit: async (known, changes, isWhole) => {
        free();
        fail("commit");
        const world = worlds.get(name);
        if (trouble.late) {
          trouble.late--;
          return undefined;
        }
        if ((world?.version.commit ?? "") !== known.commit) return undefined;
        const now: World = world ?? {
          version: known,
          values: new Map(),
          log: [],
          locked: Promise.resolve(),
        };
        worlds.set(name, now);
        commits++;
        if (!isWhole && changes.length === 0) return known;
        now.version = { version: known.version + 1, commit: `${server}.${commits}` };
        if (isWhole) now.values.clear();
        for (const [path, value] of changes) {
          if (value === undefined) now.values.delete(path);
          else now.values.set(path, value);
        }
        now.log.push([now.version, isWhole ? undefined : changes.map(([path]: Change) => path)]);
        for (const one of followersOf(name)) if (one !== told) one(now.version.version);
        return now.version;
      },
      follow: async (tell) => {
        fail("follow");
        told = tell;
        followersOf(name).add(tell);
      },
      unfollow: async () => void (told && followersOf(name).delete(told)),
      erase: async () => void worlds.delete(name),
    };
  };

  return {
    commits: () => commits,
    followers: (name) => followersOf(name).size,
    content: () =>
      JSON.stringify([[...worlds].map(([name, { values }]) => [name, [...values]]), [...listed]]),
    wipe: () => {
      [worlds, listed, claims] = [new Map(), new Map(), new Map()];
      wipes++;
      made = 0;
    },
    evict: (what) => {
      if (what !== "list") return void worlds.delete(what);
      [listed, claims] = [new Map(), new Map()];
      wipes++;
    },
    place: () => {
      const trouble: Trouble = {};
      const server = `server-${++servers}`;
      return {
        trouble,
        server,
        directory,
        isForgetful: false,
        tenant: (name) => tenantAs(server, trouble, name),
        peek: async (names, paths) =>
          names.map((name) => paths.map((path) => worlds.get(name)?.values.get(path) ?? null)),
        close: async () => {},
      };
    },
  };
}
