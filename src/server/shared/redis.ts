import { setTimeout as sleep } from "node:timers/promises";
import { Redis, ReplyError } from "ioredis";
import { KitError } from "../../core/errors.ts";
import type { Change } from "../../core/replication/replicated.ts";
import type { News, SharedPlace } from "./transaction.ts";

/**
 * Where everything is kept. The braces put all of it into one slot of a cluster.
 * - world: a hash of what is at each path
 * - version: counted up by every turn that changed something
 * - log: a stream of the paths that each version changed, not longer than LOG
 * - turns: counted up by every turn; the number is what its server shows
 * - turn: the number of the turn that is taken, for no longer than LEASE_MS
 * - born: when the first of it was kept; another one where somebody has wiped it since
 * - done: the number of a turn that has ended, for a minute: who heard no answer asks again
 */
const KEYS = ["world", "version", "log", "turns", "turn", "born"].map((name) => `{fauxdr}:${name}`);
const CHANNEL = "{fauxdr}:news";
const LOG = 1000;
/** A server that has died in its turn holds up the others for so long. */
const LEASE_MS = 3000;
/** Who waits for a turn is told when it is free; and looks again by itself after this. */
const LOOK_MS = 50;

/**
 * Answers what has changed since version ARGV[1] of what was born at ARGV[2]; everything where the log does not go back
 * so far, where that is -1, or another one.
 */
const NEWS = `
local function news()
  local version = tonumber(redis.call("GET", KEYS[2]) or "0")
  local born = redis.call("GET", KEYS[6]) or ""
  local since = born == ARGV[2] and tonumber(ARGV[1]) or -1
  if since == version then return {version, born, 0, {}} end
  local seen, paths = {}, {}
  local entries = since < 0 and {} or redis.call("XRANGE", KEYS[3], (since + 1) .. "-0", "+")
  if #entries < version - since then
    return {version, born, 1, redis.call("HGETALL", KEYS[1])}
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
  return {version, born, 0, changes}
end
`;

const beginTurn = `${NEWS}
if redis.call("EXISTS", KEYS[5]) == 1 then return {-1, redis.call("PTTL", KEYS[5])} end
local turn = redis.call("INCR", KEYS[4])
redis.call("SET", KEYS[5], turn, "PX", ARGV[3])
local found = news()
found[5] = turn
return found
`;

const newsSince = `${NEWS}
return news()
`;

/** ARGV: the turn's number, how long the log is, the paths as JSON, then for each one its value or "" if it is gone. */
const endTurn = `
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

const SCRIPTS = { beginTurn, newsSince, endTurn };

/** A version, of what was born when. It is -1 where the turn is another one's. */
type Known = [version: number, born: string];
/** Besides: whether all follows, paths and values in turns, and the number of the turn. */
type Found = [...Known, isAll: 0 | 1, flat: (string | null)[], turn: number];

const NOTHING: Known = [-1, ""];

/** A place in Redis, or in what speaks its protocol. Throws a KitError where it cannot be used. */
export async function connectRedis(url: string): Promise<SharedPlace> {
  const { call, close, onMessage } = await open(url);
  let known = NOTHING;
  let turn = 0;
  let wake = (): void => {};
  let tell = (): void => {};
  onMessage((version) => {
    wake();
    if (version !== known[0]) tell();
  });
  const took = ([version, born, isAll, flat]: Found): News => {
    known = [version, born];
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
        const found = await call<Found>("beginTurn", ...known, LEASE_MS);
        if (found[0] >= 0) {
          turn = found[4];
          return took(found);
        }
        await Promise.race([freed, sleep(LOOK_MS)]);
      }
    },
    end: async (changes) => {
      const paths = JSON.stringify(changes.map(([path]) => path));
      const values = changes.map(([, value = ""]) => value);
      const reached = await call<Known>("endTurn", turn, LOG, paths, ...values);
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
    // What is sent again may have run before: `end` knows its turn by the number, and a turn nobody knows of runs out.
    maxRetriesPerRequest: 3,
    retryStrategy: (times) => Math.min(50 * times, 1000),
    scripts: Object.fromEntries(
      Object.entries(SCRIPTS).map(([name, lua]) => [name, { lua, numberOfKeys: KEYS.length }]),
    ),
  });
  const listener = redis.duplicate();
  const both = [redis, listener];
  // What a call fails with says only how often it was tried.
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
      // Where it is away, they would go on looking for it.
      disconnect();
    },
  };
}

type Scripts = Record<string, (...args: readonly (string | number)[]) => Promise<unknown>>;

/** Without its password. */
function shown(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
