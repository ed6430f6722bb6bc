import type { AlsoDocument, AlsoOperation, AlsoSource } from "../../core/also-document.ts";
import { KitError } from "../../core/errors.ts";
import { isKnownPath } from "../../core/known-calls.ts";
import type { TenantSettings } from "../../core/tenant.ts";
import type { Vendor } from "../../core/vendor.ts";
import { readDefinition } from "../spec/definition.ts";
import { knownCallsOf } from "../spec/known-calls.ts";
import { checkDocument } from "./check-document.ts";
import { type ReadDocument, readDocument, wrongAt } from "./read-document.ts";

/** A vendor, and the calls that fauxdr serves of it. */
interface Served {
  readonly name: string;
  /** The operationId by `POST /users/{}`. */
  readonly calls: ReadonlyMap<string, string>;
  readonly owns: (path: string) => boolean;
}

/** Reads a tenant's documents. Throws a KitError of one sentence for the first thing that is wrong with them. */
export function loadDocuments(
  { also }: Pick<TenantSettings, "also">,
  vendors: readonly Vendor[],
): readonly AlsoDocument[] {
  const served = vendors.map(servedBy);
  const documents = also.map((source, index) => load(source, index, served));
  checkClashes(documents);
  return documents;
}

function servedBy(vendor: Vendor): Served {
  const { paths } = readDefinition(vendor);
  const calls = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { operationId = "" }] of Object.entries(item)) {
      calls.set(callOf(method, path), operationId);
    }
  }
  const segments = new Set(Object.keys(paths).map(firstSegment));
  const known = knownCallsOf(vendor)();
  const knownSegments = new Set(known.map((call) => firstSegment(call.path)));
  const owns = (path: string): boolean =>
    segments.has(firstSegment(path)) ||
    (knownSegments.has(firstSegment(path)) && isKnownPath(known, path.replace(/\{[^}]*\}/g, "x")));
  return { name: vendor.name, calls, owns };
}

const firstSegment = (path: string): string => path.split("/")[1] ?? "";

/** Names of parameters make no difference. */
const callOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, "{}").replace(/\/$/, "")}`;

function load(source: AlsoSource, index: number, served: readonly Served[]): AlsoDocument {
  const [, named, file = source] =
    typeof source === "string" ? (/^([a-z][a-z0-9-]*)=(.+)$/.exec(source) ?? []) : [];
  const read = readDocument(file, index);
  const operations = checkDocument(read);
  const vendor = vendorOf(read, operations, named, served);
  const calls = vendor.calls;
  const own = operations.filter(
    ({ method, path, overrides }) => overrides || !calls.has(callOf(method, path)),
  );
  const ids = new Set(calls.values());
  for (const { id, pointer, method, path } of own) {
    if (!ids.has(id) || calls.get(callOf(method, path)) === id) continue;
    throw wrongAt(
      read,
      `${pointer}/operationId`,
      `fauxdr serves another call that has the id ${id}`,
    );
  }
  return { ...read, vendor: vendor.name, operations: own };
}

function vendorOf(
  read: ReadDocument,
  operations: readonly AlsoOperation[],
  named: string | undefined,
  served: readonly Served[],
): Served {
  const mark = read.definition["x-fauxdr-vendor"];
  const name = named ?? (typeof mark === "string" ? mark : undefined);
  const owners = served.filter(({ owns }) => operations.some(({ path }) => owns(path)));
  const names = served.map((one) => one.name).join(" or ");
  const vendor = name === undefined ? owners[0] : served.find((one) => one.name === name);
  if (!vendor) {
    throw name === undefined
      ? new KitError(
          `The OpenAPI document ${read.name} does not say which vendor its calls are of: write ${names} before the file, as in ${served[0]?.name}=FILE, or add x-fauxdr-vendor to it.`,
        )
      : new KitError(
          `There is no vendor "${name}" for the OpenAPI document ${read.name}: choose ${names}.`,
        );
  }
  const other = owners.find((one) => one !== vendor);
  const strange = other && operations.find(({ path }) => other.owns(path) && !vendor.owns(path));
  if (!strange) return vendor;
  throw wrongAt(
    read,
    strange.pointer,
    `the path ${strange.path} is one of ${other.name}, not of ${vendor.name}`,
  );
}

/** Two documents, or two parts of one, cannot have the same call or the same id. */
function checkClashes(documents: readonly AlsoDocument[]): void {
  const seen = new Map<string, () => string>();
  for (const document of documents) {
    for (const { id, method, path, pointer } of document.operations) {
      for (const name of [`id ${id}`, `call ${callOf(method, path)}`]) {
        const key = `${document.vendor} ${name}`;
        const first = seen.get(key);
        if (first) throw wrongAt(document, pointer, `${first()} has the same ${name}`);
        // To find a place takes long in a large document.
        seen.set(key, () => document.placeOf(pointer));
      }
    }
  }
}
