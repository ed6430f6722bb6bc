// Counts the files and functions of `src` that one warm quarantine call runs through, with V8's coverage.
// Usage: npm run build && node bench/walk.mjs [--list] [another checkout that is built]
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { connect } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bytesOf } from "./load.mjs";

const WARM = 50;
/** After a reply, its exchange is closed and nothing more runs. */
const SETTLE_MS = 20;

const args = process.argv.slice(2);
const root = args.find((word) => !word.startsWith("--"));
const dist = root ? resolve(root, "dist") : fileURLToPath(new URL("../dist", import.meta.url));

const inspector = new Session();
inspector.connect();
await inspector.post("Profiler.enable");
await inspector.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });

const { startMock } = await import(pathToFileURL(`${dist}/index.js`));
const mock = await startMock();
const socket = connect(mock.port, "127.0.0.1").setNoDelay(true);

/** Makes one call over the connection. Resolves when its exchange is closed. */
async function call() {
  socket.write(bytesOf());
  const [bytes] = await once(socket, "data");
  const text = String(bytes);
  if (!text.startsWith("HTTP/1.1 200")) throw new Error(text);
  // Reading the journal while the exchange is open would run additional code.
  await sleep(SETTLE_MS);
}

for (let count = 0; count < WARM; count++) await call();
// Reading the counts sets them back to zero.
await taken();
await call();
const walked = await taken();
if (mock.journal.entries().at(-1).open) throw new Error("the exchange did not end in time");
socket.destroy();
await mock.close();

/** Our functions that ran since the counts were last read. */
async function taken() {
  const { result } = await inspector.post("Profiler.takePreciseCoverage");
  return result
    .filter(({ url }) => url.startsWith(pathToFileURL(dist).href))
    .flatMap(({ url, functions }) =>
      functions
        .filter(({ ranges: [{ count }] }) => count > 0)
        .map(({ functionName, ranges: [{ startOffset }] }) => ({
          name: functionName || "(anonymous)",
          ...sourceOf(url, startOffset),
        })),
    )
    .filter(({ file }) => file.startsWith("src/"));
}

/** The source file of a place in the bundle. The bundler marks where each one begins. */
function sourceOf(url, offset) {
  const text = readFileSync(fileURLToPath(url), "utf8").slice(0, offset);
  const file = text
    .match(/^\/\/ (?:src|node_modules)\/\S+$/gm)
    ?.at(-1)
    ?.slice("// ".length);
  return { file: file ?? "" };
}

const byFile = new Map();
for (const one of walked) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
if (args.includes("--list")) {
  for (const [file, functions] of byFile) {
    console.log(`${file} (${functions.length}): ${functions.map(({ name }) => name).join(" ")}`);
  }
}
console.log(`one warm quarantine call: ${byFile.size} files, ${walked.length} functions`);
