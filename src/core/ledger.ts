import { WIRE_FORMS, type WireForm } from "./tenant.ts";
import type { Vendor } from "./vendor.ts";
import { wireWords } from "./wire-words.ts";

/** One reply or behaviour of a vendor's mock, and how sure it is. */
export interface LedgerRow {
  readonly vendor: string;
  /** An operationId; `(unmatched)` for requests that match none. */
  readonly operation: string;
  /** Undefined for a behaviour. */
  readonly status?: number;
  /** The cause of the reply, or the name of the behaviour. */
  readonly cause: string;
  /** In each wire form that has it. */
  readonly basis: Readonly<Partial<Record<WireForm, string>>>;
  readonly source: { readonly title: string; readonly url?: string };
}

type Json = Readonly<Record<string, unknown>>;

/** Every reply and behaviour of a vendor's OpenAPI document, in its order. */
export function ledgerOf(
  { name: vendor, settings }: Pick<Vendor, "name" | "settings">,
  document: unknown,
): LedgerRow[] {
  const words = new Map(WIRE_FORMS.map((wire) => [wire, wireWords(settings, { wire })]));
  const root = document as Json;
  const sources = objectAt(objectAt(root, "info"), "x-sources");
  const row = (operation: string, cause: string, ground: Json): Omit<LedgerRow, "status"> => ({
    vendor,
    operation,
    cause,
    basis: basisOf(ground["basis"], words),
    source: sourceOf(sources, String(ground["source"])),
  });
  const replies = (operation: string, object: Json): LedgerRow[] =>
    Object.entries(objectAt(object, "responses")).flatMap(([status, response]) =>
      Object.entries(objectAt(follow(response, root), "x-causes")).map(([cause, ground]) => ({
        ...row(operation, cause, ground as Json),
        status: Number(status),
      })),
    );
  const operations = Object.values(objectAt(root, "paths"))
    .flatMap((item) => Object.values(item as Json) as Json[])
    .filter((object) => typeof object["operationId"] === "string");
  return [
    ...operations.flatMap((object) => {
      const id = String(object["operationId"]);
      const behaviours = (object["x-behaviours"] ?? []) as readonly Json[];
      return [
        ...replies(id, object),
        ...behaviours.map((behaviour) => row(id, String(behaviour["id"]), behaviour)),
      ];
    }),
    ...replies("(unmatched)", objectAt(root, "x-unmatched")),
  ];
}

const objectAt = (object: Json, name: string): Json => (object[name] ?? {}) as Json;

/** The basis in each wire form. A basis without words applies to all of them. */
const basisOf = (
  basis: unknown,
  words: ReadonlyMap<WireForm, readonly string[]>,
): LedgerRow["basis"] =>
  Object.fromEntries(
    [...words].flatMap(([wire, own]) => {
      if (typeof basis === "string") return [[wire, basis]];
      const word = own.find((candidate) => candidate in (basis as Json));
      return word === undefined ? [] : [[wire, (basis as Json)[word]]];
    }),
  );

function sourceOf(sources: Json, name: string): LedgerRow["source"] {
  const {
    title = name,
    url,
    place,
  } = (sources[name] ?? {}) as {
    readonly title?: string;
    readonly url?: string;
    /** Repositories and paths in them, where no single address has it all. */
    readonly place?: string;
  };
  return {
    title: place === undefined ? title : `${title} (${place})`,
    ...(url !== undefined && { url }),
  };
}

function follow(node: unknown, root: Json): Json {
  const reference = (node as Json)["$ref"];
  if (typeof reference !== "string") return node as Json;
  const names = reference.slice("#/".length).split("/");
  return names.reduce<Json>((found, name) => objectAt(found, name), root);
}
