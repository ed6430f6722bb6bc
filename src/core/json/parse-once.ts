import { inTurns } from "../in-turns.ts";
import { type Parsed, parseJson, parsing } from "./json.ts";

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

/** A larger body takes milliseconds to parse. */
const LARGE = 65_536;

export const isLarge = (body: Buffer): boolean => body.length > LARGE;

/** Parses a large body without blocking the event loop, for all callers that follow. */
export async function parseInTurns(body: Buffer): Promise<void> {
  if (!isLarge(body) || read.has(body)) return;
  const text = body.toString("utf8");
  read.set(body, { text, parsed: await inTurns(parsing(text)) });
}

/** The same for the last caller. The result is not cached, because caching takes longer than parsing most bodies. */
export const lastParseOf = (body: Buffer): BodyValue["parsed"] =>
  read.get(body)?.parsed ?? parseJson(body.toString("utf8"));
