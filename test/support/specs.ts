import { WIRE_FORMS, type WireForm } from "../../src/core/tenant.ts";
import { wireWords } from "../../src/core/wire-words.ts";
import { vendors } from "../../src/vendors/index.ts";
import { folders, onDisk, read } from "./repository.ts";

export type Json = Readonly<Record<string, unknown>>;

/** The names of all documents: one for each vendor, and the control API's. */
export const specNames: readonly string[] = folders("specs");

/** A whole document, as a file for tools that take a path. The test setup has just written it. */
export const specOnDisk = (name: string): string => onDisk(documentOf(name));

const documentOf = (name: string): string => `specs/${name}/document.json`;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole document with its aliases expanded. Parsing its YAML would take a hundred times as long. */
export const readSpec = (name: string): Json => JSON.parse(read(documentOf(name)));

/** The value itself, or what its $ref points at. */
export function follow(value: unknown, document: Json): Json {
  const reference = isJson(value) ? value["$ref"] : undefined;
  if (typeof reference !== "string") return value as Json;
  const names = reference.slice("#/".length).split("/");
  return follow(
    names.reduce<Json>((found, name) => found[name] as Json, document),
    document,
  );
}

export interface SpecOperation {
  readonly id: string;
  readonly method: "get" | "put" | "post" | "delete" | "patch";
  readonly path: string;
  readonly secured: boolean;
  readonly object: Json;
  /** The media types of a body that must be there. */
  readonly requires: readonly string[];
}

const METHODS = ["get", "put", "post", "delete", "patch"] as const;

export function operationsOf(document: Json): SpecOperation[] {
  return Object.entries(document["paths"] as Json).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const object = (item as Json)[method] as Json | undefined;
      if (!object) return [];
      const security = (object["security"] ?? document["security"] ?? []) as readonly Json[];
      const { required, content } = follow(object["requestBody"] ?? {}, document);
      return {
        id: String(object["operationId"]),
        method,
        path,
        object,
        secured: security.length > 0 && security.every((way) => Object.keys(way).length > 0),
        requires: required === true ? Object.keys(content as Json) : [],
      };
    }),
  );
}

/** The responses of an operation, or of `x-unmatched`, by status. */
export const responsesOf = (object: Json, document: Json): [status: string, response: Json][] =>
  Object.entries((object["responses"] ?? {}) as Json).map(([status, response]) => [
    status,
    follow(response, document),
  ]);

/** The words of a preset in a document. */
export const wordsIn = (name: string, wire: WireForm): readonly string[] =>
  wireWords(vendors.find((vendor) => vendor.name === name)?.settings ?? {}, { wire });

/** The causes that have a basis with these words. */
export const causesIn = (causes: Json, words: readonly string[]): string[] =>
  Object.entries(causes as Record<string, Json>)
    .filter(
      ([, { basis }]) =>
        typeof basis === "string" || (isJson(basis) && words.some((word) => word in basis)),
    )
    .map(([name]) => name);

/** The causes that an operation's responses, or those of `x-unmatched`, give a basis with these words. */
export const causesOf = (object: Json, document: Json, words: readonly string[]): string[] =>
  responsesOf(object, document).flatMap(([, response]) =>
    causesIn((response["x-causes"] ?? {}) as Json, words),
  );

export interface Example {
  /** Where it stands: `200 application/json documented`. */
  readonly at: string;
  /** The only wire form it is written in; nothing where it holds for all. */
  readonly wire: unknown;
  readonly status: number;
  readonly mediaType: string;
  readonly causes: Json;
  readonly value: unknown;
  /** Its schema says that there may be more members. */
  readonly isOpen: boolean;
}

/** All examples in the responses of an operation, or of `x-unmatched`. */
export function examplesOf(object: Json, document: Json): Example[] {
  return responsesOf(object, document).flatMap(([status, response]) =>
    Object.entries((response["content"] ?? {}) as Record<string, Json>).flatMap(
      ([mediaType, { schema, example, examples = {}, "x-wire": wire }]) => {
        const named = Object.entries(examples as Record<string, Json>).map(
          ([name, { value }]) => [name, value] as const,
        );
        const all = example === undefined ? named : [["", example] as const, ...named];
        return all.map(([name, value]) => ({
          at: `${status} ${mediaType} ${name}`,
          wire: WIRE_FORMS.find((form) => form === name) ?? wire,
          status: Number(status),
          mediaType,
          causes: (response["x-causes"] ?? {}) as Json,
          value,
          isOpen: isJson(schema) && follow(schema, document)["additionalProperties"] === true,
        }));
      },
    ),
  );
}
