import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CACHE = process.env.BENCH_CACHE ?? join(homedir(), ".cache/fauxdr-bench");

/** The node_modules folder of a peer, installed if needed. Undefined when it cannot be installed. */
export function install(spec, say) {
  const folder = join(CACHE, spec.replace(/[@/]/g, "_"));
  const modules = join(folder, "node_modules");
  if (existsSync(modules)) return modules;
  say(`installing ${spec}`);
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, "package.json"), '{ "private": true }');
  const flags = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", spec];
  const { status } = spawnSync("npm", flags, { cwd: draft, timeout: 300_000 });
  if (status !== 0) {
    rmSync(draft, { recursive: true });
    say(`${spec}: not measured, npm cannot install it here`);
    return undefined;
  }
  renameSync(draft, folder);
  return modules;
}
