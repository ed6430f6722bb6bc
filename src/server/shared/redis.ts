import { setTimeout as sleep } from "node:timers/promises";
import { Redis, ReplyError } from "ioredis";
import { KitError } from "../../core/errors.ts";
import type { Change } from "../../core/replication/replicated.ts";
import type { News, SharedPlace } from "./transaction.ts";

/**
 * The keys. The braces put all of them into one slot of a cluster.
 * - values: a hash of the value at each path
 * - version: counted up by every transaction that changed something
 * - log: a stream of the paths that each version changed, with at most LOG entries
 * - transactions: counts all transactions, and so numbers them
 * - lock: the number of the transaction that holds the lock. Expires after LEASE_MS
 * - created: when the first value was written. It differs after the store was wiped
 *
 * In addition, `done:<number>` holds the version that a finished transaction reached, for a minute: a server that got no
 * reply sends its commit again.
 */
const KEYS = ["values", "version", "log", "transactions", "lock", "created"].map(
  (name) => `{fauxdr}:${name}`,
);
const CHANNEL = "{fauxdr}:news";
const LOG = 1000;
/** How long the others wait for a server that crashes while it holds the lock. */
const LEASE_MS = 3000;
/** A waiting server is told when the lock is free. In case it misses that, it also tries again after this time. */
const RETRY_MS = 50;

/**
 * Returns the changes since version ARGV[1] of the store created at ARGV[2]. Returns everything if the version is -1,
 * the store is another one, or the log does not go back far enough.
 */
const NEWS = `
local function news()
  local version = tonumber(redis.call("GET", KEYS[2]) or "0")
  local created = redis.call("GET", KEYS[6]) or ""
  local since = created == ARGV[2] and tonumber(ARGV[1]) or -1
  if since == version then return {version, created, 0, {}} end
  local seen, paths = {}, {}
  local entries = since < 0 and {} or redis.call("XRANGE", KEYS[3], (since + 1) .. "-0", "+")
  if #entries < version - since then
    return {version, created, 1, redis.call("HGETALL", KEYS[1])}
  end
  local changes = {}
  for _, entry in ipairs(entries) do
    for _, path in ipairs(cjson.decode(entry[2][2])) do
      if not seen[path] then
        seen[path] = true
        changes[#changes + 1] = path
        changes[#changes + 1] = redis.call("HGET", KEYS[1], path)
      end
    end
  end
  return {version, created, 0, changes}
end
`;

const beginTransaction = `${NEWS}
if redis.call("EXISTS", KEYS[5]) == 1 then return {-1, redis.call("PTTL", KEYS[5])} end
local transaction = redis.call("INCR", KEYS[4])
redis.call("SET", KEYS[5], transaction, "PX", ARGV[3])
local found = news()
found[5] = transaction
return found
`;

const newsSince = `${NEWS}
return news()
`;

/** ARGV: the transaction's number, the log's length, the paths as JSON, then the value of each path ("" if removed). */
const commit = `
local done = "{fauxdr}:done:" .. ARGV[1]
local version = redis.call("GET", done)
if version then return {tonumber(version), redis.call("GET", KEYS[6]) or ""} end
if redis.call("GET", KEYS[5]) ~= ARGV[1] then return {-1, ""} end
redis.call("DEL", KEYS[5])
version = tonumber(redis.call("GET", KEYS[2]) or "0")
local paths = cjson.decode(ARGV[3])
if #paths > 0 then
  version = redis.call("INCR", KEYS[2])
  if version == 1 then redis.call("SET", KEYS[6], table.concat(redis.call("TIME"), ".")) end
  for index, path in ipairs(paths) do
    local value = ARGV[3 + index]
    if value == "" then redis.call("HDEL", KEYS[1], path) else redis.call("HSET", KEYS[1], path, value) end
  end
  redis.call("XADD", KEYS[3], "MAXLEN", ARGV[2], version .. "-0", "paths", ARGV[3])
end
redis.call("SET", done, version, "EX", 60)
redis.call("PUBLISH", "${CHANNEL}", version)
return {version, redis.call("GET", KEYS[6]) or ""}
`;

const SCRIPTS = { beginTransaction, newsSince, commit };

/** A version of a store. It is -1 if another transaction holds the lock. */
type StoreVersion = [version: number, created: string];
/** `flat` alternates paths and values: all of them with `isAll`, else the changed ones. */
type Found = [...StoreVersion, isAll: 0 | 1, flat: (string | null)[], transaction: number];

const NOTHING: StoreVersion = [-1, ""];

/** Connects to Redis, or to a server with the same protocol. Rejects with a KitError if it cannot be used. */
export async function connectRedis(url: string): Promise<SharedPlace> {
  const { call, close, onMessage } = await open(url);
  let known = NOTHING;
  let transaction = 0;
  let wake = (): void => {};
  let tell = (): void => {};
  onMessage((version) => {
    wake();
    if (version !== known[0]) tell();
  });
  const took = ([version, created, isAll, flat]: Found): News => {
    known = [version, created];
    const changes: Change[] = [];
    for (let index = 0; index < flat.length; index += 2) {
      changes.push([flat[index] as string, flat[index + 1] ?? undefined]);
    }
    return { changes, isAll: isAll === 1 };
  };
  return {
    begin: async () => {
      for (;;) {
        const freed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const found = await call<Found>("beginTransaction", ...known, LEASE_MS);
        if (found[0] >= 0) {
          transaction = found[4];
          return took(found);
        }
        await Promise.race([freed, sleep(RETRY_MS)]);
      }
    },
    end: async (changes) => {
      const paths = JSON.stringify(changes.map(([path]) => path));
      const values = changes.map(([, value = ""]) => value);
      const reached = await call<StoreVersion>("commit", transaction, LOG, paths, ...values);
      if (reached[0] < 0) return false;
      known = reached;
      return true;
    },
    news: async () => took(await call<Found>("newsSince", ...known)),
    forget: () => {
      known = NOTHING;
    },
    onNews: (listen) => {
      tell = listen;
    },
    close,
  };
}

interface Connection {
  call<Answer>(script: string, ...args: readonly (string | number)[]): Promise<Answer>;
  onMessage(listen: (version: number) => void): void;
  close(): Promise<void>;
}

async function open(url: string): Promise<Connection> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    // A retried script may have run before. A commit is recognised by its number, and an unused lock expires.
    maxRetriesPerRequest: 3,
    retryStrategy: (times) => Math.min(50 * times, 1000),
    scripts: Object.fromEntries(
      Object.entries(SCRIPTS).map(([name, lua]) => [name, { lua, numberOfKeys: KEYS.length }]),
    ),
  });
  const listener = redis.duplicate();
  const both = [redis, listener];
  // The error of a call says only how often it was tried, so the connection's last error is kept.
  let cause = "";
  for (const connection of both) {
    connection.on("error", (error: Error) => {
      cause = error.message;
    });
  }
  const failure = (error: unknown): KitError => {
    const why = error instanceof ReplyError || cause === "" ? (error as Error).message : cause;
    return new KitError(`The store ${shown(url)} cannot be used: ${why.replace(/\.$/, "")}.`);
  };
  const disconnect = (): void => both.forEach((connection) => void connection.disconnect());
  try {
    await redis.connect();
    await listener.connect();
    await listener.subscribe(CHANNEL);
  } catch (error) {
    disconnect();
    throw failure(error);
  }
  return {
    call: async <Answer>(script: string, ...args: readonly (string | number)[]) => {
      try {
        return (await (redis as unknown as Scripts)[script]?.(...KEYS, ...args)) as Answer;
      } catch (error) {
        throw failure(error);
      }
    },
    onMessage: (listen) => {
      listener.on("message", (_, version: string) => listen(Number(version)));
    },
    close: async () => {
      await Promise.allSettled(both.map((connection) => connection.quit()));
      // Without this, the connections of an unreachable store would retry forever.
      disconnect();
    },
  };
}

type Scripts = Record<string, (...args: readonly (string | number)[]) => Promise<unknown>>;

/** The URL without its password. */
function shown(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
