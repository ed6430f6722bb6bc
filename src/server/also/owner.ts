import type { AlsoDocument } from "../../core/also-document.ts";
import { isKnownPath } from "../../core/known-calls.ts";
import type { Vendor, WireRequest } from "../../core/vendor.ts";

/** The vendor to which one of the documents adds the path. The credentials decide between two of them. */
export function ownerByDocument(
  request: WireRequest,
  documents: readonly AlsoDocument[],
  vendors: readonly Vendor[],
): Vendor | undefined {
  const adding = documents.filter(({ operations }) => isKnownPath(operations, request.path));
  const owners = vendors.filter(({ name }) => adding.some(({ vendor }) => vendor === name));
  return owners.find(({ claim }) => claim(request) !== undefined) ?? owners[0];
}
