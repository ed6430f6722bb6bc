import { KitError } from "./errors.ts";
import type { Fault } from "./faults/fault.ts";

/** What an operation returns, before it gets the vendor's wire form. Its body is `value` (JSON), `text`, `bytes`, `pieces`, or empty. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** `ok`, or the kind of the refusal. The spec has the basis of each cause. */
  readonly cause: string;
  readonly value?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** A large text in pieces, which are generated and sent without blocking the event loop. */
  readonly pieces?: Iterable<string>;
  /** Sends events until the client leaves. */
  readonly events?: EventSource;
  /** A fault to apply to this reply. */
  readonly fault?: Fault;
}

/** Starts to send named events with JSON data. Returns a function that stops it. */
export type EventSource = (send: (event: string, data: unknown) => void) => () => void;

interface ReplyOptions {
  readonly status?: number;
  readonly cause?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault?: Fault | undefined;
}

export function json(
  value: unknown,
  { status = 200, cause = "ok", headers = {}, fault }: ReplyOptions = {},
): Reply {
  if (value === undefined) throw new KitError("a JSON reply needs a value");
  const reply = { status, cause, headers, contentType: "application/json", value };
  return fault ? { ...reply, fault } : reply;
}

export function text(body: string, contentType: string, options: ReplyOptions = {}): Reply {
  return { ...common(options), contentType, text: body };
}

export function bytes(body: Uint8Array, contentType: string, options: ReplyOptions = {}): Reply {
  return { ...common(options), contentType, bytes: body };
}

/** A large JSON text in pieces. It is not checked against the spec. */
export function jsonPieces(pieces: Iterable<string>): Reply {
  return { ...common({}), contentType: "application/json", pieces };
}

/** A reply of server-sent events, which lasts until the client leaves. */
export function eventStream(source: EventSource): Reply {
  return { ...common({}), contentType: "text/event-stream", events: source };
}

/** A reply without a body. */
export function nothing(options: ReplyOptions = {}): Reply {
  return { ...common({ status: 204, ...options }), contentType: "" };
}

function common({
  status = 200,
  cause = "ok",
  headers = {},
  fault,
}: ReplyOptions): Pick<Reply, "status" | "cause" | "headers" | "fault"> {
  return { status, cause, headers, ...(fault && { fault }) };
}
