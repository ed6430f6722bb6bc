import { type Operation as Matched, OpenAPIBackend, OpenAPIValidator } from "openapi-backend";
import { parseTime } from "../../core/clock.ts";
import type { Problem, Refusal } from "../../core/errors.ts";
import { knownCall } from "../../core/known-calls.ts";
import { nearest } from "../../core/nearest.ts";
import type { Reply } from "../../core/reply.ts";
import type { Service, WireRequest } from "../../core/vendor.ts";
import { compiledChecks } from "./compiled.ts";
import type { CompiledChecks } from "./compiled-table.ts";
import { type Definition, inWireForm, UNMATCHED } from "./definition.ts";
import { knownCallsOf } from "./known-calls.ts";
import { isAddition, nearestErrors } from "./nearest-errors.ts";
import type { SchemaError } from "./schema-error.ts";
import {
  type Declared,
  type Parameter,
  type Validated,
  type Validator,
  validation,
} from "./validate.ts";

/** One operation of a document. */
export interface DocumentedOperation {
  readonly id: string;
  readonly secured: boolean;
  /** The reply may be compressed: the document lets the client ask for it. */
  readonly compressible: boolean;
  /** If false, the body of a request is ignored. */
  readonly takesBody: boolean;
  /** The checked parts of a request, or a VendorError that names what is wrong. */
  readonly validate: (request: WireRequest) => Validated;
}

/** How a reply differs from its document. An addition is a member that the document does not have. */
export interface Drift extends Problem {
  readonly isAddition?: boolean;
}

/** A service's document in one wire form. */
export interface Document {
  match(method: string, path: string): DocumentedOperation | Refusal;
  /** Whether a request that matches nothing needs credentials to learn that. */
  readonly secured: boolean;
  /** The documented causes of an operation's replies, by status. */
  causes(operation: string): Readonly<Record<string, readonly string[]>>;
  /** The schema of a reply's value. */
  schemaOf(operation: string | undefined, reply: Reply): unknown;
  /** The basis of a reply with this status and cause. Undefined if the document does not list the cause. */
  basis(operation: string, status: number, cause: string): string | undefined;
  /** How a reply differs from the document, apart from its cause. Empty if it matches. */
  drifts(operation: string | undefined, reply: Reply): readonly Drift[];
}

interface Response {
  readonly content?: Record<string, { readonly schema?: unknown }>;
  readonly "x-causes"?: Record<string, { readonly basis?: unknown }>;
}

/** @public scripts/compiled-checks.mjs compiles checks with it. */
export const UUID: RegExp = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const AJV = {
  validateSchema: false,
  meta: false,
  // Optimizing takes a large part of the compile time, and most validators run only a few times.
  code: { optimize: false },
  formats: { "date-time": (text: string) => parseTime(text) !== undefined, uuid: UUID },
} as const;

/** Only whether a subject is valid: describing errors is a third of the code that is compiled. */
const QUICK = { ...AJV, messages: false } as const;

const loaded = new Map<string, Promise<Document>>();

/** Loads a service's document, once in a process: loading takes long, and a document holds nothing of a server. */
export function loadDocument(
  service: Pick<Service, "spec">,
  words: readonly string[],
  definition: Definition,
): Promise<Document> {
  const key = `${words.join(" ")} ${service.spec.href}`;
  const document =
    loaded.get(key) ??
    compileDocument(service, words, definition, compiledChecks(service.spec, words));
  loaded.set(key, document);
  return document;
}

/** Makes a document ready to match and check. The only place that knows openapi-backend. */
export async function compileDocument(
  service: Pick<Service, "spec">,
  words: readonly string[],
  definition: Definition,
  compiled?: CompiledChecks,
): Promise<Document> {
  const backend = new OpenAPIBackend({
    // biome-ignore lint/suspicious/noExplicitAny: the package types definitions with `any`
    definition: inWireForm(definition, words) as any,
    // The build checks the documents. Checking them at every start as well takes half a second.
    quick: true,
    strict: true,
    ajvOpts: QUICK,
  });
  await backend.init();
  const { router, validator } = backend;
  const explaining = new Map<boolean, OpenAPIValidator>();
  /** A validator that describes the first error, or every one. Created at the first invalid request or reply. */
  const explainingValidator = (allErrors: boolean): OpenAPIValidator => {
    const { definition } = backend;
    // With `verbose`, errors contain their schema, which has the basis.
    const ajvOpts = { ...AJV, verbose: true, allErrors };
    const options = { definition, ajvOpts, router, lazyCompileValidators: true };
    const made = explaining.get(allErrors) ?? new OpenAPIValidator(options);
    explaining.set(allErrors, made);
    return made;
  };
  const operations = router.getOperations();
  // Otherwise the router flattens the document again at every match.
  router.getOperations = () => operations;
  const secured = (backend.definition.security ?? []).length > 0;

  const byId = new Map<string, Matched>();
  const responses = new Map<string, Readonly<Record<string, Response>>>();
  const documented = new Map<string, DocumentedOperation>();
  /** Operations without path parameters, by path and method. For these the router would search all operations. */
  const exact = new Map<string, Map<string, DocumentedOperation>>();
  for (const operation of operations) {
    const id = operation.operationId ?? "";
    byId.set(id, operation);
    responses.set(id, (operation.responses ?? {}) as Readonly<Record<string, Response>>);
    if (id === UNMATCHED) continue;
    const own: DocumentedOperation = {
      id,
      secured: (operation.security ?? []).length > 0,
      compressible: parametersOf(operation).some(({ name }) => name === "Accept-Encoding"),
      takesBody: operation.requestBody !== undefined,
      validate: validation(
        operation as Declared,
        () => compiled?.requests[id]?.() ?? checksOf(validator, id),
        (allErrors) => checksOf(explainingValidator(allErrors), id),
      ),
    };
    documented.set(id, own);
    if (operation.path.includes("{")) continue;
    const methods = exact.get(operation.path) ?? new Map<string, DocumentedOperation>();
    exact.set(operation.path, methods.set(operation.method.toUpperCase(), own));
  }

  const knownCalls = knownCallsOf(service);

  const methodsAt = (path: string): string[] =>
    [...new Set(operations.map(({ method }) => method))].filter((method) =>
      router.matchOperation({ path, method, headers: {} }),
    );

  const replyChecks = new Map<Matched, Map<number, Validator | undefined>>();
  /** Compiled when a status is first sent: an operation lists up to ten, and most are never sent in a run. */
  const replyCheck = (operation: Matched, status: number): Validator | undefined => {
    const checks = replyChecks.get(operation) ?? new Map<number, Validator | undefined>();
    if (!checks.has(status)) {
      const known = compiled?.replies[`${operation.operationId} ${status}`]?.();
      const check = known ?? replyCheckOf(validator, operation, status);
      replyChecks.set(operation, checks.set(status, check));
    }
    return checks.get(status);
  };
  /** Every error of a reply that failed the quick check. */
  const errorsIn = (operation: Matched, { status, value }: Reply): readonly SchemaError[] => {
    const check = replyCheckOf(explainingValidator(true), operation, status);
    return (!check?.(value) && check?.errors) || [];
  };

  const basis = (id: string, status: number, cause: string): string | undefined => {
    const found = responses.get(id)?.[status]?.["x-causes"]?.[cause]?.basis;
    return typeof found === "string" ? found : undefined;
  };

  const drifts = (id = UNMATCHED, reply: Reply): readonly Drift[] => {
    const operation = byId.get(id);
    const response = responses.get(id)?.[reply.status];
    if (!operation || !response) {
      return [{ where: "status", what: "the spec does not list this status" }];
    }
    const end = reply.contentType.indexOf(";");
    const mediaType = end < 0 ? reply.contentType : reply.contentType.slice(0, end);
    const empty = reply.value === undefined && !reply.text && !reply.events && !reply.pieces;
    if (response.content ? !(mediaType in response.content) : !empty) {
      const what = `the spec does not list the media type "${mediaType}" for this status`;
      return [{ where: "header/content-type", what }];
    }
    if (reply.value === undefined || replyCheck(operation, reply.status)?.(reply.value)) return [];
    return nearestErrors(errorsIn(operation, reply)).map((error) => {
      const { instancePath: where, message } = error;
      const what = `the body does not match the spec: ${where} ${message}`;
      return { where, what, isAddition: isAddition(error) };
    });
  };

  return {
    secured,
    match: (method, path) => {
      const same = exact.get(path)?.get(method);
      if (same) return same;
      const found = router.matchOperation({ path, method, headers: {} });
      const own = found && documented.get(found.operationId ?? "");
      if (own) return own;
      const known = knownCall(knownCalls(), method, path);
      if (known) {
        const { what, basis, source } = known;
        return { kind: "not-served", method, path, what, basis, source };
      }
      const allowed = methodsAt(path).map((name) => name.toUpperCase());
      if (allowed.length > 0) return { kind: "wrong-method", method, path, allowed };
      const calls = operations
        .filter(({ operationId }) => operationId !== UNMATCHED)
        .map((operation) => `${operation.method.toUpperCase()} ${operation.path}`);
      return { kind: "no-operation", method, path, nearest: nearest(`${method} ${path}`, calls) };
    },
    causes: (id) =>
      Object.fromEntries(
        Object.entries(responses.get(id) ?? {}).map(([status, response]) => [
          status,
          Object.keys(response["x-causes"] ?? {}),
        ]),
      ),
    schemaOf: (id = UNMATCHED, { status, contentType }) =>
      responses.get(id)?.[status]?.content?.[contentType]?.schema,
    basis,
    drifts,
  };
}

const parametersOf = (operation: Matched): Parameter[] =>
  (operation.parameters ?? []) as Parameter[];

function replyCheckOf(
  validator: OpenAPIValidator,
  operation: Matched,
  status: number,
): Validator | undefined {
  const one = { ...operation, responses: { [status]: operation.responses?.[status] } } as Matched;
  return validator.buildStatusBasedResponseValidatorForOperation(one)?.[status] as
    | Validator
    | undefined;
}

/** openapi-backend compiles them at the first call and keeps them. */
const checksOf = (validator: OpenAPIValidator, id: string): readonly Validator[] =>
  (validator.getRequestValidatorsForOperation(id) ?? []) as Validator[];
