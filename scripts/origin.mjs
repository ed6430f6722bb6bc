// Where people get fauxdr from. The day it is published, this file changes and `npm run docs` writes the rest.
import { readFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const TARBALL = `fauxdr-${version}.tgz`;

/** A sentence for those who look for the package. */
export const SOURCE =
  "No registry has fauxdr yet, as a package or as an image: a package of that name is not this one. You install it from a copy of this repository.";

/** The commands that install it in a project, beside a copy of the repository in `../fauxdr`. */
export const INSTALL = `(cd ../fauxdr && npm ci && npm pack --silent)
cp ../fauxdr/${TARBALL} .
npm install --save-dev ./${TARBALL}`;
