import type { Exchange, StoredBody } from "./journal.ts";

/** Exports exchanges as an HTTP Archive 1.2. Redacted like the journal. */
export function toHar(exchanges: readonly Exchange[], version: string): Record<string, unknown> {
  return {
    log: {
      version: "1.2",
      creator: { name: "fauxdr", version },
      entries: exchanges.map(harEntry),
    },
  };
}

/** One exchange as an entry of such an archive. */
export function harEntry({
  id,
  at,
  tenant,
  operation,
  request,
  reply,
  fault,
  timings,
  durationMs,
}: Exchange): unknown {
  const url = addressOf(request.scheme, request.headers["host"] ?? "", pathOf(request.url));
  // HAR requires a version, but bytes that were not an HTTP request have none.
  const httpVersion = request.httpVersion ? `HTTP/${request.httpVersion}` : "unknown";
  const send = timings?.requestMs ?? 0;
  const replied = timings?.replyMs ?? durationMs;
  const wait = Math.max(0, replied - send);
  const receive = Math.max(0, durationMs - replied);
  return {
    startedDateTime: at,
    time: send + wait + receive,
    request: {
      method: request.method,
      url: url.href,
      httpVersion,
      cookies: [],
      headers: pairs(request.headers),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: request.body.bytes,
      ...(request.body.bytes > 0 && {
        postData: {
          mimeType: request.headers["content-type"] ?? "",
          text: request.body.text,
          ...note(request.body),
        },
      }),
    },
    response: {
      // In HAR, this means that there was none.
      status: reply?.status ?? 0,
      statusText: "",
      httpVersion,
      cookies: [],
      headers: pairs(reply?.headers ?? {}),
      content: {
        size: reply?.body.bytes ?? 0,
        mimeType: reply?.headers["content-type"] ?? "",
        text: reply?.body.text ?? "",
        ...(reply && note(reply.body)),
      },
      redirectURL: reply?.headers["location"] ?? "",
      headersSize: -1,
      bodySize: reply?.body.bytes ?? -1,
    },
    cache: {},
    timings: { send, wait, receive },
    comment: [`${tenant} #${id}`, operation, fault && `fault ${fault.kind}`]
      .filter((word) => word)
      .join(", "),
  };
}

const pairs = (headers: Readonly<Record<string, string>>): unknown[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const note = ({ cut, hidden, sha256 }: StoredBody): { comment?: string } =>
  cut ? { comment: `${hidden ?? "cut"}; SHA-256 of all of it: ${sha256}` } : {};

/** An invalid Host header must not make the archive invalid. */
const addressOf = (scheme: string, host: string, path: string): URL =>
  host !== "" && URL.canParse(`${scheme}://${host}${path}`)
    ? new URL(`${scheme}://${host}${path}`)
    : new URL(`${scheme}://localhost${path}`);

/** Requests to a proxy have a whole URL here, and some requests have no path. */
const pathOf = (url: string): string => {
  const local = url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  return local.startsWith("/") ? local : `/${local}`;
};
