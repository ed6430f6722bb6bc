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
  /** Where the source can be opened, if it can. */
  readonly url?: string;
  /** Whether the call needs credentials. */
  readonly secured: boolean;
  readonly parameters: readonly Parameter[];
  /** Only if the call has a body. */
  readonly contentType?: string;
  /** The sample bodies. */
  readonly requests: readonly unknown[];
  readonly replies: readonly Reply[];
  readonly samples: readonly { readonly name: string; readonly text: string }[];
}

/** A parameter in the path, the query or a header. */
export interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly example: unknown;
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
  const parametersOf = (nodes: unknown): Parameter[] =>
    ((nodes ?? []) as readonly unknown[]).map(follow).map((node) => ({
      in: String(node["in"]),
      name: String(node["name"]),
      required: node["required"] === true,
      example: node["example"],
    }));
  const described = (
    path: string,
    method: string,
    operation: Json,
    shared: unknown,
  ): DocumentedOperation => {
    const id = String(operation["operationId"]);
    const body = follow(operation["requestBody"]);
    const [contentType] = Object.keys((body["content"] ?? {}) as object);
    const { length: schemes } = (operation["security"] ?? document["security"] ?? []) as unknown[];
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
      ...(typeof source["url"] === "string" && { url: source["url"] }),
      secured: schemes > 0,
      parameters: [...parametersOf(shared), ...parametersOf(operation["parameters"])],
      ...(contentType !== undefined && { contentType }),
      requests: samplesIn(body["content"]).map(({ value }) => value),
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
      .map(([method, operation]) => described(path, method, operation as Json, item["parameters"])),
  );
}

export const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
