// Installs the missing programs that tests use with apt. Without apt, prints what to install.
import { spawnSync } from "node:child_process";
import { find, LIBRARIES, PROGRAMS } from "./programs.mjs";

const missing = Object.keys(PROGRAMS).filter((name) => find(name) === undefined);
const packages = new Set(missing.flatMap((name) => PROGRAMS[name].packages));
const isThere = (command) => spawnSync(command, ["--version"]).status === 0;

if (isThere("dpkg-query")) {
  for (const name of LIBRARIES) {
    if (spawnSync("dpkg-query", ["-s", name]).status !== 0) packages.add(name);
  }
}

function apt(...args) {
  const isRoot = process.getuid?.() === 0;
  const [command = "", ...rest] = isRoot ? ["apt-get", ...args] : ["sudo", "apt-get", ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync(command, rest, { env, stdio: ["inherit", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} ${rest.join(" ")} failed`);
}

if (packages.size > 0 && isThere("apt-get")) {
  console.log(`installing ${[...packages].join(" ")}`);
  apt("update", "-q");
  apt("install", "-yq", "--no-install-recommends", ...packages);
} else if (missing.length > 0) {
  console.log(`There is no apt-get here. Install these by hand: ${missing.join(", ")}`);
}
