import type { LedgerRow } from "../core/ledger.ts";

/** An operation of a vendor's document. */
export interface DocumentedOperation {
  readonly vendor: string;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly basis: string;
  readonly source: string;
  /** Only if the call has a body. */
  readonly contentType?: string;
  /** A sample body. */
  readonly request: string;
  readonly replies: readonly Reply[];
  readonly samples: readonly { readonly name: string; readonly text: string }[];
}

interface Reply extends Pick<LedgerRow, "cause" | "basis"> {
  readonly status: number;
}

type Json = Readonly<Record<string, unknown>>;

const METHODS = ["get", "post", "put", "delete"];

/** The operations of a vendor's document, each with its replies from the ledger. */
export function operationsOf(
  vendor: string,
  document: Json,
  ledger: readonly LedgerRow[],
): DocumentedOperation[] {
  const follow = (node: unknown): Json => {
    const reference = (node as Json | undefined)?.["$ref"];
    if (typeof reference !== "string") return (node ?? {}) as Json;
    const steps = reference.slice("#/".length).split("/");
    return steps.reduce<Json>((found, step) => (found[step] ?? {}) as Json, document);
  };
  const samplesIn = (content: unknown): { name: string; value: unknown }[] =>
    Object.values((content ?? {}) as Record<string, Json>).flatMap((media) => [
      ...("example" in media ? [{ name: "sample", value: media["example"] }] : []),
      ...Object.entries((media["examples"] ?? {}) as Record<string, unknown>).map(
        ([name, example]) => ({ name, value: follow(example)["value"] }),
      ),
    ]);
  const described = (path: string, method: string, operation: Json): DocumentedOperation => {
    const id = String(operation["operationId"]);
    const body = follow(operation["requestBody"]);
    const [contentType] = Object.keys((body["content"] ?? {}) as object);
    const [first] = samplesIn(body["content"]);
    const basis = operation["x-basis"];
    const source = follow({ $ref: `#/info/x-sources/${operation["x-source"]}` });
    return {
      vendor,
      id,
      method: method.toUpperCase(),
      path,
      summary: String(operation["summary"] ?? ""),
      basis: typeof basis === "string" ? basis : String(Object.values((basis ?? {}) as Json)[0]),
      source: String(source["title"] ?? ""),
      ...(contentType !== undefined && { contentType }),
      request: first ? textOf(first.value) : "",
      replies: ledger.flatMap(({ vendor: of, operation: on, status, cause, basis: sure }) =>
        of === vendor && on === id && status !== undefined ? [{ status, cause, basis: sure }] : [],
      ),
      samples: Object.entries((operation["responses"] ?? {}) as Json).flatMap(
        ([status, response]) =>
          samplesIn(follow(response)["content"]).map(({ name, value }) => ({
            name: `${status} ${name}`,
            text: textOf(value),
          })),
      ),
    };
  };
  return Object.entries((document["paths"] ?? {}) as Record<string, Json>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => described(path, method, operation as Json)),
  );
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
