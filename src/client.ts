import { type ControlClient, PATHS } from "./client/control.ts";
import { readEvents } from "./client/events.ts";

export type { ControlClient } from "./client/control.ts";

/** Which server to control. */
export interface ClientOptions {
  /** As in the ready line: `http://127.0.0.1:4620`. */
  readonly url: string;
  /** Sent with every call, for a server that needs one. */
  readonly token?: string;
}

/** The server refused the call (the message is its error), or no fauxdr answered. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  /** The status of the reply. Undefined if there was none. */
  readonly status: number | undefined;
  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** A client of the control API, for Node and browsers. It sends nothing until a method is called. */
export function createClient({ url, token }: ClientOptions): ControlClient {
  const call = (at: string, given: readonly unknown[]): Promise<unknown> => {
    const [method = "", template = ""] = at.split(" ");
    const path = fill(template, given);
    const [payload, signal] = given.slice(template.split("{").length - 1);
    const inBody = method === "POST" || method === "PUT";
    return ask(`${path}${inBody ? "" : query(payload)}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(inBody && payload !== undefined && { "content-type": "application/json" }),
      },
      ...(inBody && payload !== undefined && { body: JSON.stringify(payload) }),
      ...(signal !== undefined && { signal: signal as AbortSignal }),
    });
  };

  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const reply = await reach(fetch(`${url.replace(/\/+$/, "")}/__admin${path}`, init), init);
    const type = reply.headers.get("content-type") ?? "";
    if (reply.ok && type.startsWith("text/event-stream") && reply.body) {
      return follow(readEvents(reply.body), init);
    }
    const value = readValue(type, await reach(reply.text(), init));
    if (reply.ok && value !== undefined) return value;
    const { error } = (value ?? {}) as { readonly error?: unknown };
    throw new ControlError(
      typeof error === "string"
        ? error
        : `${url} answers ${reply.status}, but not as fauxdr does: is another server running there?`,
      reply.status,
    );
  };

  /** Passes on the caller's own abort. Any other error of `fetch` means that no server answers. */
  const reach = <Value>(asked: Promise<Value>, { signal }: RequestInit): Promise<Value> =>
    asked.catch((cause: unknown) => {
      if (signal?.aborted) throw cause;
      throw new ControlError(`No fauxdr answers at ${url}: is it running there?`, undefined, {
        cause,
      });
    });

  async function* follow(
    events: AsyncIterable<unknown>,
    { signal }: RequestInit,
  ): AsyncGenerator<unknown> {
    try {
      yield* events;
    } catch (cause) {
      if (signal?.aborted) return;
      throw new ControlError(`The stream from ${url} broke off.`, undefined, { cause });
    }
  }

  return Object.fromEntries(
    Object.entries(PATHS).map(([name, at]) => [
      name,
      async (...given: readonly unknown[]) => call(at, given),
    ]),
  ) as unknown as ControlClient;
}

/** Fills the names into the path, in their order. */
function fill(template: string, given: readonly unknown[]): string {
  let next = 0;
  return template.replace(/\{(\w+)\}/g, (_, what: string) => {
    const name = given[next++];
    // A URL resolves . and .. as steps, so the path would be that of another call.
    if (typeof name !== "string" || /^\.{0,2}$/.test(name)) {
      throw new ControlError(`${JSON.stringify(name)} is not a valid name of a ${what}.`);
    }
    return encodeURIComponent(name);
  });
}

function query(filter: unknown): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size > 0 ? `?${search}` : "";
}

/** A web page is not a reply of fauxdr: it comes from a proxy, or another server has this address. */
function readValue(contentType: string, text: string): unknown {
  if (contentType.startsWith("text/html")) return undefined;
  if (!contentType.startsWith("application/json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
