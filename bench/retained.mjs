// The bytes that the journal retains for one quarantine call, before and after its entry is read.
// Usage: npm run build && node --expose-gc bench/retained.mjs [another checkout that is built]
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { load } from "./load.mjs";

const ENTRIES = 10_000;

const dist = process.argv[2]
  ? resolve(process.argv[2], "dist")
  : fileURLToPath(new URL("../dist", import.meta.url));
const { startMock } = await import(pathToFileURL(`${dist}/index.js`));
const mock = await startMock({ journalEntries: ENTRIES });

/** Everything that is reachable, buffers included. */
function reachable() {
  for (let time = 0; time < 3; time++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

// The calls also leave actions in the store, so the journal's share is what clearing it releases.
await load(mock.port, 8, ENTRIES);
const unread = reachable();
const begun = process.cpuUsage();
mock.journal.entries();
const ms = process.cpuUsage(begun).user / 1000;
const read = reachable();
mock.journal.clear();
const nothing = reachable();

const each = (bytes) => Math.round((bytes - nothing) / ENTRIES);
console.log(JSON.stringify({ unread: each(unread), read: each(read), "ms to read all": ms }));
process.exit();
