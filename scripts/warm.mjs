// Starts the built command and calls each vendor once, so that it leaves its code cache (src/cli/code-cache.ts). The
// package does not contain the cache, because only the same Node can use it: there, the first start that ends leaves one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const specs = new URL("../specs/", import.meta.url);

/** A path of each document. */
const paths = () =>
  readdirSync(specs).map((name) => {
    const { paths } = JSON.parse(readFileSync(new URL(`${name}/openapi.json`, specs), "utf8"));
    return Object.keys(paths)[0];
  });

export async function warm() {
  const cli = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
  const flags = ["serve", "--port", "0", "--log", "none", "--log-format", "json"];
  const stdio = ["ignore", "pipe", "inherit"];
  // Without the settings of this environment.
  const server = spawn(process.execPath, [cli, ...flags], { stdio, env: {} });
  const ended = once(server, "exit");
  const [line] = await Promise.race([
    once(createInterface(server.stdout), "line"),
    ended.then(() => Promise.reject(new Error("the built command did not start"))),
  ]);
  const { url } = JSON.parse(line);
  for (const path of paths()) await (await fetch(url + path, { method: "POST" })).arrayBuffer();
  server.kill("SIGTERM");
  await ended;
}
