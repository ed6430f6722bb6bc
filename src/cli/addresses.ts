import { KitError } from "../core/errors.ts";
import type { Settings } from "../settings/table.ts";

/** The URLs of a mock on this machine that was started with these settings. */
export function addressesOf(
  { host, port, tls, tlsPort }: Pick<Settings, "host" | "port" | "tls" | "tlsPort">,
  called: string,
): { readonly url: string; readonly tlsUrl?: string } {
  if (port === 0) {
    throw new KitError(`${called} needs the port of the running mock: set it with --port.`);
  }
  const local = /^(0\.0\.0\.0|::)$/.test(host) ? "127.0.0.1" : host;
  const name = local.includes(":") ? `[${local}]` : local;
  return { url: `http://${name}:${port}`, ...(tls && { tlsUrl: `https://${name}:${tlsPort}` }) };
}
