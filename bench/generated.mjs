// Generated requests against a server, as many as time allows.
//   node bench/generated.mjs [--requests 1000000] [--seconds 600] [--seed 1] [dist]
// Counts what must not be: a 5xx that nobody asked for, a reply off the document (x-fauxdr-error 500), a call that hangs,
// a refusal that changes the world. Prints the seed: the same one makes the same requests.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    requests: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "600" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const dist = resolve(positionals[0] ?? "dist");
const { startMock } = await import(pathToFileURL(join(dist, "index.js")).href);

let state = Number(values.seed) >>> 0;
/** A whole number below `most`: the same ones for the same seed (mulberry32). */
function below(most) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % most;
}
const one = (list) => list[below(list.length)];

const documents = ["cortex", "qualys"].map((name) =>
  JSON.parse(readFileSync(join(dist, "..", "specs", name, "openapi.json"), "utf8")),
);
const PATHS = documents.flatMap(({ paths }) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation?.operationId)
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  ),
);
const NAMES = [
  ...new Set(
    documents.flatMap((document) => {
      const found = [];
      const walk = (node) => {
        if (typeof node !== "object" || node === null) return;
        if (node.properties) found.push(...Object.keys(node.properties));
        Object.values(node).forEach(walk);
      };
      walk(document);
      return found;
    }),
  ),
  "password",
  "token",
  "__proto__",
  "x",
];
const WORDS = [
  "",
  "1",
  "in",
  "facade00000000000000000000000001",
  "endpoint_id_list",
  "\u0000",
  "💥",
  "%41",
  "?token=",
  "eyJ",
  '"',
  "\\",
  "[",
  "{",
  "fauxdr-standard-key",
  "0".repeat(64),
];
const CREDENTIALS = [
  { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
  { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
  { "x-xdr-auth-id": "5", authorization: "fauxdr-revoked-key" },
  { authorization: "Bearer fauxdr-token" },
  { authorization: "Bearer fauxdr-token" },
  { authorization: "Basic Ym9iOnNlY3JldDEy" },
  {},
];

const pumped = () => one(WORDS).repeat(below(10) === 0 ? below(2000) : below(4));
function value(depth) {
  const kind = below(depth > 5 ? 5 : 8);
  if (kind < 3) return pumped();
  if (kind === 3) return below(2 ** 31) * one([1, -1, 0.5, 1e300]);
  if (kind === 4) return one([true, false, null]);
  if (kind === 5) return Array.from({ length: below(4) }, () => value(depth + 1));
  return Object.fromEntries(Array.from({ length: below(5) }, () => [one(NAMES), value(depth + 1)]));
}
function body() {
  const kind = below(20);
  if (kind === 0) return pumped().repeat(1 + below(50));
  if (kind === 1) return new URLSearchParams([[one(NAMES), pumped()]]).toString();
  const text = JSON.stringify(
    below(3) === 0 ? value(0) : { request_data: value(0), ...(below(4) === 0 && value(0)) },
  );
  if (kind === 2) return text.slice(0, below(text.length + 1));
  if (kind === 3) return text.replace(/[:,]/, one([";", "", "::"]));
  return text;
}

const mock = await startMock({ clock: "2026-01-31T12:00:00Z", journalEntries: 100, log: "none" });
const worldOf = () => createHash("sha256").update(JSON.stringify(mock.store.state())).digest("hex");
const count = { requests: 0, unasked5xx: 0, offSpec: 0, hangs: 0, changed: 0, unrecorded: 0 };
const examples = [];
let slowest = { perKb: 0, what: "" };
const wrong = (kind, what) => {
  count[kind]++;
  if (examples.length < 10) examples.push(`${kind}: ${what}`);
};

/** The reserved targets answer 500 and end connections because they are asked to. */
const isAsked = (status, sent) => status >= 500 && /facade/.test(sent);

const until = performance.now() + Number(values.seconds) * 1000;
let world = worldOf();
/** Calls since the world was looked at that may have changed it. */
let granted = 0;
while (count.requests < Number(values.requests) && performance.now() < until) {
  const { method, path, operation } = one(PATHS);
  const filled = path.replace(/\{[^}]+\}/g, () => encodeURIComponent(pumped().slice(0, 50) || "1"));
  const query =
    below(3) === 0 ? `?${one(NAMES)}=${encodeURIComponent(pumped().slice(0, 300))}` : "";
  const type = one([
    "application/json",
    "application/json",
    "application/x-www-form-urlencoded",
    "text/plain",
  ]);
  const takesBody = method !== "GET";
  const sent = takesBody ? body() : "";
  const before = process.cpuUsage();
  let status = 0;
  let error;
  try {
    const reply = await fetch(mock.url + filled + query, {
      method,
      headers: { ...one(CREDENTIALS), ...(takesBody && { "content-type": type }) },
      ...(takesBody && { body: sent }),
      signal: AbortSignal.timeout(20_000),
    });
    status = reply.status;
    error = reply.headers.get("x-fauxdr-error");
    await reply.text();
  } catch (failure) {
    if (failure.name === "TimeoutError") wrong("hangs", `${method} ${filled}${query}`);
  }
  count.requests++;
  const { user, system } = process.cpuUsage(before);
  const perKb = (user + system) / 1000 / Math.max(1, sent.length / 1024);
  // The first ones compile what comes later.
  if (count.requests > 2000 && sent.length > 1024 && perKb > slowest.perKb) {
    slowest = { perKb, what: `${method} ${path}, ${sent.length} characters` };
  }
  const what = `#${count.requests} ${operation.operationId} ${status} ${error ?? ""} ${sent.slice(0, 200)}`;
  if (error !== null && status === 500) wrong("offSpec", what);
  else if (status >= 500 && !isAsked(status, filled + query + sent)) wrong("unasked5xx", what);
  // To look at the world takes longer than a call: one refusal in sixteen is looked at, and every call in between with it.
  if (status >= 400 && count.requests % 16 === 0) {
    const after = worldOf();
    const fresh = granted === 0 && after !== world;
    if (fresh) wrong("changed", what);
    world = after;
    granted = 0;
  } else if (status < 400) granted++;
  if (count.requests % 50 === 0 && mock.journal.entries().some(({ unrecorded }) => unrecorded)) {
    wrong("unrecorded", what);
  }
}
await mock.close();
console.log(
  JSON.stringify(
    {
      seed: Number(values.seed),
      ...count,
      slowestCpuMsPerKb: Number(slowest.perKb.toFixed(3)),
      slowestCall: slowest.what,
      examples,
    },
    null,
    2,
  ),
);
process.exit(count.requests > 0 && examples.length === 0 ? 0 : 1);
