import { createHash } from "node:crypto";
import type { Tenant } from "../../core/tenant.ts";

/** How long an address is valid. Nothing public says how long the vendor's are. */
const VALID_MS = 60 * 60 * 1000;

/** What an address is for. */
export interface Download {
  readonly action: string;
  readonly endpoint: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The last part of a new address: its purpose, its expiry, and a token. */
export function fileIdFor(action: string, endpoint: string, tenant: Tenant): string {
  const expires = tenant.clock.now() + VALID_MS;
  return `${action}-${endpoint}-${expires}-${tokenOf({ action, endpoint, expires }, tenant)}`;
}

/** The purpose of such a part. Undefined if this tenant did not create it. */
export function downloadOf(fileId: string, tenant: Tenant): Download | undefined {
  const [, action = "", endpoint = "", expiry, token] =
    /^(\d+)-(\w+)-(\d{1,16})-([\da-f]{32})$/.exec(fileId) ?? [];
  const download = { action, endpoint, expires: Number(expiry) };
  return token === tokenOf(download, tenant) ? download : undefined;
}

const tokenOf = (
  { action, endpoint, expires }: Download,
  { name, settings }: Pick<Tenant, "name" | "settings">,
): string =>
  createHash("sha256")
    .update(JSON.stringify([settings.seed, name, action, endpoint, expires]))
    .digest("hex")
    .slice(0, 32);
