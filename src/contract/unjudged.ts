import type { Exchange } from "../core/journal/journal.ts";
import { ownFaultIn } from "./judge.ts";
import { isNoRequest, reasonsIn } from "./no-request.ts";

/** Why these exchanges cannot be judged, or not all of them. Undefined if all can. */
export function unjudged(exchanges: readonly Exchange[], dropped: number): string | undefined {
  const fault = ownFaultIn(exchanges);
  if (fault !== undefined) return `fauxdr itself failed: ${fault}`;
  if (dropped > 0) {
    return `${dropped} calls were not judged, because there were too many: raise --journal-entries, or send fewer`;
  }
  const garbage = exchanges.filter(isNoRequest);
  if (garbage.length === exchanges.length) {
    return garbage.length > 0
      ? `the mock got only bytes that it could not read: ${reasonsIn(garbage)}`
      : "nothing was sent to the mock: does the client read its URL from the environment (see fauxdr env)?";
  }
  return exchanges.every(({ vendor }) => vendor === undefined)
    ? "no call had a path of a vendor: is something inserted between the base URL and the path?"
    : undefined;
}
