import { parseJson } from "./json.ts";

/** A body as text, and the value of its JSON or the first fault in it. */
export interface BodyValue {
  readonly text: string;
  readonly parsed: ReturnType<typeof parseJson>;
}

const read = new WeakMap<Buffer, BodyValue>();

/** Parses a body once, however many ask for it. */
export function parseBody(body: Buffer): BodyValue {
  let value = read.get(body);
  if (!value) {
    const text = body.toString("utf8");
    value = { text, parsed: parseJson(text) };
    read.set(body, value);
  }
  return value;
}

/** The same for the one who needs it last: it is not kept, which takes longer than to parse most bodies. */
export const lastParseOf = (body: Buffer): BodyValue["parsed"] =>
  read.get(body)?.parsed ?? parseJson(body.toString("utf8"));
