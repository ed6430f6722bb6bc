// Generated requests against a server, as many as time allows.
//   node bench/generated.mjs [--requests 1000000] [--seconds 3600] [--seed 1] [dist]
// Counts errors: a 5xx without a cause in the document or a fault, a reply that does not match the document, a call
// that hangs, a refusal that changes a tenant. Prints the seed, which repeats the same requests.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { randomOf, requestsOf } from "./generated-requests.mjs";
import { watch } from "./tenant-changes.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    requests: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "3600" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const dist = resolve(positionals[0] ?? "dist");
const { startMock } = await import(pathToFileURL(join(dist, "index.js")).href);
const documents = Object.fromEntries(
  ["cortex", "qualys", "admin"].map((name) => [
    name,
    JSON.parse(readFileSync(join(dist, "..", "specs", name, "openapi.json"), "utf8")),
  ]),
);
const next = requestsOf(documents, randomOf(Number(values.seed)));

/** After that many requests a new server, in the other wire form, replaces the old one. */
const A_SERVER = 20_000;
const HANGS_MS = 20_000;
const PAGE = /<!DOCTYPE html>|\bat \S+ \(.*:\d+:\d+\)/;

const count = {
  requests: 0,
  granted: 0,
  refused: 0,
  ended: 0,
  unasked5xx: 0,
  offSpec: 0,
  hangs: 0,
  changedAfterRefusal: 0,
  unrecorded: 0,
};
const WRONG = ["unasked5xx", "offSpec", "hangs", "changedAfterRefusal", "unrecorded"];
/** The expected 5xx, by operation and cause. */
const asked = new Map();
const examples = [];
/** The calls that took the most CPU for their length. The first ones of a server compile what later ones use. */
let slowest = [];

/** The causes that a document lists for a status of an operation, or of a path that no operation has. */
function causesOf(name, id, status) {
  const document = documents[name];
  const follow = (node) =>
    node?.$ref
      ? node.$ref
          .slice(2)
          .split("/")
          .reduce((at, step) => at?.[step], document)
      : node;
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  const found = operations.find(({ operationId }) => operationId === id) ?? document["x-unmatched"];
  return Object.keys(follow(found?.responses?.[status])?.["x-causes"] ?? {});
}

async function start(isRecorded) {
  const mock = await startMock({
    wire: isRecorded ? "recorded" : "document",
    clock: "2026-01-31T12:00:00Z",
    journalEntries: 10,
    tenantLimit: 20,
  });
  const changes = [watch(mock), watch(await mock.tenant({ name: "other" }))];
  return { mock, changes, agent: new Agent({ keepAlive: true, maxSockets: 1 }), seen: 0 };
}

const send = ({ mock, agent }, { method, path, headers, body }) =>
  new Promise((done) => {
    const bytes = Buffer.from(body);
    const call = request(
      {
        agent,
        port: mock.port,
        host: "127.0.0.1",
        method,
        path,
        headers: { ...headers, ...(bytes.length > 0 && { "content-length": bytes.length }) },
        timeout: HANGS_MS,
      },
      (reply) => {
        const chunks = [];
        reply.on("data", (chunk) => chunks.push(chunk));
        reply.on("error", () => {});
        reply.on("close", () =>
          done({
            status: reply.statusCode,
            type: String(reply.headers["content-type"]),
            error: reply.headers["x-fauxdr-error"],
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    call.on("timeout", () => {
      done({ status: "hangs" });
      call.destroy();
    });
    call.on("error", () => done({ status: "ended" }));
    call.end(bytes);
  });

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Checks of a reply, by the kind of error. */
function faultsOf(sent, { status, type, error, text = "" }, entry) {
  if (status === "hangs") return entry?.fault ? [] : ["hangs"];
  const found = [];
  if (entry?.unrecorded) found.push("unrecorded");
  if (status === "ended") return entry?.fault ? found : [...found, "offSpec"];
  if (entry?.fault) return found;
  const isTaken = sent.name === "admin" || entry?.vendor !== undefined;
  if ((error !== undefined && isTaken) || PAGE.test(text)) found.push("offSpec");
  else if (type.startsWith("application/json") && !isJson(text)) found.push("offSpec");
  if (status >= 500 && isTaken) {
    const { vendor = "admin", reply, refusal, operation = "no operation" } = entry ?? {};
    const listed = causesOf(vendor, operation, status);
    if (refusal && reply?.status === status && listed.includes(reply.cause)) {
      const what = `${operation} ${status} ${reply.cause}`;
      asked.set(what, (asked.get(what) ?? 0) + 1);
    } else found.push("unasked5xx");
  }
  return found;
}

const cpuMs = ({ user, system }) => (user + system) / 1000;
const until = performance.now() + Number(values.seconds) * 1000;
let server = await start(false);
while (count.requests < Number(values.requests) && performance.now() < until) {
  if (server.seen === A_SERVER) {
    server.agent.destroy();
    await server.mock.close();
    server = await start(server.mock.settings.wire === "document");
  } else if (server.seen % 500 === 0) {
    // Otherwise faults that were added apply to all later calls.
    server.mock.faults.clear();
    server.mock.reset();
    for (const changes of server.changes) changes();
  }
  server.seen++;
  count.requests++;
  const sent = next();
  // Reading the CPU time costs more than a small call.
  const isMeasured = server.seen > 1000 && sent.body.length > 1024;
  const before = isMeasured && process.cpuUsage();
  const reply = await send(server, sent);
  const perKb = isMeasured ? cpuMs(process.cpuUsage(before)) / (sent.body.length / 1024) : 0;
  const entry = sent.name === "admin" ? undefined : server.mock.journal.entries().at(-1);
  const wrong = faultsOf(sent, reply, entry);
  const changed = server.changes.flatMap((changes) => changes());
  const isRefused = reply.status >= 400 && !entry?.fault;
  if (isRefused) count.refused++;
  else if (reply.status < 400) count.granted++;
  else count.ended++;
  if (isRefused && changed.length > 0) wrong.push("changedAfterRefusal");
  for (const kind of wrong) {
    count[kind]++;
    if (examples.length < 20) {
      const { method, path, body, operation } = sent;
      const what = `${method} ${path} ${body.slice(0, 300)}`;
      examples.push({
        kind,
        number: count.requests,
        operation,
        status: reply.status,
        what,
        changed,
        error: reply.error,
      });
    }
  }
  if (perKb > (slowest[19]?.perKb ?? 0)) {
    slowest = [...slowest, { perKb, sent }].sort((a, b) => b.perKb - a.perKb).slice(0, 20);
  }
}

/** Repeats the measurement, and takes the least of ten: the first may include a garbage collection. */
let worst = { perKb: 0 };
for (const { sent } of slowest) {
  let perKb = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 10; round++) {
    const before = process.cpuUsage();
    await send(server, sent);
    perKb = Math.min(perKb, cpuMs(process.cpuUsage(before)) / (sent.body.length / 1024));
  }
  if (perKb > worst.perKb) worst = { perKb, sent };
}
server.agent.destroy();
await server.mock.close();
console.log(
  JSON.stringify(
    {
      seed: Number(values.seed),
      ...count,
      slowestCpuMsPerKb: Number(worst.perKb.toFixed(3)),
      slowestCall:
        worst.sent &&
        `${worst.sent.method} ${worst.sent.path.slice(0, 100)}, ${worst.sent.body.length} characters`,
      askedFor5xx: Object.fromEntries([...asked].sort(([, a], [, b]) => b - a)),
      examples,
    },
    null,
    2,
  ),
);
process.exit(WRONG.every((kind) => count[kind] === 0) ? 0 : 1);
