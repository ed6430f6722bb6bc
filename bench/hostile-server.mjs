// A server whose cost is measured, for hostile.mjs.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Time limit for a server's answer. */
const LIMIT_MS = 60_000;

/** Starts a server. `figures` measures its cost. */
async function start(dist, ...flags) {
  const child = spawn(
    process.execPath,
    [
      join(dist, "cli.cjs"),
      "serve",
      "--port",
      "0",
      "--log",
      "none",
      "--log-format",
      "json",
      ...flags,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const errors = [];
  child.stderr.on("data", (chunk) => errors.push(chunk));
  const url = await new Promise((done, fail) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const line = text.split("\n").find((one) => one.startsWith('{"url"'));
      if (line) done(JSON.parse(line).url);
    });
    child.once("exit", () => fail(new Error(`no start: ${Buffer.concat(errors)}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    /** The server's CPU seconds, from /proc, so that other processes do not count. */
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    /** Milliseconds of the processor of the thread that answers. */
    thread: () =>
      Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/schedstat`, "utf8").split(" ")[0]) /
      1e6,
    rss: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024,
    stop: () =>
      new Promise((done) => {
        child.once("exit", done);
        child.kill("SIGTERM");
        setTimeout(() => child.kill("SIGKILL"), 2000).unref();
      }),
  };
}

export const post = (server, path, body, headers = {}) =>
  fetch(server.url + path, { method: "POST", headers, body, signal: AbortSignal.timeout(LIMIT_MS) })
    .then(async (reply) => ({ status: reply.status, text: await reply.text() }))
    .catch((error) => ({ status: 0, text: String(error.name) }));

/** A good key, and a call that acts on machines. */
export const AUTH = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
export const QUARANTINE = "/public_api/v1/endpoints/quarantine";

export const json = { "content-type": "application/json" };
export const admin = (server, path, body) =>
  post(server, `/__admin/tenants/default/${path}`, JSON.stringify(body), json);

/**
 * The longest stall of the event loop during some work, measured by repeated cheap calls. In brackets the server's
 * processor time between two answers, which does not depend on other programs.
 */
export async function stall(server, work) {
  let isDone = false;
  let worst = 0;
  let worstCpu = 0;
  const watching = (async () => {
    while (!isDone) {
      const [from, cpu] = [performance.now(), server.thread()];
      await fetch(`${server.url}/__admin/health`).then((reply) => reply.text());
      worst = Math.max(worst, performance.now() - from);
      worstCpu = Math.max(worstCpu, server.thread() - cpu);
    }
  })();
  const started = performance.now();
  const what = await work();
  const took = performance.now() - started;
  isDone = true;
  await watching;
  return { stood: `${worst.toFixed(0)} ms (${worstCpu.toFixed(0)} of CPU)`, took, what };
}

export async function within(dist, flags, work) {
  const server = await start(dist, ...flags);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}
