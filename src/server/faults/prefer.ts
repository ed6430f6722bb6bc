import { KitError, type Refusal } from "../../core/errors.ts";
import type { Strike } from "../../core/faults/faults.ts";
import { exampleOf, isRefusal } from "../../core/refusal-examples.ts";
import { type Question, routeOf } from "../answer.ts";

/**
 * The refusal that a request asks for with `Prefer: code=402`, as Prism has it. Nothing where it asks for no status, or
 * for one of success. Throws a KitError for a status that the operation does not document.
 */
export function preferred(question: Question): Strike | undefined {
  const { service, api, tenant, request, match } = question;
  const route = routeOf(match);
  const code = /(?:^|[,;\s])code\s*=\s*"?(\d{3})(?!\d)/i.exec(request.headers["prefer"] ?? "")?.[1];
  if (!route || code === undefined) return undefined;
  const causes = api.causes(route.id)[code];
  if (!causes) {
    const known = Object.keys(api.causes(route.id)).join(", ");
    throw new KitError(`${route.id} documents no reply ${code} that could be preferred: ${known}.`);
  }
  if (causes.includes("ok")) return undefined;
  const asked = { why: `asked for with Prefer: code=${code}`, action: route.id, ...request };
  const statusOf = (kind: Refusal["kind"]): number =>
    service.refuse(exampleOf(kind, asked), tenant, route.id).status;
  const refusal = causes.filter(isRefusal).find((kind) => statusOf(kind) === Number(code));
  if (!refusal) throw new KitError(`${route.id} answers ${code} to no refusal.`);
  return { rule: "Prefer", fault: { kind: "refusal", refusal }, delayMs: 0 };
}
