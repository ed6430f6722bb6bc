import type { ProbeDrift } from "../contract/probe.ts";
import type { Probe } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import { WIRE_FORMS } from "../core/tenant.ts";
import type { Vendor } from "../core/vendor.ts";
import type { RecordedCall } from "../recording/har.ts";
import { loadApi } from "../server/spec/api.ts";
import { readApis } from "../server/spec/apis.ts";
import { loadVendorDocument } from "./vendor-documents.ts";

/** A reply to a call that fauxdr serves, compared with the vendor's document. */
export interface ComparedReply {
  readonly operation: string;
  readonly status: number;
  /** How it differs from the wire form that it is nearer to. Empty if it fits. */
  readonly drifts: readonly ProbeDrift[];
}

/** The calls of a recording, by what becomes of them. */
export interface SortedCalls {
  readonly vendor: Vendor;
  readonly unserved: readonly RecordedCall[];
  readonly compared: readonly ComparedReply[];
  /** Calls of no vendor, or of another one. */
  readonly others: readonly RecordedCall[];
}

/**
 * Finds the calls that fauxdr does not serve, and compares the replies to all others. `chosen` also takes the calls of no
 * vendor. Throws a KitError where the vendor is not clear.
 */
export async function sortCalls(
  calls: readonly RecordedCall[],
  vendors: readonly Vendor[],
  chosen: Vendor | undefined,
): Promise<SortedCalls> {
  const apis = readApis(vendors);
  const owner = (call: RecordedCall): Vendor | undefined =>
    vendors.find((one) => one === apis.ownerOf(call.url.pathname));
  const vendor =
    chosen ?? theOne([...new Set(calls.flatMap((call) => owner(call) ?? []))], vendors);
  const own = calls.filter((call) => (owner(call) ?? chosen) === vendor);
  const api = await loadApi(vendor, { wire: "document" });
  const document = await loadVendorDocument(vendor);
  const unserved: RecordedCall[] = [];
  const compared: ComparedReply[] = [];
  for (const call of own) {
    const match = api.match(call.method, call.url.pathname);
    if ("kind" in match) {
      unserved.push(call);
      continue;
    }
    const { status, mimeType, text } = call.reply;
    const causes = Object.values(api.causes(match.id)).flat();
    const probe = { operation: match.id, causes } as Pick<Probe, "operation" | "causes"> as Probe;
    const reply = { status, contentType: mimeType, text, ...parsed(text, mimeType) };
    const drifts = WIRE_FORMS.map((wire) => document.drifts(probe, reply, wire));
    const [nearest = []] = drifts.toSorted((one, other) => weight(one) - weight(other));
    compared.push({ operation: match.id, status, drifts: nearest });
  }
  return { vendor, unserved, compared, others: calls.filter((call) => !own.includes(call)) };
}

function theOne(found: readonly Vendor[], vendors: readonly Vendor[]): Vendor {
  const [first, second] = found;
  const names = (all: readonly Vendor[]): string => all.map(({ name }) => name).join(" and ");
  if (!first) {
    throw new KitError(
      `The recording has no call of ${names(vendors)}: say with --vendor whose calls they are.`,
    );
  }
  if (second) {
    throw new KitError(`The recording has calls of ${names(found)}: choose one with --vendor.`);
  }
  return first;
}

/** Additions count least: clients must accept them. */
const weight = (drifts: readonly ProbeDrift[]): number =>
  drifts.reduce((sum, { isAddition }) => sum + (isAddition ? 1 : 1000), 0);

function parsed(text: string, mimeType: string): { readonly value?: unknown } {
  if (!/[/+]json$/.test(mimeType)) return {};
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return {};
  }
}
