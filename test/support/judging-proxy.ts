import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as send,
} from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import OpenApiValidator from "express-openapi-validator";
import request from "supertest";
import { onTestFinished } from "vitest";
import { specOnDisk } from "./specs.ts";

/** One call that passed through, and what the other validator says about it. */
export interface Judged {
  /** What the mock finds as `x-judged` among the request's headers. */
  readonly number: number;
  readonly call: string;
  readonly status: number;
  /** Nothing where the request fits the document. */
  readonly request?: string;
  /** Nothing where the reply does, or is one that the validator does not look into. */
  readonly reply?: string;
}

/**
 * Stands between clients and a mock, and lets express-openapi-validator judge every request and every reply by the
 * vendor's document. It changes nothing: what is broken on purpose comes through broken.
 */
export async function judgingProxy(
  vendor: string,
  port: number,
): Promise<{ readonly url: string; readonly judged: () => Promise<readonly Judged[]> }> {
  const { judgeRequest, judgeReply } = judgesOf(vendor);
  const judged: Judged[] = [];
  const pending: Promise<void>[] = [];
  const server = createServer(async (req, res) => {
    const body = await bytesOf(req);
    const number = judged.length + 1;
    const entry: { -readonly [Key in keyof Judged]: Judged[Key] } = {
      number,
      call: `${req.method} ${req.url}`,
      status: 0,
    };
    judged.push(entry);
    const forwarded = send(
      {
        port,
        host: "127.0.0.1",
        method: req.method,
        path: req.url,
        headers: { ...req.headers, "x-judged": String(number) },
      },
      (given) => {
        entry.status = given.statusCode ?? 0;
        res.writeHead(entry.status, given.rawHeaders);
        given.pipe(res);
        given.on("error", () => res.destroy());
        const read = bytesOf(given).then(async (bytes) => {
          const asked = await judgeRequest(req, body);
          if (asked.status !== 204) entry.request = asked.text;
          // It never looks into a server's error.
          if (!isJson(given.headers) || entry.status >= 500) return;
          const packed = given.headers["content-encoding"] === "gzip";
          const reply = { status: entry.status, body: packed ? gunzipSync(bytes) : bytes };
          const { status, text } = await judgeReply(req, reply);
          if (status === 599) entry.reply = text;
        });
        // What is broken on purpose is no JSON, or breaks off.
        const told = read.catch((error: Error) => {
          entry.reply = error.message;
        });
        pending.push(told);
      },
    );
    forwarded.on("error", () => req.socket.resetAndDestroy());
    forwarded.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    judged: async () => {
      await Promise.all(pending);
      return judged;
    },
  };
}

const isJson = (headers: IncomingHttpHeaders): boolean =>
  headers["content-type"]?.startsWith("application/json") === true;

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function ask(
  app: Express,
  { method = "", url = "", headers }: IncomingMessage,
  body: Buffer,
) {
  const { host: _, "content-length": __, connection: ___, ...rest } = headers;
  const asked = request(app)
    [
      // Spaces as forms write them are no mistake, and it takes them for one.
      method.toLowerCase() as "post"
    ](url.replaceAll("+", "%20"))
    .set(rest as never);
  const { status, text } = await (body.length > 0 ? asked.send(body.toString("utf8")) : asked);
  return { status, text };
}

interface Judges {
  readonly judgeRequest: (request: IncomingMessage, body: Buffer) => ReturnType<typeof ask>;
  readonly judgeReply: (request: IncomingMessage, reply: Reply) => ReturnType<typeof ask>;
}

interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

const judges = new Map<string, Judges>();

/** A vendor's judges, made once: most of their time goes into what they make of the document. */
function judgesOf(vendor: string): Judges {
  const found = judges.get(vendor) ?? createJudges(vendor);
  judges.set(vendor, found);
  return found;
}

function createJudges(vendor: string): Judges {
  const onlyRequests = validated(vendor, { validateResponses: false }, (res) => {
    res.status(204).end();
  });
  let reply: Reply;
  const onlyReplies = validated(
    vendor,
    { validateRequests: false, validateResponses: true },
    (res) => {
      res.status(reply.status).json(JSON.parse(reply.body.toString("utf8")));
    },
  );
  /** One reply at a time, because the validator must be given it. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    judgeRequest: (request, body) => ask(onlyRequests, request, body),
    judgeReply: (request, given) => {
      const judged = last.then(() => {
        reply = given;
        return ask(onlyReplies, request, Buffer.alloc(0));
      });
      last = judged.catch(() => {});
      return judged;
    },
  };
}

/** A server in front of which the validator stands; 599 is its complaint. */
function validated(vendor: string, options: object, answer: (res: Response) => void): Express {
  const app = express();
  // It reads what others have parsed; what they cannot parse is its complaint as well.
  app.use(express.json({ strict: false, limit: "20mb" }), express.urlencoded({ extended: false }));
  app.use(
    OpenApiValidator.middleware({
      apiSpec: specOnDisk(vendor),
      // Credentials are the mock's own business.
      validateSecurity: false,
      ...options,
    }),
  );
  app.use((_req, res) => answer(res));
  const complain: ErrorRequestHandler = (error, _req, res, _next) => {
    // Of a path that the document does not have, it knows no replies.
    const { status, message } = error as { status?: number; message: string };
    res
      .status(status === 404 ? 404 : 599)
      .type("text")
      .send(message);
  };
  app.use(complain);
  return app;
}
