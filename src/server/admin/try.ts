import { VendorError } from "../../core/errors.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { json } from "../../core/reply.ts";
import type { Example, Operation, Vendor } from "../../core/vendor.ts";
import type { AdminHandles } from "./context.ts";
import type { OnTenant } from "./on-tenant.ts";

/** The calls of one action: what created it, and what asked for its state. */
export interface RelatedView {
  /** The action's id. Undefined if the call has to do with none. */
  readonly action?: string;
  /** The ids of these calls, the given one included, oldest first. */
  readonly requests: readonly number[];
}

/** The operations that help a person who tries calls: what to send, and which calls belong together. */
export function tryOperations(
  { vendors }: AdminHandles,
  { onTenant }: OnTenant,
): Record<string, Operation> {
  return {
    getExample: onTenant((_handle, { params }, tenant) => {
      const { vendor: name = "", operation = "" } = params;
      const vendor = vendors.find((one) => one.name === name);
      if (!vendor) throw new VendorError({ kind: "not-found", what: "vendor", id: name });
      if (!Object.hasOwn(vendor.operations, operation)) {
        throw new VendorError({ kind: "not-found", what: "operation", id: operation });
      }
      const example: Example = vendor.exampleOf?.(operation, tenant) ?? { values: {} };
      return json(example);
    }),
    listRelated: onTenant(({ journal }, { params }) => {
      const id = params["request"] ?? "";
      const entries = journal.entries();
      const one = entries.find((exchange) => String(exchange.id) === id);
      if (!one) throw new VendorError({ kind: "not-found", what: "request", id });
      return json(relatedTo(one, entries, vendors));
    }),
  };
}

function relatedTo(
  one: Exchange,
  entries: readonly Exchange[],
  vendors: readonly Vendor[],
): RelatedView {
  const contract = vendors.find(({ name }) => name === one.vendor)?.contract;
  const actionOf = (exchange: Exchange): string | undefined =>
    contract?.createdBy(exchange) ?? contract?.progressOf(exchange)?.action;
  const action = actionOf(one);
  if (action === undefined) return { requests: [one.id] };
  const requests = entries.filter(
    (exchange) =>
      exchange.vendor === one.vendor && names(exchange, action) && actionOf(exchange) === action,
  );
  return { action, requests: requests.map(({ id }) => id) };
}

/** Checked first, because it is quicker than reading the bodies. */
const names = ({ request, reply }: Exchange, action: string): boolean =>
  reply?.body.text.includes(action) ||
  request.body.text.includes(action) ||
  request.url.includes(action);
