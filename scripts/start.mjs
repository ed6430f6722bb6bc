// `npm start`: builds if necessary, then serves. npm passes signals to a shell, and some shells do not forward them, so
// the server stops when its parent process ends.
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { isStale } from "./stale.mjs";

const { ppid } = process;
const cli = new URL("../dist/cli.cjs", import.meta.url);

setInterval(() => {
  if (process.ppid !== ppid) process.kill(process.pid, "SIGTERM");
}, 100).unref();

if (isStale()) {
  console.error("dist is older than its sources: building it");
  await build();
}
process.argv.splice(1, 1, fileURLToPath(cli), "serve");
await import(cli.href);
