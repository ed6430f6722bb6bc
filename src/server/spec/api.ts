import { KitError, type Refusal } from "../../core/errors.ts";
import type { Reply } from "../../core/reply.ts";
import type { Operation, Service } from "../../core/vendor.ts";
import { type WireSettings, wireWords } from "../../core/wire-words.ts";
import { readDefinition, UNMATCHED } from "./definition.ts";
import { type Document, type DocumentedOperation, loadDocument } from "./openapi.ts";

/** One operation of a document, ready to run. */
export interface Route extends DocumentedOperation {
  readonly run: Operation;
}

/** A service's document in one wire form, with its operations behind it. */
export interface Api extends Document {
  match(method: string, path: string): Route | Refusal;
  /** The basis of a reply. Throws a KitError if the reply does not match the document: that is a bug of ours. */
  check(operation: string | undefined, reply: Reply): string;
}

/** Joins a service's operations to its document. Rejects with a KitError if they do not match. */
export async function loadApi(service: Service, settings: WireSettings): Promise<Api> {
  const words = wireWords(service.settings ?? {}, settings);
  const document = await loadDocument(service, words, readDefinition(service));
  const routes = new Map<string, Route>();
  return {
    ...document,
    match: (method, path) => {
      const found = document.match(method, path);
      if ("kind" in found) return found;
      const known = routes.get(found.id);
      if (known) return known;
      const route: Route = { ...found, run: service.operations[found.id] as Operation };
      routes.set(found.id, route);
      return route;
    },
    check: (id = UNMATCHED, reply) => {
      const [problem] = document.drifts(id, reply);
      const basis = document.basis(id, reply.status, reply.cause);
      if (!problem && basis !== undefined) return basis;
      const what = problem?.what ?? `the spec has no basis for the cause "${reply.cause}"`;
      throw new KitError(`${service.name} ${id} answered ${reply.status}, but ${what}`);
    },
  };
}
