import { type Redactor, redactor } from "../core/journal/redact.ts";
import type { RecordedCall } from "./har.ts";
import { pseudonyms } from "./pseudonyms.ts";

/** A call without secrets and without anybody's names. */
export interface CleanCall {
  readonly method: string;
  readonly path: string;
  /** The names of the parameters in the query. */
  readonly query: readonly string[];
  /** The JSON value of the request's body. Undefined where it is empty or something else. */
  readonly request: unknown;
  readonly status: number;
  readonly mimeType: string;
  /** A JSON value, or a text. Undefined where the body is empty. */
  readonly reply: unknown;
}

/**
 * Takes the credentials out of a recording, wherever they occur, and replaces names, addresses and ids, each by the same
 * other one in every call. `secrets` are further values to take out, `servers` further names of hosts to replace.
 */
export function clean(
  calls: readonly RecordedCall[],
  secrets: readonly string[] = [],
  servers: readonly string[] = [],
): readonly CleanCall[] {
  const first = redactor(secrets);
  const presented = calls.flatMap(({ url, headers, body }) => [
    ...first.presented(`${url.pathname}${url.search}`, headers, body),
    ...(parsed(body) === undefined ? secretsIn(body, first) : []),
  ]);
  const redact = redactor([...secrets, ...presented]);
  const redacted = calls.map((call) => withoutSecrets(call, redact));
  const values = redacted.flatMap(({ request, reply }) => [request, reply]);
  const hosts = Object.fromEntries(
    [...servers, ...calls.map(({ url }) => url.hostname)].map((host) => [host, "server.example"]),
  );
  const { text } = pseudonyms(values, hosts);
  return redacted.map((call) => ({
    ...call,
    path: text(call.path),
    query: call.query,
    request: everyText(call.request, text),
    reply: everyText(call.reply, text),
  }));
}

function withoutSecrets(
  { method, url, headers, body, reply }: RecordedCall,
  redact: Redactor,
): CleanCall {
  const shown = redact.request(method, `${url.pathname}${url.search}`, headers, body);
  const address = new URL(shown.url, "http://localhost");
  const text = shown.rest.text(reply.text);
  const isJson = /[/+]json$/.test(reply.mimeType);
  return {
    method,
    path: address.pathname,
    query: [...new Set(address.searchParams.keys())],
    request: parsed(shown.body ?? ""),
    status: reply.status,
    mimeType: reply.mimeType || "application/json",
    reply: text === "" ? undefined : isJson ? (parsed(text) ?? text) : text,
  };
}

/** The values in a broken body whose names say that they are secret. */
const secretsIn = (body: string, redact: Redactor): string[] =>
  [...body.matchAll(/([\w-]+)"?\s*[:=]\s*"?([^"&\s]+)/g)].flatMap(([, name = "", value = ""]) =>
    redact.text(JSON.stringify({ [name]: value })).includes(value) ? [] : [value],
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function everyText(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === "string") return change(node);
  if (Array.isArray(node)) return node.map((one) => everyText(one, change));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, child]) => [change(name), everyText(child, change)]),
  );
}
