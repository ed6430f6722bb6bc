import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A reply on its way through, to be changed. */
export interface Passing {
  readonly path: string;
  readonly request: IncomingMessage;
  status: number;
  contentType: string;
  body: string;
}

/** A server that gives the replies of another one, but for what `spoil` makes of them. Answers its URL. */
export async function wrongServer(
  right: string,
  spoil: (passing: Passing) => undefined | "silence" | "hang-up",
): Promise<string> {
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { host: _, connection: __, "content-length": ___, ...headers } = req.headers;
    const given = await fetch(right + req.url, {
      method: req.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const passing: Passing = {
      path: req.url ?? "",
      request: req,
      status: given.status,
      contentType: given.headers.get("content-type") ?? "",
      body: await given.text(),
    };
    const end = spoil(passing);
    if (end === "silence") return;
    if (end === "hang-up") return void res.destroy();
    res.writeHead(passing.status, { "content-type": passing.contentType });
    res.end(passing.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
