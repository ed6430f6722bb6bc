import { spawn } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { onTestFinished } from "vitest";
import { freePort } from "./port.ts";
import { needs } from "./programs.ts";

export const redisServer = needs("Redis");

/** A Redis of its own for a test, and a way to look into it. */
export interface RunningRedis {
  readonly url: string;
  readonly look: Redis;
  /** Nothing of it is kept. */
  stop(): Promise<void>;
}

export async function startRedis(at?: number): Promise<RunningRedis> {
  const port = at ?? (await freePort());
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(stop);
  const url = `redis://127.0.0.1:${port}`;
  const look = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  look.on("error", () => {});
  onTestFinished(() => look.disconnect());
  await look.ping();
  return { url, look, stop };
}
