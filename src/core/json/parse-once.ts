import { inTurns } from "../in-turns.ts";
import { exactly } from "./exact.ts";
import { type Parsed, parseJson } from "./json.ts";
import { parsing, parsingExactly } from "./pieces.ts";

/** A body as text, with its JSON value or the first fault in it. */
export interface BodyValue {
  readonly text: string;
  readonly parsed: Parsed;
  /** The value with every digit of its integers, if it is known. */
  readonly exact?: unknown;
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
  const parsed = await inTurns(parsing(text));
  const value = "value" in parsed ? parsed.value : parsed.loose;
  const exact = value === undefined ? undefined : await inTurns(parsingExactly(text, value));
  read.set(body, { text, parsed, exact });
}

/** The same for the last caller. The result is not cached, because caching takes longer than parsing most bodies. */
export const lastParseOf = (body: Buffer): BodyValue["parsed"] =>
  read.get(body)?.parsed ?? parseJson(body.toString("utf8"));

/** The value of the last parse with every digit of its integers. */
export function exactOf(body: Buffer, value: unknown): unknown {
  const known = read.get(body);
  if (known && "exact" in known) return known.exact;
  return exactly(known?.text ?? body.toString("utf8"), value);
}
