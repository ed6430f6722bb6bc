import type { ProbeRequest } from "../core/contract.ts";

/** A reply, read to its end. */
export interface Reply {
  readonly status: number;
  /** In lower case, without parameters; empty where there is none. */
  readonly contentType: string;
  readonly text: string;
  /** Of a body that says it is JSON, and is. */
  readonly value?: unknown;
}

/** Sends a request and reads the reply. Throws an Error of one sentence where none came. */
export async function send(
  url: string,
  { method, path, headers = {}, body }: ProbeRequest,
  limitMs: number,
): Promise<Reply> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await fetch(url.replace(/\/+$/, "") + path, {
      method,
      headers,
      signal,
      // Another place's reply is not this server's.
      redirect: "manual",
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
    const contentType = type.trim().toLowerCase();
    const { status } = response;
    return { status, contentType, text, ...(contentType.endsWith("json") && parsed(text)) };
  } catch (error) {
    if (signal.aborted) throw new Error(`no reply came within ${limitMs / 1000} s`);
    const { cause = error } = error as Error;
    throw new Error(`no reply came: ${(cause as Error).message}`);
  }
}

function parsed(text: string): Pick<Reply, "value"> {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return {};
  }
}
