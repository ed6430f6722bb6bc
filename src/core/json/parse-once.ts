import { type Parsed, parseJson } from "./json.ts";

/** A body as text, with its JSON value or the first fault in it. */
export interface BodyValue {
  readonly text: string;
  readonly parsed: Parsed;
}

const read = new WeakMap<Buffer, BodyValue>();

/** Parses each body only once, for all callers. */
export function parseBody(body: Buffer): BodyValue {
  let value = read.get(body);
  if (!value) {
    const text = body.toString("utf8");
    value = { text, parsed: parseJson(text) };
    read.set(body, value);
  }
  return value;
}

/** The same for the last caller. The result is not cached, because caching takes longer than parsing most bodies. */
export const lastParseOf = (body: Buffer): BodyValue["parsed"] =>
  read.get(body)?.parsed ?? parseJson(body.toString("utf8"));
