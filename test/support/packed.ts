import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { emptyDirectory } from "./directory.ts";
import { onDisk } from "./repository.ts";

const exec = promisify(execFile);

/** The package as it would be published, in a folder of its own. */
export async function pack(): Promise<string> {
  const folder = emptyDirectory();
  // The tests have built it already, and others use what was built.
  const args = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const { stdout } = await exec("npm", args, { cwd: onDisk(".") });
  return join(folder, stdout.trim());
}
