import type { ProbeRequest } from "../core/contract.ts";

/** A complete reply. */
export interface ProbeReply {
  readonly status: number;
  /** In lower case, without parameters. Empty if there is none. */
  readonly contentType: string;
  readonly text: string;
  /** The value of a JSON body. Undefined if it is not declared as JSON, or is not valid. */
  readonly value?: unknown;
}

/** Sends a request and reads the reply. Throws an Error of one sentence if there is none. */
export async function sendProbe(
  url: string,
  { method, path, headers = {}, body }: ProbeRequest,
  limitMs: number,
): Promise<ProbeReply> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await fetch(url.replace(/\/+$/, "") + path, {
      method,
      headers,
      signal,
      // A reply from a redirect's target would not be this server's.
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

function parsed(text: string): Pick<ProbeReply, "value"> {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return {};
  }
}
