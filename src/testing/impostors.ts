import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Impostor, ImpostorKind } from "../contract/target.ts";
import { type Made, makeCertificate } from "../server/wire/certificates.ts";

/** Servers that a client must not take for the vendor's. */
export interface Impostors {
  /** The CA certificate (PEM) of the server with a wrong name. Clients must trust it, or they would refuse too early. */
  readonly ca: string;
  open(kind: ImpostorKind): Promise<Impostor>;
}

export async function createImpostors(host: string): Promise<Impostors> {
  const made: Readonly<Record<ImpostorKind, Made>> = {
    "unknown-ca": await makeCertificate([host]),
    "wrong-name": await makeCertificate(["elsewhere.invalid"]),
  };
  return { ca: made["wrong-name"].ca, open: (kind) => open(host, made[kind], TRUST[kind]) };
}

/** Python's requests checks certificates where one of these names a file, even if a client tells it not to. */
const TRUST: Readonly<Record<ImpostorKind, Readonly<Record<string, string>>>> = {
  "unknown-ca": { REQUESTS_CA_BUNDLE: "", CURL_CA_BUNDLE: "" },
  "wrong-name": {},
};

async function open(
  host: string,
  { cert, key }: Made,
  environment: Impostor["environment"],
): Promise<Impostor> {
  const seen = { connections: 0, requests: 0 };
  const server = createServer({ cert, key }, (_, res) => {
    seen.requests++;
    res.writeHead(503).end();
  });
  server.on("connection", () => seen.connections++);
  // A client that refuses the certificate breaks off.
  server.on("tlsClientError", () => {});
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    environment,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      return seen;
    },
  };
}
