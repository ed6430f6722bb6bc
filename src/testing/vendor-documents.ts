import { readFileSync } from "node:fs";
import type { DocumentCheck, ProbeDrift } from "../contract/probe.ts";
import { pointerOf } from "../contract/shape.ts";
import type { Basis } from "../core/basis.ts";
import type { Probe } from "../core/contract.ts";
import { json, type Reply, text } from "../core/reply.ts";
import { WIRE_FORMS, type WireForm } from "../core/tenant.ts";
import type { Vendor } from "../core/vendor.ts";
import { type Api, loadApi } from "../server/spec/api.ts";
import { UNMATCHED } from "../server/spec/definition.ts";

/** Loads a vendor's document, to check replies of other servers with the code that checks fauxdr's own. */
export async function loadVendorDocument(vendor: Vendor): Promise<DocumentCheck> {
  const apis = new Map<WireForm, Api>();
  for (const wire of WIRE_FORMS) apis.set(wire, await loadApi(vendor, { wire }));
  const names = namesIn(JSON.parse(readFileSync(vendor.spec, "utf8")));
  return {
    vendor: vendor.name,
    names,
    drifts: (probe, reply, wire) => driftsIn(apis.get(wire) as Api, probe, reply, names),
  };
}

type Seen = Parameters<DocumentCheck["drifts"]>[1];

function driftsIn(
  api: Api,
  { operation, causes }: Probe,
  seen: Seen,
  names: ReadonlySet<string>,
): readonly ProbeDrift[] {
  const id = operation ?? UNMATCHED;
  const listed = Object.entries(api.causes(id)).flatMap(([status, own]) =>
    causes.filter((cause) => own.includes(cause)).map((cause) => ({ status, cause })),
  );
  const meant = listed.find(({ status }) => status === String(seen.status));
  const { status, cause } = meant ?? listed[0] ?? { status: "", cause: "" };
  const basis = (api.basis(id, Number(status), cause) ?? "assumed") as Basis;
  if (!meant) {
    const right = [...new Set(listed.map(({ status }) => status))].join(" or ");
    return [{ where: "status", what: `is ${seen.status}, but must be ${right}`, basis }];
  }
  if (seen.contentType.endsWith("json") && !("value" in seen)) {
    return [{ where: "body", what: "is declared as JSON, but is not valid JSON", basis }];
  }
  const found = new Map<string, ProbeDrift>();
  for (const problem of api.drifts(operation, asReply(seen, meant.cause))) {
    const where = pointerOf(problem.where, names);
    const what = problem.what.replaceAll(problem.where, where);
    // Rows of a list that are wrong in the same way are reported once.
    const key = what.replace(/\/\d+/g, "/*");
    if (!found.has(key))
      found.set(key, { where, what, basis, isAddition: problem.isAddition === true });
  }
  return [...found.values()];
}

function asReply({ status, contentType, text: body, ...seen }: Seen, cause: string): Reply {
  return "value" in seen
    ? { ...json(seen.value, { status, cause }), contentType }
    : text(body, contentType, { status, cause });
}

/** The names of all members in a document's schemas. */
function namesIn(node: unknown, names: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof node !== "object" || node === null) return names;
  for (const [key, child] of Object.entries(node)) {
    if (key === "properties") for (const name of Object.keys(child as object)) names.add(name);
    namesIn(child, names);
  }
  return names;
}
