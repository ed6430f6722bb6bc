import { readFileSync } from "node:fs";
import { type KnownCall, readKnownCalls } from "../../core/known-calls.ts";
import type { Service } from "../../core/vendor.ts";

/** The calls of a service that public sources list. Their file is read when a request first matches no operation. */
export function knownCallsOf({ spec }: Pick<Service, "spec">): () => readonly KnownCall[] {
  let calls: readonly KnownCall[] | undefined;
  return () => {
    calls ??= read(new URL("known-paths.tsv", spec));
    return calls;
  };
}

function read(file: URL): readonly KnownCall[] {
  try {
    return readKnownCalls(readFileSync(file, "utf8"));
  } catch (error) {
    // The service lists none.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
