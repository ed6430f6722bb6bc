import { KitError } from "./errors.ts";

/** What an operation answers, before the vendor's wire form: a JSON `value`, a `text`, `bytes`, or nothing. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** Why this reply was given: `ok`, or a refusal's kind. The spec says on what basis. */
  readonly cause: string;
  readonly value?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}

interface ReplyOptions {
  readonly status?: number;
  readonly cause?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function json(value: unknown, options: ReplyOptions = {}): Reply {
  if (value === undefined) throw new KitError("a JSON reply needs a value");
  return { ...common(options), contentType: "application/json", value };
}

export function text(body: string, contentType: string, options: ReplyOptions = {}): Reply {
  return { ...common(options), contentType, text: body };
}

export function bytes(body: Uint8Array, contentType: string, options: ReplyOptions = {}): Reply {
  return { ...common(options), contentType, bytes: body };
}

/** A reply without a body. */
export function nothing(options: ReplyOptions = {}): Reply {
  return { ...common({ status: 204, ...options }), contentType: "" };
}

function common({
  status = 200,
  cause = "ok",
  headers = {},
}: ReplyOptions): Pick<Reply, "status" | "cause" | "headers"> {
  return { status, cause, headers };
}
