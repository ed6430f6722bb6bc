import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { KitError } from "../core/errors.ts";

/**
 * Writes a file at once, so that no reader sees half of it. Answers how to delete it, which leaves alone what somebody
 * else has put there since. Throws a KitError where there is something that is no plain file: a pipe, a device, a link.
 */
export function writeOwnFile(file: string, content: string, what: string): () => void {
  const draft = `${file}.${process.pid}`;
  const fail = (why: string): never => {
    throw new KitError(`The ${what} file ${file} cannot be written: ${why}.`);
  };
  if (!isPlain(file)) fail("there is something that is no plain file");
  let isDrafted = false;
  try {
    // Not through a link that somebody has put there.
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

/** Whether there is a plain file, or nothing. */
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
