// Measures the kit's own time: `fauxdr check` over all cases of a vendor with its example in Node, as a process for each
// case and as a function of this process, and `fauxdr run` around a command that does nothing.
// Usage: npm run build && node bench/check.mjs
// The processor time of the kit and that of its clients are shown apart (Linux only).
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { cases } from "../dist/cases.js";

const execute = promisify(execFile);
const cli = new URL("../dist/cli.cjs", import.meta.url).pathname;
const example = (vendor) => new URL(`../examples/${vendor}/client.mjs`, import.meta.url).pathname;

/** Prints the processor time of this process and of those that it waited for, in milliseconds. */
const HOOK = `data:text/javascript,${encodeURIComponent(`
import { readFileSync } from "node:fs";
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const after = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  const clients = 10 * (Number(after[13]) + Number(after[14]));
  console.error("CPU " + JSON.stringify({ own: (user + system) / 1000, clients }));
});`)}`;

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

async function timed(work) {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

/** Every case in a process of its own, as people run it. */
async function asProcesses(vendor) {
  const command = ["check", "--vendor", vendor, "--", process.execPath, example(vendor)];
  const { ms, result } = await timed(() =>
    execute(process.execPath, ["--import", HOOK, cli, ...command]),
  );
  const [line] =
    /^fauxdr: \d+ passed, 0 failed, \d+ skipped, 0 inconclusive/m.exec(result.stdout) ?? [];
  if (line === undefined) throw new Error(result.stdout);
  const { own, clients } = JSON.parse(/^CPU (.*)$/m.exec(result.stderr)[1]);
  console.log(
    `${vendor}, as processes: ${seconds(ms)}; processor time: ${seconds(own)} of fauxdr, ${seconds(clients)} of its clients; ${line}`,
  );
  return ms;
}

const AsyncFunction = (async () => {}).constructor;

/** The example as a function: what it has of a process is given to it. */
function functionOf(vendor) {
  const text = readFileSync(example(vendor), "utf8").replace(/^import .*$/gm, "");
  const program = new AsyncFunction("sleep", "process", "console", "performance", text);
  return async ({ environment, input }) => {
    const env = { ...environment, FAUXDR_INPUT: JSON.stringify(input) };
    const began = performance.now();
    let report;
    const log = (line) => {
      report = JSON.parse(line);
    };
    await program(sleep, { env }, { log }, { now: () => performance.now() - began });
    return report;
  };
}

/** As many cases at once as `check` runs. A function waits most of the time. */
const AT_ONCE = 16;

/** Every case of both vendors as a function of this process, as test runners run it. */
async function asFunctions(vendors) {
  const left = vendors
    .flatMap((vendor) => {
      const client = functionOf(vendor);
      return cases({ vendor }).map((one) => ({ one, client }));
    })
    .toSorted((a, b) => b.one.limitSeconds - a.one.limitSeconds);
  const count = left.length;
  const before = process.cpuUsage();
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) await next.one.run(next.client);
  };
  const { ms } = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, work)));
  const { user, system } = process.cpuUsage(before);
  const cpu = seconds((user + system) / 1000);
  console.log(`both, as functions: ${seconds(ms)}; processor time: ${cpu}; ${count} cases`);
  return ms;
}

/** One call, to the mock or, without it, to a port where nobody listens. */
const CALL = `fetch((process.env.CORTEX_URL ?? "http://127.0.0.1:9") + "/public_api/v1/healthcheck", {
  headers: { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
}).catch(() => {})`;

/** Processor time of all processes that this one has waited for, in milliseconds. */
function ofChildren() {
  const after = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  return 10 * (Number(after[13]) + Number(after[14]));
}

const ROUNDS = 9;

/** What `run` adds to the command that it wraps: both in turns, because other work on the machine comes and goes. */
async function wrapped() {
  const nothing = [process.execPath, "-e", CALL];
  const both = { alone: nothing, inside: [process.execPath, cli, "run", "--", ...nothing] };
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const found = {};
    for (const [name, [file, ...args]] of Object.entries(both)) {
      const before = ofChildren();
      const { ms } = await timed(() => execute(file, args));
      found[name] = { wall: ms, cpu: ofChildren() - before };
    }
    rounds.push(found);
  }
  const median = (of) => Math.round(rounds.map(of).toSorted((a, b) => a - b)[(ROUNDS - 1) / 2]);
  for (const [kind, words] of [
    ["wall", "time"],
    ["cpu", "processor time"],
  ]) {
    const added = median(({ alone, inside }) => inside[kind] - alone[kind]);
    const alone = median((round) => round.alone[kind]);
    console.log(
      `run adds ${added} ms of ${words} to a command of ${alone} ms (medians of ${ROUNDS})`,
    );
  }
}

const VENDORS = ["cortex", "qualys"];
let processes = 0;
for (const vendor of VENDORS) processes += await asProcesses(vendor);
const functions = await asFunctions(VENDORS);
console.log(
  `all cases: ${seconds(processes)} as processes, ${seconds(functions)} as functions, on ${availableParallelism()} processors`,
);
await wrapped();
