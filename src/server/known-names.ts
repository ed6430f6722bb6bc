import { readFileSync } from "node:fs";
import type { AlsoDocument } from "../core/also-document.ts";
import type { Known } from "../core/journal/secret-names.ts";
import type { Service } from "../core/vendor.ts";

type Services = readonly Pick<Service, "spec">[];

const found = new WeakMap<Services, Known>();

/**
 * The names in the documents of the services, and in the user's own. Their values are not secret, unless the name says
 * so. A document of the user's own may have examples in place of schemas, so all its names count.
 */
export function knownNames(services: Services, documents: readonly AlsoDocument[] = []): Known {
  if (documents.length > 0) return namesIn(services, documents);
  const known = found.get(services) ?? namesIn(services, documents);
  found.set(services, known);
  return known;
}

function namesIn(services: Services, documents: readonly AlsoDocument[]): Known {
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
  for (const { definition, operations } of documents) {
    walk(definition);
    addKeys(definition, fields);
    for (const segment of operations.flatMap(({ path }) => path.split("/"))) segments.add(segment);
  }
  return { headers, parameters, fields, keyIds, segments };
}

function addKeys(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const isList = Array.isArray(node);
  for (const name in node) {
    if (!isList) names.add(name);
    addKeys((node as Readonly<Record<string, unknown>>)[name], names);
  }
}
