import type { Exchange } from "../core/journal/journal.ts";
import { ownFaultIn } from "./judge.ts";
import { isNoRequest, reasonsIn } from "./no-request.ts";

/** Why exchanges do not tell whether a client is right; nothing where all that it sent can be judged. */
export function unjudged(exchanges: readonly Exchange[], dropped: number): string | undefined {
  const fault = ownFaultIn(exchanges);
  if (fault !== undefined) return `fauxdr itself failed: ${fault}`;
  if (dropped > 0) {
    return `${dropped} calls were not judged, because there were too many: raise --journal-entries, or send fewer`;
  }
  const garbage = exchanges.filter(isNoRequest);
  if (garbage.length === exchanges.length) {
    return garbage.length > 0
      ? `nothing was sent to the mock that is an HTTP request: ${reasonsIn(garbage)}`
      : "nothing was sent to the mock: does the client read its URL from the environment (see fauxdr env)?";
  }
  return exchanges.every(({ vendor }) => vendor === undefined)
    ? "no call came to a path of a vendor: is something put between the base URL and the path?"
    : undefined;
}
