// Ten thousand idle connections: does the server still answer, what do they cost, and is the memory released after?
// Usage: npm run build && node bench/idle.mjs [connections]; the shell's descriptor limit caps the number.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { bytesOf, load } from "./load.mjs";
import { rss, start } from "./process.mjs";
import { fauxdr } from "./servers.mjs";

/** Descriptors that client and server need for other things. The same limit applies to both. */
const SPARE = 200;
const limit = Number(spawnSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).stdout);
const many = Math.min(Number(process.argv[2] ?? 10_000), (limit || 1024) - SPARE);

const { port, pid, stop } = await start(fauxdr.command);
const descriptors = () => readdirSync(`/proc/${pid}/fd`).length;
const host = "127.0.0.1";

const KEPT = "GET /__admin/health HTTP/1.1\r\nhost: localhost\r\n\r\n";
const HTTP2 = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from("000000040000000000", "hex"),
]);
/** What a client sends before it goes idle, by its index. */
const FIRST = ["", KEPT, HTTP2, "POST /public_api/v1/end"];

/** Opens a connection, sends the bytes, and waits for the reply if they ask for one. */
const open = (first) =>
  new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.once("error", reject);
    socket.once("connect", () => {
      if (first.length > 0) socket.write(first);
      if (first === KEPT || first === HTTP2) socket.once("data", () => resolve(socket));
      else resolve(socket);
    });
  });

const calls = () => load(port, 16, 2000, [bytesOf()]);

await calls();
await sleep(500);
const before = { rss: rss(pid), descriptors: descriptors(), ...(await calls()) };
const started = performance.now();
const sockets = [];
while (sockets.length < many) {
  const batch = Math.min(200, many - sockets.length);
  const opened = Array.from({ length: batch }, (_, at) => open(FIRST[at % FIRST.length]));
  sockets.push(...(await Promise.all(opened)));
}
const ms = performance.now() - started;
const held = { rss: rss(pid), descriptors: descriptors(), ...(await calls()) };
for (const socket of sockets) socket.destroy();
await sleep(2000);
const after = { rss: rss(pid), descriptors: descriptors(), ...(await calls()) };
await stop();

const row = (name, { rss: memory, descriptors: open, p99 }) =>
  `${name.padEnd(28)}${memory.toFixed(0).padStart(8)} MB${String(open).padStart(8)} descriptors${p99.toFixed(2).padStart(8)} ms p99\n`;
process.stdout.write(
  `${many} idle connections, opened in ${(ms / 1000).toFixed(1)} s; descriptors allowed: ${limit}\n`,
);
process.stdout.write(row("before", before) + row("with them", held) + row("after them", after));

const wrong = [
  held.descriptors < many && "not all of them were held",
  (held.rss - before.rss) / many > 0.1 && "one takes more than 100 kB",
  after.descriptors > before.descriptors + 20 && "descriptors were not given back",
].filter(Boolean);
for (const what of wrong) process.stderr.write(`${what}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
