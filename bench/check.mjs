// Measures `fauxdr check` over all cases of both vendors, with the example client in Node.
// Usage: npm run build && node bench/check.mjs
// Compares with the minimum: the same number of idle Node processes, with the same concurrency.
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);
const cli = new URL("../dist/cli.js", import.meta.url).pathname;
const example = (vendor) => new URL(`../examples/${vendor}/client.mjs`, import.meta.url).pathname;

let cases = 0;
const started = performance.now();
for (const vendor of ["cortex", "qualys"]) {
  const client = [process.execPath, example(vendor)];
  const { stdout } = await run(process.execPath, [
    cli,
    "check",
    "--vendor",
    vendor,
    "--",
    ...client,
  ]);
  const [line, passed] =
    /^fauxdr: (\d+) passed, 0 failed, \d+ skipped, 0 inconclusive/m.exec(stdout) ?? [];
  if (line === undefined) throw new Error(stdout);
  console.log(`${vendor}: ${line}`);
  cases += Number(passed);
}
const ours = (performance.now() - started) / 1000;

const jobs = 2 * availableParallelism();
let left = cases;
const idle = async () => {
  while (left-- > 0) await run(process.execPath, ["-e", "0"]);
};
const before = performance.now();
await Promise.all(Array.from({ length: jobs }, idle));
const floor = (performance.now() - before) / 1000;

console.log(
  `${cases} cases in ${ours.toFixed(1)} s, on ${availableParallelism()} processors: ` +
    `${(ours / floor).toFixed(1)} x as many processes that do nothing (${floor.toFixed(1)} s)`,
);
