import type { AlsoDocument } from "../../core/also-document.ts";
import { KitError, type Problem, type Refusal, VendorError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Operation, Service } from "../../core/vendor.ts";
import type { Api, Route } from "../spec/api.ts";
import { UNMATCHED } from "../spec/definition.ts";
import { compileDocument, type Document, type DocumentedOperation } from "../spec/openapi.ts";
import { definitionOf } from "./definition.ts";
import { answerFrom } from "./reply.ts";

/** A document of the user's own, loaded, with its operations. */
interface Loaded {
  readonly own: AlsoDocument;
  readonly document: Document;
  readonly operations: Readonly<Record<string, Operation>>;
}

const loaded = new WeakMap<AlsoDocument, Promise<Loaded>>();
const joined = new WeakMap<Api, WeakMap<readonly AlsoDocument[], Promise<Api>>>();

/** A vendor's API with the calls of the tenant's own documents beside those that fauxdr serves. */
export function withDocuments(
  base: Api,
  service: Service,
  { documents }: Pick<Tenant, "documents">,
): Promise<Api> {
  const known = joined.get(base) ?? new WeakMap<readonly AlsoDocument[], Promise<Api>>();
  joined.set(base, known);
  const own = documents.filter(({ vendor }) => vendor === service.name);
  const made =
    known.get(documents) ??
    Promise.all(own.map((one) => load(one, service))).then((all) => join(base, all));
  known.set(documents, made);
  return made;
}

function load(own: AlsoDocument, service: Service): Promise<Loaded> {
  const known = loaded.get(own);
  if (known) return known;
  const operations = Object.fromEntries(
    own.operations.map((operation) => [operation.id, answerFrom(own, operation)]),
  );
  const made = compileDocument(service, [], definitionOf(own)).then((document) => ({
    own,
    document,
    operations,
  }));
  loaded.set(own, made);
  return made;
}

function join(base: Api, all: readonly Loaded[]): Api {
  const ownerOf = (id: string | undefined): Loaded | undefined =>
    id === undefined ? undefined : all.find(({ operations }) => Object.hasOwn(operations, id));
  const documentOf = (id: string | undefined): Document => ownerOf(id)?.document ?? base;
  const routes = new Map<string, Route>();
  const find = (method: string, path: string): Route | undefined => {
    for (const one of all) {
      const found = one.document.match(method, path);
      if ("kind" in found) continue;
      const route = routes.get(found.id) ?? routeOf(found, one);
      routes.set(found.id, route);
      return route;
    }
    return undefined;
  };
  const overriding = new Set(
    all.flatMap(({ own }) =>
      own.operations.filter(({ overrides }) => overrides).map(({ id }) => id),
    ),
  );
  return {
    ...base,
    match: (method, path) => {
      const served = base.match(method, path);
      if ("kind" in served) return find(method, path) ?? served;
      const found = overriding.size > 0 ? find(method, path) : undefined;
      return found && overriding.has(found.id) ? found : served;
    },
    causes: (id) => documentOf(id).causes(id),
    schemaOf: (id, reply) => documentOf(id).schemaOf(id, reply),
    basis: (id, status, cause) => documentOf(id).basis(id, status, cause),
    drifts: (id, reply) => documentOf(id).drifts(id, reply),
    check: (id, reply) => {
      const owner = ownerOf(id);
      if (!owner) return base.check(id, reply);
      // The vendor's own error response, such as the one for bad credentials. The document need not list it.
      if (reply.cause !== "ok") {
        return base.basis(UNMATCHED, reply.status, reply.cause) ?? "assumed";
      }
      const [problem] = owner.document.drifts(id, reply);
      if (!problem) return "yours";
      const { operations, placeOf } = owner.own;
      const pointer = operations.find((one) => one.id === id)?.pointer ?? "";
      throw new KitError(
        `${placeOf(`${pointer}/responses/${reply.status}`)}: its example, or the value made from its schema, does not fit: ${problem.what}. Change the example, or add one`,
      );
    },
  };
}

/** The findings on such a request name the user's document, not the vendor's. */
const routeOf = (found: DocumentedOperation, { own, operations }: Loaded): Route => ({
  ...found,
  run: operations[found.id] as Operation,
  validate: (request) => {
    try {
      return found.validate(request);
    } catch (error) {
      throw error instanceof VendorError ? new VendorError(yours(error.refusal, own.name)) : error;
    }
  },
});

function yours(refusal: Refusal, source: string): Refusal {
  const own = (problem: Problem): Problem => ({ ...problem, basis: "yours", source });
  switch (refusal.kind) {
    case "not-an-object":
      return { ...refusal, problem: own(refusal.problem) };
    case "invalid":
      return {
        ...refusal,
        problem: own(refusal.problem),
        ...(refusal.others && { others: refusal.others.map(own) }),
      };
    default:
      return refusal;
  }
}
