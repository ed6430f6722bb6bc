import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyFor, HEADERS, isRight, PATH } from "./call.mjs";

const BODY = bodyFor();
/** The time limit of every measurement. */
const PATIENCE_MS = 180_000;

/** The processes still running. They are killed when this process exits for any reason. */
const running = new Set();
const end = (pid) => process.kill(-pid, "SIGKILL");
process.on("exit", () => running.forEach(end));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(2));

/** Starts a command and waits for its first correct reply. Returns the time it took, and a function that ends it. */
export async function start(command, options = {}) {
  const port = await freePort();
  const [file, ...args] = command(port);
  const started = performance.now();
  // In its own process group, because npx leaves a child behind.
  const child = spawn(file, args, { stdio: "ignore", detached: true, ...options });
  running.add(child.pid);
  child.once("exit", () => running.delete(child.pid));
  const stop = async () => {
    if (!running.has(child.pid)) return;
    end(child.pid);
    await once(child, "exit");
  };
  while (!(await isUp(port))) {
    const late = performance.now() - started > PATIENCE_MS;
    if (!late && child.exitCode === null) {
      await sleep(1);
      continue;
    }
    await stop();
    throw new Error(`${[file, ...args].join(" ").slice(0, 200)} did not answer in time`);
  }
  return { port, ms: performance.now() - started, pid: child.pid, stop };
}

/** Resident memory in MB. */
export const rss = (pid) =>
  Number(spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).stdout) / 1024;

/** CPU seconds of a process, over all threads. Undefined if the system does not provide them. */
export function cpuSeconds(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // Skip the name, which may contain any character. Then fields 12 and 13 are ticks, a hundred per second.
  const fields = readFileSync(file, "utf8").split(") ").at(-1).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const isUp = (port) =>
  new Promise((resolve) => {
    const options = { port, host: "127.0.0.1", method: "POST", path: PATH, headers: HEADERS };
    const call = request(options, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve(res.statusCode === 200 && isRight(text)));
      res.on("error", () => resolve(false));
    });
    call.on("error", () => resolve(false));
    call.end(BODY);
  });
