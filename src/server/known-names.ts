import { readFileSync } from "node:fs";
import type { Known } from "../core/journal/secret-names.ts";
import type { Service } from "../core/vendor.ts";

type Services = readonly Pick<Service, "spec">[];

const found = new WeakMap<Services, Known>();

/** The names in the documents of the services. Their values are not secret, unless the name says so. */
export function knownNames(services: Services): Known {
  const known = found.get(services) ?? namesIn(services);
  found.set(services, known);
  return known;
}

function namesIn(services: Services): Known {
  const headers = new Set<string>();
  const parameters = new Set<string>();
  const fields = new Set<string>();
  const keyIds = new Set<string>();
  const segments = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) return void node.forEach(walk);
    const { properties, in: place, name, type } = node as Readonly<Record<string, unknown>>;
    if (typeof properties === "object" && properties !== null) {
      for (const field of Object.keys(properties)) fields.add(field);
    }
    if (typeof name === "string") {
      if (place === "query") parameters.add(name);
      if (place === "header") (type === "apiKey" ? keyIds : headers).add(name.toLowerCase());
    }
    Object.values(node).forEach(walk);
  };
  for (const { spec } of services) {
    const document = JSON.parse(readFileSync(spec, "utf8")) as { readonly paths?: object };
    walk(document);
    for (const path of Object.keys(document.paths ?? {})) {
      for (const segment of path.split("/")) segments.add(segment);
    }
  }
  return { headers, parameters, fields, keyIds, segments };
}
