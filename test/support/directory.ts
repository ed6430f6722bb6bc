import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty directory that is gone after the test. */
export function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "fauxdr-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}
