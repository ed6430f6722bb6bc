import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { onTestFinished } from "vitest";
import { makeCertificate } from "../../src/server/wire/certificates.ts";
import { emptyDirectory } from "./directory.ts";
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
  return start(`redis://127.0.0.1:${port}`, ["--port", String(port)]);
}

/** The same over TLS alone. \`caFile\` is the CA of its certificate. */
export async function startTlsRedis(): Promise<RunningRedis & { readonly caFile: string }> {
  const port = await freePort();
  const { cert, key, ca } = await makeCertificate(["127.0.0.1"]);
  const folder = emptyDirectory();
  const fileOf = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const caFile = fileOf("ca.pem", ca);
  const files = [
    "--tls-cert-file",
    fileOf("cert.pem", cert),
    "--tls-key-file",
    fileOf("key.pem", key),
  ];
  const ports = ["--port", "0", "--tls-port", String(port), "--tls-auth-clients", "no"];
  const redis = await start(
    `rediss://127.0.0.1:${port}`,
    [...ports, ...files, "--tls-ca-cert-file", caFile],
    ca,
  );
  return { ...redis, caFile };
}

async function start(url: string, own: readonly string[], ca?: string): Promise<RunningRedis> {
  const args = [...own, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(stop);
  const look = new Redis(url, {
    ...{ retryStrategy: () => 20, maxRetriesPerRequest: null },
    ...(ca !== undefined && { tls: { ca } }),
  });
  look.on("error", () => {});
  onTestFinished(() => look.disconnect());
  await look.ping();
  return { url, look, stop };
}
