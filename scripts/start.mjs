// `npm start`: builds what is stale, and serves in this very process, so that the signal that ends npm ends the server.
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { isStale } from "./stale.mjs";

if (isStale()) {
  console.error("dist is older than its sources: building it");
  await build();
}
const cli = new URL("../dist/cli.js", import.meta.url);
process.argv.splice(1, 1, fileURLToPath(cli), "serve");
await import(cli.href);
