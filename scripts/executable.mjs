// Makes one file that runs without an installed Node: Node's own program with the command inside (a single executable
// application), and the licences of its parts beside it.
// Usage: npm run build && node scripts/executable.mjs [--node 24] [--out executable/fauxdr] [--test]
// --node takes another Node from the npm registry; without it, the one that runs this. --test starts the file and calls it.
// The tool that writes into the program is from the npm registry.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { executableScript } from "./bundle.mjs";
import { tryExecutable } from "./executable-test.mjs";
import { nodeBinary } from "./node-versions.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

/** A mark in every Node that supports this. Node looks for an application after it. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** The package's files that the command reads, by their names in the executable. */
function assets() {
  const paths = ["specs", "fixtures", "dist/inspector"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".yaml"))
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  return Object.fromEntries(
    [...paths, join(root, "package.json")].map((path) => [
      path.slice(root.length).replaceAll("\\", "/"),
      path,
    ]),
  );
}

/** Makes the executable `out` of a Node's program. */
async function makeExecutable(node, out) {
  if (!readFileSync(node).includes(FUSE)) {
    throw new Error(`${node} cannot hold an application: take an official build, with --node 24`);
  }
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-executable-"));
  try {
    const main = join(folder, "fauxdr.cjs");
    await executableScript(main);
    const blob = join(folder, "fauxdr.blob");
    const config = join(folder, "config.json");
    const options = { main, output: blob, useCodeCache: true, disableExperimentalSEAWarning: true };
    writeFileSync(config, JSON.stringify({ ...options, assets: assets() }));
    // Only this very Node can read the code cache that it makes.
    execFileSync(node, ["--experimental-sea-config", config], { stdio: "pipe" });
    mkdirSync(dirname(out), { recursive: true });
    rmSync(out, { force: true });
    copyFileSync(node, out);
    chmodSync(out, 0o755);
    inject(folder, out, blob);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const licences = ["LICENSE", "dist/THIRD-PARTY-LICENSES.txt"].map((path) =>
    readFileSync(join(root, path), "utf8"),
  );
  writeFileSync(`${out}-LICENSES.txt`, [...licences, NODES_LICENCE].join("\n\n"));
}

const NODES_LICENCE =
  "Node.js is inside as well. Its licence: https://github.com/nodejs/node/blob/main/LICENSE\n";

/** Puts the blob into the program, with the tool that Node's documents name. */
function inject(folder, out, blob) {
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
  const options = { cwd: folder, stdio: "pipe", shell: process.platform === "win32" };
  execFileSync("npm", ["install", ...quiet, "postject@1.0.0-alpha.6"], options);
  const isMac = process.platform === "darwin";
  // A signature would not fit the changed program.
  if (isMac) execFileSync("codesign", ["--remove-signature", out]);
  const postject = join(folder, "node_modules/postject/dist/cli.js");
  const segment = isMac ? ["--macho-segment-name", "NODE_SEA"] : [];
  const args = [postject, out, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE, ...segment];
  execFileSync(process.execPath, args, { stdio: "pipe" });
  if (isMac) execFileSync("codesign", ["--sign", "-", out]);
}

const { values } = parseArgs({
  options: { node: { type: "string" }, out: { type: "string" }, test: { type: "boolean" } },
});
const node = values.node === undefined ? process.execPath : nodeBinary(values.node);
const suffix = process.platform === "win32" ? ".exe" : "";
const out = resolve(values.out ?? join(root, `executable/fauxdr${suffix}`));
await makeExecutable(node, out);
if (values.test) await tryExecutable(out);
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
const size = (statSync(out).size / 1e6).toFixed(1);
console.log(`ok   ${out}: ${size} MB, Node ${version}${values.test ? ", started and called" : ""}`);
