import type { Exchange } from "../../../core/journal/journal.ts";
import { parseExactly } from "../../../core/json/exact.ts";

type Json = Readonly<Record<string, unknown>>;

/** `request_data` of a request. Undefined if the body has none, or was cut in the journal. */
export const requestData = ({ request }: Exchange): Json | undefined =>
  objectIn(request.body.text, "request_data");

/** `reply` of a success. Undefined if it is not an object. */
export const replyOf = ({ reply }: Exchange): Json | undefined =>
  reply?.status === 200 ? objectIn(reply.body.text, "reply") : undefined;

function objectIn(text: string, member: string): Json | undefined {
  try {
    const found: unknown = (parseExactly(text) as Json | null)?.[member];
    return typeof found === "object" && found !== null ? (found as Json) : undefined;
  } catch {
    return undefined;
  }
}
