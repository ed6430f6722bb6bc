import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type Needs, needs, pathOf, run } from "./programs.ts";

/** What a client makes of a call: the reply, or the name by which it knows what went wrong. */
export interface Seen {
  readonly status?: number;
  readonly type?: string;
  readonly json?: unknown;
  /** A code, the class of an exception, an exit code. */
  readonly error?: string;
}

export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Client {
  readonly needs: Needs;
  readonly ask: (call: Call) => Promise<Seen>;
}

const HERE: Needs = { skip: false, note: "" };

/** Clients that read JSON, as small as they are written by people; each reports its own errors in its own words. */
export const CLIENTS = {
  fetch: { needs: HERE, ask: withFetch },
  "node:http": { needs: HERE, ask: withHttp },
  "http.client": {
    needs: needs("Python"),
    ask: withPython("http.client"),
  },
  requests: { needs: needs("Python's requests"), ask: withPython("requests") },
  curl: { needs: needs("curl"), ask: withCurl },
} as const satisfies Record<string, Client>;

export type ClientName = keyof typeof CLIENTS;

export const CLIENT_NAMES: readonly ClientName[] = Object.keys(CLIENTS) as ClientName[];

const nameOf = (error: unknown): string => {
  const { code, cause, name } = error as Error & { code?: string; cause?: { code?: string } };
  return cause?.code ?? code ?? name;
};

async function withFetch({ url, headers, body }: Call): Promise<Seen> {
  let head: Seen = {};
  try {
    const reply = await fetch(url, { method: "POST", headers, body });
    head = { status: reply.status, type: reply.headers.get("content-type") ?? "" };
    return { ...head, json: await reply.json() };
  } catch (error) {
    return { ...head, error: nameOf(error) };
  }
}

function withHttp({ url, headers, body }: Call): Promise<Seen> {
  return new Promise((resolve) => {
    let head: Seen = {};
    const fail = (error: unknown): void => resolve({ ...head, error: nameOf(error) });
    const sent = request(url, { method: "POST", headers, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      head = { status: reply.statusCode ?? 0, type: reply.headers["content-type"] ?? "" };
      reply.on("error", fail);
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("end", () => {
        try {
          const bytes = Buffer.concat(chunks);
          // It leaves that to its user.
          const plain = reply.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
          resolve({ ...head, json: JSON.parse(String(plain)) });
        } catch (error) {
          fail(error);
        }
      });
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

function withPython(library: string): Client["ask"] {
  const program = fileURLToPath(new URL("wire-client.py", import.meta.url));
  return async (call) => {
    const { stdout } = await run(pathOf(library === "requests" ? "Python's requests" : "Python"), [
      program,
      library,
      JSON.stringify(call),
    ]);
    return JSON.parse(stdout);
  };
}

/** Curl knows no JSON: what it has received to the end is read as that here. */
async function withCurl({ url, headers, body }: Call): Promise<Seen> {
  const given = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const told = ["-w", "\n%{http_code} %{content_type}", "--compressed", "-sm", "60"];
  const { code, stdout } = await run("curl", [...told, ...given, "-d", body, url]);
  const [, text = "", status, type = ""] = /^([\s\S]*)\n(\d+) ?(.*)$/.exec(stdout) ?? [];
  const head = { status: Number(status), type };
  if (code !== 0) return { ...head, error: String(code) };
  try {
    return { ...head, json: JSON.parse(text) };
  } catch (error) {
    return { ...head, error: nameOf(error) };
  }
}
