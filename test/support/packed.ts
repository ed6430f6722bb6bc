import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";
import { built } from "./built.ts";
import { emptyDirectory } from "./directory.ts";
import { environment } from "./environment.ts";
import { leaveToAll } from "./programs.ts";
import { onDisk } from "./repository.ts";

const exec = promisify(execFile);
const INSTALL = ["install", "--no-audit", "--no-fund", "--silent", "--save-dev"];

/** Made once for all tests of a worker, in the folder of the whole run. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const folder = (name: string): string => mkdtempSync(join(inject("folder"), `${name}-`));

/** The path of the package as it would be published. */
export function pack(): Promise<string> {
  leaveToAll("time for npm pack and npm install");
  return packed();
}

const packed = once(async () => {
  built();
  const to = folder("packed");
  const args = ["pack", "--ignore-scripts", "--silent", "--pack-destination", to];
  const { stdout } = await exec("npm", args, { cwd: onDisk(".") });
  return join(to, stdout.trim());
});

const env = environment;

function installed(): Promise<string> {
  leaveToAll("time for npm pack and npm install");
  return modules();
}

const modules = once(async () => {
  const cwd = folder("installed");
  writeFileSync(join(cwd, "package.json"), '{ "private": true, "type": "module" }');
  await exec("npm", [...INSTALL, await packed()], { cwd, env });
  return join(cwd, "node_modules");
});

/** A project that has the packed product installed, and no other package. */
export async function emptyProject(): Promise<string> {
  const cwd = emptyDirectory();
  symlinkSync(await installed(), join(cwd, "node_modules"));
  writeFileSync(join(cwd, "package.json"), '{ "type": "module" }');
  return cwd;
}

const sample = once(async () => {
  const cwd = folder("sample");
  cpSync(onDisk("examples/sample-project"), cwd, { recursive: true });
  await exec("npm", [...INSTALL, await packed()], { cwd, env });
  return cwd;
});

/** A copy of the sample project with the packed product in it. */
export async function sampleProject(): Promise<string> {
  leaveToAll("time for npm pack and npm install");
  const from = await sample();
  // Beside the first one: its lock file has a path to the package.
  const cwd = folder("project");
  cpSync(from, cwd, { recursive: true, verbatimSymlinks: true });
  return cwd;
}
