import type { Example } from "../core/vendor.ts";
import { type DocumentedOperation, textOf } from "./documents.ts";

/** A call that a person can change and send. */
export interface DraftCall {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if the call has none. */
  readonly body?: string;
}

/** The document's sample of a call, with values that work and with credentials. */
export function draftOf(
  operation: DocumentedOperation,
  { values }: Example,
  credentials: Readonly<Record<string, string>>,
): DraftCall {
  const { method, path, parameters, contentType, requests, secured } = operation;
  const filledWith = (name: string, example: unknown): string =>
    encodeURIComponent(textOf(values[name] ?? example ?? ""));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    filledWith(name, parameters.find((one) => one.name === name)?.example),
  );
  const query = parameters
    .filter((one) => one.in === "query" && (one.required || one.name in values))
    .map(({ name, example }) => `${encodeURIComponent(name)}=${filledWith(name, example)}`);
  const own = parameters
    .filter((one) => one.in === "header" && one.name in values)
    .map(({ name }): [string, string] => [name, textOf(values[name])]);
  const [sample] = requests;
  return {
    method,
    path: query.length > 0 ? `${filled}?${query.join("&")}` : filled,
    headers: {
      ...(secured && credentials),
      ...Object.fromEntries(own),
      ...(contentType && { "content-type": contentType }),
    },
    ...(method !== "GET" && { body: bodyOf(withValues(sample, values), contentType) }),
  };
}

function bodyOf(sample: unknown, contentType = ""): string {
  if (sample === undefined) return "";
  if (!contentType.includes("x-www-form-urlencoded")) return textOf(sample);
  return new URLSearchParams(sample as Record<string, string>).toString();
}

/** The same value with other members, at any depth. */
function withValues(sample: unknown, values: Example["values"]): unknown {
  if (Array.isArray(sample)) return sample.map((entry) => withValues(entry, values));
  if (typeof sample !== "object" || sample === null) return sample;
  return Object.fromEntries(
    Object.entries(sample).map(([name, value]) => [
      name,
      Object.hasOwn(values, name) ? values[name] : withValues(value, values),
    ]),
  );
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends a call to this server, as a client would. */
export async function send(base: string, call: DraftCall): Promise<Answer> {
  const { method, path, headers, body } = call;
  const response = await fetch(base + path, {
    method,
    headers,
    redirect: "manual",
    ...(method !== "GET" && body !== undefined && { body }),
  });
  const type = response.headers.get("content-type") ?? "";
  if (/json|text|^$/.test(type)) return { status: response.status, text: await response.text() };
  const { size } = await response.blob();
  return { status: response.status, text: `${size} bytes of ${type}` };
}
