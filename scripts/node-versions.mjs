import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CACHE = join(homedir(), ".cache/fauxdr-nodes");

/** The versions of Node that fauxdr supports. */
export const MAJORS = ["20", "22", "24", "26"];

/** The path of a Node of this version, from the npm registry; it is kept under ~/.cache. */
export function nodeBinary(major) {
  const cwd = join(CACHE, major);
  const binary = join(cwd, "node_modules/node/bin/node");
  if (existsSync(binary)) return binary;
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "package.json"), '{ "private": true }');
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", `node@${major}`], { cwd });
  return binary;
}
