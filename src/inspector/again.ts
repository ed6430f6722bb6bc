import type { Exchange } from "../core/journal/journal.ts";
import { isHiddenIn } from "../core/journal/redact-text.ts";
import { quoted } from "../core/shell.ts";
import type { TenantView } from "../server/admin/tenants.ts";
import type { DraftCall } from "./call.ts";

/** A recorded call with the credentials that the journal hides. */
export interface Repeatable {
  readonly call: DraftCall;
  /** The credentials that were put back. */
  readonly secrets: readonly string[];
  /** Which credentials these are. */
  readonly purpose: string;
  /** Headers that are left out, because the journal hides them and they are no credentials of the tenant. */
  readonly left: readonly string[];
}

type Vendor = TenantView["vendors"][number];

/** Headers that the sender makes itself. */
const OWN =
  /^(host|content-length|connection|accept-encoding|user-agent|transfer-encoding|expect|te|upgrade|origin|referer|cookie|keep-alive|sec-.*)$/;

/**
 * The call of an exchange, complete again. Credentials come from the tenant; `own` has those that a login sends.
 * Throws an Error of one sentence if the journal does not hold enough of the call.
 */
export function repeatable(
  { request, principal = "", vendor: name }: Exchange,
  tenant: TenantView,
  own: Readonly<Record<string, unknown>>,
): Repeatable {
  const vendor = tenant.vendors.find((one) => one.name === name);
  if (!vendor) throw new Error("No vendor owns this path, so there are no credentials for it.");
  const { body, method, url } = request;
  if (body.cut) throw new Error("The journal does not hold the whole body of this call.");
  const shown = new Set([principal, ...Object.values(request.headers)]);
  const { headers = {}, values = {}, purpose = "" } = nearest(vendor, shown) ?? {};
  const secrets: string[] = [];
  const left: string[] = [];
  const sent = Object.entries(request.headers).flatMap(([header, value]): [string, string][] => {
    if (OWN.test(header)) return [];
    const found = named(headers, header) ?? (isHidden(value) ? named(own, header) : value);
    if (found === undefined) left.push(header);
    else if (isHidden(value)) secrets.push(found);
    return found === undefined ? [] : [[header, found]];
  });
  const text = body.text.replace(HIDDEN_MEMBER, (all, member: string, between: string) => {
    const found = named(own, member) ?? named(values, member);
    if (found === undefined) return all;
    secrets.push(found);
    return `${member}${between}${found}`;
  });
  if (isHidden(text) || isHidden(url)) {
    throw new Error("The journal hides a part of this call that is no credential of the tenant.");
  }
  const call = { method, path: localPath(url), headers: Object.fromEntries(sent) };
  return { call: { ...call, ...(text && { body: text }) }, secrets, purpose, left };
}

/** A hidden member of a form or of a JSON object. */
const HIDDEN_MEMBER = /(\w+)("\s*:\s*"|=)(?:\[redacted\]|%5Bredacted%5D)/gi;

const isHidden = (text: string): boolean => isHiddenIn(text) || /%5Bredacted%5D/i.test(text);

/** Requests to a proxy have a whole URL. */
const localPath = (url: string): string => url.replace(/^https?:\/\/[^/?]*/i, "");

/** The value under a name, whose case does not matter. */
function named(all: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found = Object.entries(all).find(([one]) => one.toLowerCase() === name.toLowerCase());
  return found && String(found[1]);
}

/** The credentials with the most values that the call shows. */
function nearest(
  { credentials }: Vendor,
  shown: ReadonlySet<string>,
): Vendor["credentials"][number] | undefined {
  const score = ({ values }: Vendor["credentials"][number]): number =>
    Object.values(values).filter((value) => shown.has(value)).length;
  return credentials.toSorted((a, b) => score(b) - score(a))[0];
}

/**
 * The call as a curl command. Its credentials are the variables of `environment`, which `fauxdr env` exports, or written
 * out if there is none for them.
 */
export function curlOf(
  base: string,
  { call: { method, path, headers, body }, secrets }: Repeatable,
  environment: Readonly<Record<string, string>>,
): string {
  const variables = Object.entries(environment).filter(([, value]) =>
    secrets.some((secret) => value !== "" && secret.endsWith(value)),
  );
  const word = (text: string): string => {
    const used = variables.find(([, value]) => text.includes(value));
    if (!used) return quoted(text);
    const [name, value] = used;
    const at = text.indexOf(value);
    const parts = [text.slice(0, at), text.slice(at + value.length)].map((part) =>
      part === "" ? "" : quoted(part),
    );
    return `${parts[0]}"$${name}"${parts[1]}`;
  };
  return [
    `curl -sS -X ${method} ${quoted(base + path)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${word(body)}`] : []),
  ].join(" \\\n  ");
}
