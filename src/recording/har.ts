import { KitError } from "../core/errors.ts";
import { parseJson } from "../core/json/json.ts";

/** A call of a recording: what was asked, and the reply. */
export interface RecordedCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly reply: {
    readonly status: number;
    readonly mimeType: string;
    readonly text: string;
  };
}

/** The calls of an HTTP Archive that got a reply, and how many got none. Throws a KitError for what is no archive. */
export function readHar(
  text: string,
  name: string,
): { readonly calls: readonly RecordedCall[]; readonly unanswered: number } {
  const parsed = parseJson(text.replace(/^\ufeff/, ""));
  if ("fault" in parsed) {
    const { line, column } = parsed.fault;
    throw new KitError(`The recording ${name} is not JSON at line ${line}, column ${column}.`);
  }
  const entries = at(at(parsed.value, "log"), "entries");
  if (!Array.isArray(entries)) {
    throw new KitError(`The recording ${name} is not an HTTP Archive: it has no log.entries.`);
  }
  const calls = entries.map((entry, index) => callIn(entry, `${name}, /log/entries/${index}`));
  const answered = calls.filter(({ reply }) => reply.status > 0);
  return { calls: answered, unanswered: calls.length - answered.length };
}

function callIn(entry: unknown, where: string): RecordedCall {
  const request = at(entry, "request");
  const response = at(entry, "response");
  const content = at(response, "content");
  const [method, url, status] = [at(request, "method"), at(request, "url"), at(response, "status")];
  if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url)) {
    throw new KitError(`The recording is not valid at ${where}: the request has no method or URL.`);
  }
  if (typeof status !== "number") {
    throw new KitError(`The recording is not valid at ${where}: the response has no status.`);
  }
  const body = textAt(content, "text");
  return {
    method: method.toUpperCase(),
    url: new URL(url),
    headers: headersIn(at(request, "headers")),
    body: textAt(at(request, "postData"), "text"),
    reply: {
      status,
      mimeType: (textAt(content, "mimeType").split(";")[0] ?? "").trim().toLowerCase(),
      text: at(content, "encoding") === "base64" ? Buffer.from(body, "base64").toString() : body,
    },
  };
}

const headersIn = (pairs: unknown): Record<string, string> =>
  Object.fromEntries(
    (Array.isArray(pairs) ? pairs : []).map((pair) => [
      textAt(pair, "name").toLowerCase(),
      textAt(pair, "value"),
    ]),
  );

const at = (node: unknown, name: string): unknown =>
  typeof node === "object" && node !== null
    ? (node as Readonly<Record<string, unknown>>)[name]
    : undefined;

const textAt = (node: unknown, name: string): string => {
  const value = at(node, name);
  return typeof value === "string" ? value : "";
};
