// `npm start`: builds what is stale, then serves. npm passes its signal to a shell, and some shells end without passing
// it on: the server stops when the process that started it has gone.
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { isStale } from "./stale.mjs";

const { ppid } = process;
const cli = new URL("../dist/cli.js", import.meta.url);

setInterval(() => {
  if (process.ppid !== ppid) process.kill(process.pid, "SIGTERM");
}, 100).unref();

if (isStale()) {
  console.error("dist is older than its sources: building it");
  await build();
}
process.argv.splice(1, 1, fileURLToPath(cli), "serve");
await import(cli.href);
