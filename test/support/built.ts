import { isStale } from "../../scripts/stale.mjs";
import { onDisk } from "./repository.ts";

let stale: boolean | undefined;

/** The path of what was built. A test of it refuses to judge what was built of other sources. */
export function built(path = ""): string {
  stale ??= isStale();
  if (stale) throw new Error("dist is not what src, specs and scripts make: run npm run build");
  return onDisk(`dist/${path}`);
}
