import { Cluster, Redis, type RedisOptions, ReplyError } from "ioredis";
import { StoreError } from "../../core/errors.ts";
import { readStoreAddress, type StoreAddress } from "../../core/store-address.ts";
import { timers } from "../../core/timers.ts";
import { SCRIPTS } from "./scripts.ts";

/** A connection to Redis, and one for messages. Everything rejects with a StoreError that names the store. */
export interface Connection {
  /** Runs a script of scripts.ts. */
  run<Answer>(script: string, ...args: readonly (string | number)[]): Promise<Answer>;
  /** Runs a command. */
  call<Answer>(command: string, ...args: readonly (string | number)[]): Promise<Answer>;
  subscribe(channel: string, tell: (message: string) => void): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  /** Calls `again` when messages may have been missed. */
  onGap(again: () => void): void;
  close(): Promise<void>;
}

const redisOptions = (address: StoreAddress): RedisOptions => ({
  lazyConnect: true,
  connectTimeout: 5000,
  // A retried script may have run before. A commit is recognised by its name.
  maxRetriesPerRequest: 3,
  retryStrategy: (times) => Math.min(50 * times, 1000),
  scripts: SCRIPTS,
  ...(address.user !== undefined && { username: address.user }),
  ...(address.password !== undefined && { password: address.password }),
  ...(address.isTls && { tls: {} }),
});

function clientOf(address: StoreAddress): Redis | Cluster {
  const { kind, nodes, database, master, isTls } = address;
  const options = redisOptions(address);
  /** How often nodes are looked for before a call fails. */
  const retry = (times: number): number | null => (times > 20 ? null : 100);
  switch (kind) {
    case "single":
      return new Redis({ ...options, ...(nodes[0] as RedisOptions), db: database } as never);
    case "sentinel":
      return new Redis({
        ...options,
        sentinels: [...nodes],
        name: master,
        db: database,
        enableTLSForSentinelMode: isTls,
        sentinelRetryStrategy: retry,
      } as never);
    case "cluster":
      return new Cluster([...nodes], {
        lazyConnect: true,
        scripts: SCRIPTS,
        redisOptions: options,
        clusterRetryStrategy: retry,
      } as never);
  }
}

/**
 * Writes all commands of one turn of the event loop together: a write to a socket takes half as long as a call in memory.
 * Not with ioredis's pipelines, which wait for each other, so that tenants would.
 */
function gather(client: Redis | Cluster): void {
  const nodes = client instanceof Cluster ? client.nodes() : [client];
  const streams = nodes.flatMap(({ stream }) => stream ?? []);
  for (const stream of streams) if (stream.writableCorked === 0) stream.cork();
  // For every command, not for the first alone: a test runner that loses one callback holds up no later command.
  timers.setImmediate(() => {
    for (const stream of streams) if (stream.writableCorked > 0) stream.uncork();
  });
}

/** Connects to a Redis, a Redis Cluster or the master of Sentinels, or to servers with the same protocol. */
export async function connect(text: string): Promise<Connection> {
  const address = readStoreAddress(text);
  if (!address) throw new StoreError("This is not the address of a store.");
  const client = clientOf(address);
  // A cluster has a connection for messages itself.
  const listener = client instanceof Redis ? client.duplicate() : client;
  const both = new Set([client, listener]);
  // The error of a call says only how often it was tried, so the connection's last error is kept.
  let cause = "";
  for (const one of both) {
    one.on("error", (error: Error & { lastNodeError?: Error }) => {
      cause = (error.lastNodeError ?? error).message;
    });
  }
  const failure = (error: unknown): StoreError => {
    const why = error instanceof ReplyError || cause === "" ? (error as Error).message : cause;
    return new StoreError(`The store ${address.shown} cannot be used: ${why.replace(/\.$/, "")}.`);
  };
  const tried = async <Answer>(promise: Promise<unknown>): Promise<Answer> => {
    try {
      return (await promise) as Answer;
    } catch (error) {
      throw failure(error);
    }
  };
  const disconnect = (): void => both.forEach((one) => void one.disconnect());
  try {
    for (const one of both) await one.connect();
  } catch (error) {
    disconnect();
    throw failure(error);
  }
  const listening = new Map<string, (message: string) => void>();
  listener.on("message", (channel: string, message: string) => listening.get(channel)?.(message));
  return {
    run: (script, ...args) => {
      gather(client);
      return tried((client as unknown as Scripts)[script]?.(...args) as never);
    },
    call: (command, ...args) => {
      gather(client);
      return tried(client.call(command, ...args.map(String)));
    },
    subscribe: (channel, tell) => {
      listening.set(channel, tell);
      return tried(listener.subscribe(channel));
    },
    unsubscribe: (channel) => {
      listening.delete(channel);
      return tried(listener.unsubscribe(channel));
    },
    onGap: (again) => {
      listener.on("ready", again);
    },
    close: async () => {
      await Promise.allSettled([...both].map((one) => one.quit()));
      // Without this, the connections of an unreachable store would retry forever.
      disconnect();
    },
  };
}

type Scripts = Record<string, (...args: readonly (string | number)[]) => Promise<unknown>>;
