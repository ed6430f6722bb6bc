import type { Subject } from "../../core/journal/where.ts";
import { parseBody } from "../../core/json/parse-once.ts";
import type { WireRequest } from "../../core/vendor.ts";

/** What fault rules look at in a request: the body is parsed once, however many rules there are. */
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
