import { KitError } from "./errors.ts";

/** What an operation answers, before the vendor's wire form: `value` for JSON, `text` for everything else. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** Why this reply was given: `ok`, or a refusal's kind. The spec says on what basis. */
  readonly cause: string;
  readonly value?: unknown;
  readonly text?: string;
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

function common({
  status = 200,
  cause = "ok",
  headers = {},
}: ReplyOptions): Pick<Reply, "status" | "cause" | "headers"> {
  return { status, cause, headers };
}
