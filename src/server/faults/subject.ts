import type { Subject } from "../../core/journal/where.ts";
import { parseBody } from "../../core/json/parse-once.ts";
import type { WireRequest } from "../../core/vendor.ts";

/** The parts of a request that fault rules check. The body is parsed once for all rules. */
export function subjectOf(request: WireRequest): () => Subject {
  let subject: Subject | undefined;
  return () => {
    subject ??= newSubject(request);
    return subject;
  };
}

function newSubject({ url, headers, body }: WireRequest): Subject {
  const { text, parsed } = parseBody(body);
  return { url, headers, body: text, ...("value" in parsed && { value: parsed.value }) };
}
