// How long the library's mock.inTurns holds the event loop with a large fleet, for hostile.mjs.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { begin, end } from "./hostile-turns.mjs";

const [dist, fleet] = process.argv.slice(2);
const { startMock } = await import(pathToFileURL(join(dist, "index.js")).href);
const mock = await startMock({ fleet: Number(fleet) });
const figures = [];
let snapshot;
const works = {
  reset: () => mock.inTurns.reset(),
  snapshot: async () => {
    snapshot = await mock.inTurns.snapshot();
  },
  restore: () => mock.inTurns.restore(snapshot),
};
for (const [name, work] of Object.entries(works)) {
  begin();
  await work();
  const { longest, cpu } = end();
  figures.push(`${name} ${longest.toFixed(0)} ms of ${cpu.toFixed(0)}`);
}
console.log(figures.join("; "));
await mock.close();
