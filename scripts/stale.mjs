// Whether dist is what its sources make: the build leaves their digest in it. Times of files would not tell, as a
// checkout gives them new ones and a removed file has none.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const STAMP = `${root}dist/.sources`;
const FOLDERS = ["src", "specs", "scripts"];
const FILES = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];

/** Of all that dist is made of. */
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

/** Says that dist is what sources of this digest make. */
export const stamp = (made) => writeFileSync(STAMP, made);
