import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { KitError } from "../core/errors.ts";

/**
 * Writes a file atomically, so that no reader sees half of it. Returns a function that deletes it, unless it was
 * replaced meanwhile. Throws a KitError if the path exists and is not a plain file: a pipe, a device, a link.
 */
export function writeOwnFile(file: string, content: string, what: string): () => void {
  const draft = `${file}.${process.pid}`;
  const fail = (why: string): never => {
    throw new KitError(`The ${what} file ${file} cannot be written: ${why}.`);
  };
  if (!isPlain(file)) fail("it exists and is not a regular file");
  let isDrafted = false;
  try {
    // Do not follow a link that was put there.
    writeFileSync(draft, content, { flag: "wx" });
    isDrafted = true;
    renameSync(draft, file);
  } catch (error) {
    if (isDrafted) rmSync(draft, { force: true });
    fail((error as Error).message);
  }
  return () => {
    if (isPlain(file) && holds(file, content)) rmSync(file, { force: true });
  };
}

/** Whether the path is a plain file, or does not exist. */
function isPlain(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found === undefined || found.isFile() || found.isDirectory();
}

function holds(file: string, content: string): boolean {
  try {
    return readFileSync(file, "utf8") === content;
  } catch {
    return false;
  }
}
