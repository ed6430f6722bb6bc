import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request } from "node:https";
import { type AddressInfo, createServer as createFront, type Socket } from "node:net";
import type { Impostor, ImpostorKind } from "../contract/target.ts";
import { type Made, makeCertificate } from "../server/wire/certificates.ts";

/** Servers that a client must not take for the vendor's. */
export interface Impostors {
  /** The CA certificates (PEM) that clients must trust, or they would refuse too early. */
  readonly ca: string;
  open(kind: ImpostorKind): Promise<Impostor>;
}

/** The server that they pretend to be: its https URL, and the CA of its certificate. */
interface Real {
  readonly url: string;
  readonly ca?: string | undefined;
}

/** Makes the certificates of the impostors. Each one that opens listens where the real server does, on a free port. */
export async function createImpostors(real: Real): Promise<Impostors> {
  const host = hostOf(real);
  const unknown = await makeCertificate([host]);
  const wrong = await makeCertificate(["elsewhere.invalid"]);
  const right = await makeCertificate([host]);
  const made: Readonly<Record<ImpostorKind, readonly Made[]>> = {
    "unknown-ca": [unknown],
    "wrong-name": [wrong],
    "unknown-ca-later": [unknown, right],
  };
  return {
    ca: wrong.ca + right.ca,
    open: (kind) => open(real, made[kind], TRUST[kind] ?? {}),
  };
}

/** Without the brackets that an IPv6 address has in a URL. */
const hostOf = ({ url }: Real): string => new URL(url).hostname.replace(/^\[|\]$/g, "");

/**
 * Python's requests checks certificates where one of these names a file, even if a client tells it not to. A server that
 * has a right certificate first needs them: the client may trust nothing else.
 */
const TRUST: Readonly<Partial<Record<ImpostorKind, Readonly<Record<string, string>>>>> = {
  "unknown-ca": { REQUESTS_CA_BUNDLE: "", CURL_CA_BUNDLE: "" },
};

/** Connections get the first certificate. If there is a second one, they get that until a request has its reply. */
async function open(
  real: Real,
  [later, first]: readonly Made[],
  environment: Impostor["environment"],
): Promise<Impostor> {
  const seen = { connections: 0, requests: 0 };
  const impostor = createServer({ ...later }, (_, res) => {
    seen.requests++;
    res.writeHead(503).end();
  });
  impostor.on("connection", () => seen.connections++);
  let current = impostor;
  if (first) {
    current = createServer({ ...first }, (req, res) =>
      passOn(real, req, res, () => {
        current = impostor;
      }),
    );
  }
  const sockets = new Set<Socket>();
  const front = createFront((socket) => {
    sockets.add(socket);
    // A client that refuses the certificate breaks off.
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    current.emit("connection", socket);
  });
  front.listen(0, hostOf(real));
  await once(front, "listening");
  const url = new URL(real.url);
  url.port = String((front.address() as AddressInfo).port);
  return {
    url: url.origin,
    environment,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      front.close();
      await once(front, "close");
      return seen;
    },
  };
}

/** Passes a request on and its reply back, and ends the connection so that the next call needs a new one. */
function passOn(
  { url, ca }: Real,
  req: IncomingMessage,
  res: ServerResponse,
  onReply: () => void,
): void {
  const { host: _, connection: __, ...headers } = req.headers;
  const options = { method: req.method, headers, ca, agent: false };
  const passed = request(new URL(req.url ?? "/", url), options, (reply) => {
    onReply();
    res.writeHead(reply.statusCode ?? 502, { ...reply.headers, connection: "close" });
    reply.pipe(res);
  });
  passed.on("error", () => res.destroy());
  req.pipe(passed);
}
