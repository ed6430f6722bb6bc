import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { freshName } from "../../core/random.ts";
import type { Change } from "../../core/replication/replicated.ts";
import { type Connection, connect } from "./connect.ts";
import { listLost, lost } from "./lost.ts";
import type { Directory, Listed, News, SharedPlace, TenantPlace, Version } from "./place.ts";
import { LOCK_BUSY, LOST } from "./scripts.ts";

export interface RedisOptions {
  readonly url: string;
  /** All keys and channels begin with it. */
  readonly prefix: string;
  /** After how many seconds without a call a tenant is removed. 0: never. */
  readonly idleSeconds: number;
}

/** How many versions the log of a tenant goes back. */
const LOG = 256;
/** How long the others wait for a server that stops while it has the lock. */
const LEASE_MS = 3000;
/** How long the others wait for a server that has asked for the lock. It asks again after RETRY_MS. */
const WANTED_MS = 300;
const RETRY_MS = 50;
/** How many values are written or read at once. */
const AT_ONCE = 500;
/** How long the pieces of a commit that was never finished are kept. */
const UNFINISHED_MS = 60_000;

type Found = [version: number, commit: string, isAll: 0 | 1, flat: (string | null)[], more: number];

/** Connects to a store in Redis. Rejects with a KitError if it cannot be used. */
export async function connectRedis(options: RedisOptions): Promise<SharedPlace> {
  const { url, prefix, idleSeconds } = options;
  const connection = await connect(url);
  const server = freshName();
  let commits = 0;
  // Unique also where a tenant is dropped and loaded again: an equal name would be taken for the same commit, sent twice.
  const nameCommit = (): string => `${server}.${++commits}`;
  const gaps = new Set<() => void>();
  connection.onGap(() => {
    for (const again of gaps) again();
  });
  const keysOf = (name: string): Keys => {
    const key = (part: string): string => `${prefix}:{${name}}:${part}`;
    const shared = ["head", "values", "log", "lock", "queue", "sharers"].map(key);
    return { shared, values: key("values"), news: key("news"), next: key("next") };
  };
  return {
    server,
    isForgetful: idleSeconds > 0,
    directory: directoryIn(connection, prefix, server),
    tenant: (name) => {
      const ttlMs = name === "default" ? 0 : idleSeconds * 1000;
      return tenantIn(connection, name, keysOf(name), { server, nameCommit, ttlMs, gaps });
    },
    peek: async (names, paths) => {
      const peek = (name: string): Promise<(string | null)[]> =>
        connection.call<(string | null)[]>("HMGET", keysOf(name).values, ...paths);
      const found: (string | null)[][] = [];
      for (let from = 0; from < names.length; from += AT_ONCE) {
        found.push(...(await Promise.all(names.slice(from, from + AT_ONCE).map(peek))));
      }
      return found;
    },
    close: connection.close,
  };
}

interface Keys {
  readonly shared: readonly string[];
  readonly values: string;
  readonly news: string;
  readonly next: string;
}

/** What the tenants of one server have in common. */
interface Sharing {
  readonly server: string;
  readonly nameCommit: () => string;
  readonly ttlMs: number;
  readonly gaps: Set<() => void>;
}

function tenantIn(
  { run, call, subscribe, unsubscribe }: Connection,
  name: string,
  { shared, values, news: channel, next }: Keys,
  { server, nameCommit, ttlMs, gaps }: Sharing,
): TenantPlace {
  let wake = (): void => {};
  let missed = (): void => {};
  const intact = <Answer extends readonly unknown[]>(answer: Answer): Answer => {
    if (answer[0] !== LOST) return answer;
    throw lost(name);
  };
  const args = ({ version, commit }: Version, again: readonly string[]) => [
    version,
    commit,
    ...again,
  ];
  /** Everything, in pieces. It may be of several versions: the news since then make it right. */
  const scan = async (): Promise<Change[]> => {
    const found = new Map<string, string>();
    let cursor = "0";
    do {
      const [following, flat] = await call<[string, string[]]>(
        "HSCAN",
        values,
        cursor,
        "COUNT",
        AT_ONCE,
      );
      cursor = following;
      for (let index = 0; index < flat.length; index += 2) {
        found.set(flat[index] as string, flat[index + 1] as string);
      }
    } while (cursor !== "0");
    return [...found];
  };
  const complete = async (first: Found): Promise<News | undefined> => {
    const changes = new Map<string, string | undefined>();
    let isAll = false;
    let found = first;
    for (;;) {
      const [version, commit, all, flat, more] = intact(found);
      if (version === 0) return undefined;
      if (all === 1) {
        changes.clear();
        isAll = true;
        for (const [path, value] of await scan()) changes.set(path, value);
      } else {
        for (let index = 0; index < flat.length; index += 2) {
          changes.set(flat[index] as string, flat[index + 1] ?? undefined);
        }
        if (more === 0) return { version, commit, changes: [...changes], isAll };
      }
      found = await run<Found>("news", ...shared, server, version, commit);
    }
  };
  const news: TenantPlace["news"] = async (known, again) =>
    complete(await run<Found>("news", ...shared, server, ...args(known, again)));

  return {
    news,
    lock: async (known, again) => {
      for (;;) {
        const freed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const found = await run<Found>(
          "lock",
          ...shared,
          ...[server, LEASE_MS, WANTED_MS],
          ...args(known, again),
        );
        if (found[0] !== LOCK_BUSY) return complete(found);
        await Promise.race([freed, sleep(RETRY_MS)]);
      }
    },
    commit: async (known, changes, isWhole) => {
      const commit = nameCommit();
      const staged = `${next}.${commit}`;
      if (isWhole) {
        for (let from = 0; from < changes.length; from += AT_ONCE) {
          const piece = changes.slice(from, from + AT_ONCE);
          await call("HSET", staged, ...piece.flatMap(([path, value = ""]) => [path, value]));
        }
        await call("PEXPIRE", staged, UNFINISHED_MS);
      }
      // Both are JSON on one line each.
      const lines = (of: 0 | 1): string =>
        isWhole ? "" : changes.map((change) => change[of]).join("\n");
      const [version] = intact(
        await run<[number]>(
          "store",
          ...[...shared, channel, staged, server, commit],
          ...[known.version, known.commit, LOG, ttlMs, isWhole ? 1 : 0],
          ...[lines(0), lines(1)],
        ),
      );
      if (version === LOCK_BUSY) return undefined;
      const isChanged = isWhole || changes.length > 0;
      return isChanged ? { version, commit } : known;
    },
    follow: async (tell) => {
      missed = () => tell(Number.POSITIVE_INFINITY);
      gaps.add(missed);
      await subscribe(channel, (message) => {
        const [version, writer] = message.split(" ");
        wake();
        if (writer !== server) tell(Number(version));
      });
    },
    unfollow: async () => {
      gaps.delete(missed);
      await unsubscribe(channel);
    },
    erase: async () => {
      await call("UNLINK", ...shared);
    },
  };
}

function directoryIn({ run }: Connection, prefix: string, server: string): Directory {
  const keys = ["root", "tenants", "claims"].map((part) => `${prefix}:{*}:${part}`);
  const ask = async (script: string, ...args: readonly (string | number)[]): Promise<unknown[]> => {
    const answer = await run<unknown[]>(script, ...keys, ...args);
    if (answer[0] !== "lost") return answer;
    throw listLost();
  };
  return {
    join: async () => (await ask("join", server))[0] as string,
    next: async () => Number((await ask("next"))[1] ?? 0),
    reserve: async (name, number, claims, limit) =>
      (await ask("reserve", name, number, limit, ...claims.map(digest)))[0] as "listed",
    ready: async (name, number) => void (await ask("ready", name, `${number} ready`)),
    find: async (name) => listedIn((await ask("find", 2, name))[1]),
    claimed: async (claim) => {
      const [, name, world] = await ask("find", 3, digest(claim));
      return { world: String(world), ...(typeof name === "string" && { name }) };
    },
    all: async () => {
      const flat = (await ask("list"))[1] as string[];
      const found = new Map<string, Listed>();
      for (let index = 0; index < flat.length; index += 2) {
        found.set(flat[index] as string, listedIn(flat[index + 1]) as Listed);
      }
      return found;
    },
    remove: async (name, claims) => void (await ask("remove", name, ...claims.map(digest))),
  };
}

/** Claims may be parts of credentials, so only their digests are stored. */
const digest = (claim: string): string => createHash("sha256").update(claim).digest("base64url");

function listedIn(text: unknown): Listed | undefined {
  if (typeof text !== "string") return undefined;
  const [number, ready] = text.split(" ");
  return { number: Number(number), isReady: ready !== undefined };
}
