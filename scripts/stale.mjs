// Whether dist is up to date: it contains the digest of its sources. File times do not help, because a checkout changes
// them, and a removed file has none.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const STAMP = `${root}dist/.sources`;
const FOLDERS = ["src", "specs", "scripts"];
const FILES = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];

/** The digest of all sources of dist. */
export function digest() {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      // The build writes JSON into specs.
      .filter(({ name }) => folder !== "specs" || name.endsWith(".yaml"))
      .map(({ parentPath, name }) => `${parentPath}/${name}`),
  );
  const hash = createHash("sha256");
  const files = FILES.map((name) => root + name).filter((path) => existsSync(path));
  for (const path of [...paths.toSorted(), ...files]) {
    hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

export const isStale = () => !existsSync(STAMP) || readFileSync(STAMP, "utf8") !== digest();

/** Records the digest of the sources that dist was built from. */
export const stamp = (made) => writeFileSync(STAMP, made);
