import { readSpec } from "./specs.ts";

interface Schema {
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId: string; requestBody?: Content }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

const document = readSpec("cortex") as unknown as Document;

const resolved = (schema: Schema | undefined): Schema | undefined =>
  schema?.$ref ? document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] : schema;

/** What Python takes for false, written in JSON. */
const FALSY: readonly unknown[] = ["null", "false", "0", '""', "[]", "{}", undefined];

/**
 * The name of the field that `where` points to, if the call needs it and the body has nothing in it: what the recorded
 * text says is missing.
 */
export function missingName(operation: string, body: unknown, where: string): string | undefined {
  const names = where.split("/").slice(1);
  const last = names.at(-1);
  const calls = Object.values(document.paths).flatMap((item) => Object.values(item));
  const request = calls.find(({ operationId }) => operationId === operation)?.requestBody;
  let schema = resolved(Object.values(request?.content ?? {})[0]?.schema);
  let value = body as Readonly<Record<string, unknown>> | undefined;
  for (const name of names) {
    if (name === last && !schema?.required?.includes(name)) return undefined;
    schema = resolved(schema?.properties?.[name] ?? schema?.items);
    value = value?.[name] as typeof value;
  }
  return FALSY.includes(JSON.stringify(value)) ? last : undefined;
}
