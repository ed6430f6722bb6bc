import type { Subject } from "../../core/journal/where.ts";
import { parseBody } from "../../core/json/parse-once.ts";
import type { WireRequest } from "../../core/vendor.ts";

/** What fault rules look at in a request. */
export function subjectOf({ url, headers, body }: WireRequest): Subject {
  const { text, parsed } = parseBody(body);
  const value = "value" in parsed ? parsed.value : parsed.loose;
  return { url, headers, body: text, ...(value !== undefined && { value }) };
}
