import type { Subject } from "../../core/journal/where.ts";
import { exactOf, parseBody } from "../../core/json/parse-once.ts";
import type { WireRequest } from "../../core/vendor.ts";

/** What fault rules look at in a request. */
export function subjectOf({ url, headers, body }: WireRequest): Subject {
  const { text, parsed } = parseBody(body);
  const value = "value" in parsed ? parsed.value : parsed.loose;
  const json = { value: value === undefined ? undefined : exactOf(body, value) };
  return { url, headers, body: text, json };
}
