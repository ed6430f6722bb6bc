import { KitError } from "./errors.ts";
import type { Fault } from "./faults/fault.ts";

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
  /** Sends events for as long as somebody listens. */
  readonly events?: EventSource;
  /** What is to happen to it on its way. */
  readonly fault?: Fault;
}

/** Begins to hand out events (JSON values, each under a name), and answers how to end that. */
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

/** A reply that goes on until the client leaves: server-sent events. */
export function events(source: EventSource): Reply {
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
