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
      "--import",
      new URL("./hostile-turns.mjs", import.meta.url).href,
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
    { stdio: ["ignore", "pipe", "pipe", "ipc"] },
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
    /** The longest turn of the event loop during some work, and all of its time, in milliseconds of the processor. */
    turns: async (work) => {
      child.send("begin");
      const what = await work();
      const told = new Promise((done) => child.once("message", done));
      child.send("end");
      return { ...(await told), what };
    },
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

/** How long some work holds the event loop at a time, for people. */
export async function stall(server, work) {
  const { longest, cpu, what } = await server.turns(work);
  return { stood: `${longest.toFixed(0)} ms of ${cpu.toFixed(0)}`, what };
}

export async function within(dist, flags, work) {
  const server = await start(dist, ...flags);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}
