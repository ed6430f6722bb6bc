import { KitError } from "./errors.ts";

/** A file name, or an OpenAPI document itself. `vendor=file` says whose calls the file describes. */
export type AlsoSource = string | Readonly<Record<string, unknown>>;

/** Reads the value of the setting `also`. Throws a KitError if it is neither a file name nor a document. */
export function readAlsoSources(value: unknown): readonly AlsoSource[] {
  if (!Array.isArray(value) && typeof value !== "string") {
    throw new KitError("also must be a list of OpenAPI files, or of OpenAPI documents.");
  }
  const sources = typeof value === "string" ? [value] : value;
  const strange = sources.findIndex((one) => !isSource(one));
  if (strange < 0) return sources as readonly AlsoSource[];
  throw new KitError(
    `also[${strange}] must be the name of an OpenAPI file, or an OpenAPI document as a JSON object.`,
  );
}

const isSource = (value: unknown): value is AlsoSource =>
  typeof value === "string"
    ? value !== ""
    : typeof value === "object" && value !== null && !Array.isArray(value);

/** An OpenAPI document of the user's own: calls of a vendor beside those that fauxdr serves. */
export interface AlsoDocument {
  /** The file, or `also[0]` for a document that was given itself. Errors and findings name it. */
  readonly name: string;
  readonly vendor: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly operations: readonly AlsoOperation[];
  /** The place of a JSON pointer for people: `also.yaml:12 /paths/~1x`. */
  readonly placeOf: (pointer: string) => string;
}

/** A call of such a document that this server answers. */
export interface AlsoOperation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** With the path of the document's server in front. */
  readonly path: string;
  /** Its place in the document. */
  readonly pointer: string;
  /** It is answered in place of a call that fauxdr serves. */
  readonly overrides: boolean;
}
