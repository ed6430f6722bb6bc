import { KitError, type Refusal } from "../../core/errors.ts";
import type { AppliedFault } from "../../core/faults/faults.ts";
import { isRefusal, refusalExample } from "../../core/refusal-examples.ts";
import type { RequestContext } from "../spec/request-context.ts";

/**
 * The error response that a request asks for with `Prefer: code=402`, in Prism's syntax. Undefined if it asks for no status
 * or for a success. Throws a KitError for a status that the operation does not document.
 */
export function preferredFault(context: RequestContext): AppliedFault | undefined {
  const { service, api, tenant, request, route } = context;
  const code = /(?:^|[,;\s])code\s*=\s*"?(\d{3})(?!\d)/i.exec(request.headers["prefer"] ?? "")?.[1];
  if (!route || code === undefined) return undefined;
  const causes = api.causes(route.id)[code];
  if (!causes) {
    const known = Object.keys(api.causes(route.id)).join(", ");
    throw new KitError(
      `${route.id} documents no status ${code}. Prefer: code= takes one of ${known}.`,
    );
  }
  if (causes.includes("ok")) return undefined;
  const asked = { why: `asks for Prefer: code=${code}`, action: route.id, ...request };
  const statusOf = (kind: Refusal["kind"]): number =>
    service.refuse(refusalExample(kind, asked), tenant, route.id).status;
  const refusal = causes.filter(isRefusal).find((kind) => statusOf(kind) === Number(code));
  if (!refusal) throw new KitError(`${route.id} has no error response with status ${code}.`);
  return { rule: "Prefer", fault: { kind: "refusal", refusal }, delayMs: 0 };
}
