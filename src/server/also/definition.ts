import type { AlsoDocument } from "../../core/also-document.ts";
import { below } from "../../core/json/pointer.ts";
import type { Definition } from "../spec/definition.ts";
import {
  isBodiless,
  isJsonType,
  mediaType,
  type Node,
  type Part,
  partAt,
  partsIn,
  responsesOf,
} from "./responses.ts";
import { checkable } from "./schema.ts";

/** The document in the form in which the server loads a vendor's: every reply has the basis `yours`. */
export function definitionOf(document: AlsoDocument): Definition {
  const root = document.definition;
  const paths: Record<string, Record<string, object>> = {};
  for (const { id, method, path, pointer } of document.operations) {
    const operation = partAt(root, pointer) ?? { node: {}, pointer };
    const shared = partAt(root, pointer.slice(0, pointer.lastIndexOf("/")));
    const { security } = operation.node;
    const body = partAt(root, below(pointer, "requestBody"));
    const item = paths[path] ?? {};
    paths[path] = item;
    item[method.toLowerCase()] = {
      operationId: id,
      // The vendor's credentials, unless the document says that the call needs none.
      security: Array.isArray(security) && security.length === 0 ? [] : [{ vendor: [] }],
      parameters: parametersOf(root, operation, shared),
      ...(body && { requestBody: requestBodyOf(root, body) }),
      responses: Object.fromEntries(
        [...responsesOf(root, operation)].map(([status, part]) => [
          status,
          responseOf(root, part, status),
        ]),
      ),
    };
  }
  const { components, $defs } = root;
  return checkable(
    { openapi: root["openapi"], paths, components, $defs },
    root,
  ) as unknown as Definition;
}

/** Headers that HTTP and the vendor's authentication define. */
const NOT_PARAMETERS = ["accept", "accept-encoding", "authorization", "content-type"];

/** Those of the operation override those of its path. What fauxdr cannot read from a request is not checked. */
function parametersOf(root: Node, operation: Part, shared: Part | undefined): readonly Node[] {
  const found = new Map<string, Node>();
  for (const owner of [shared, operation]) {
    if (!owner || !Array.isArray(owner.node["parameters"])) continue;
    for (const index of owner.node["parameters"].keys()) {
      const parameter = partAt(root, below(owner.pointer, "parameters", index))?.node;
      if (parameter) found.set(`${parameter["in"]} ${parameter["name"]}`, parameter);
    }
  }
  return [...found.values()].flatMap((parameter) => {
    const { in: place, name, required = false, schema = {}, style, explode } = parameter;
    const known = String(name).toLowerCase();
    if (place === "cookie" || (place === "header" && NOT_PARAMETERS.includes(known))) return [];
    if (style === "deepObject" || parameter["content"] !== undefined) return [];
    return [
      {
        name,
        in: place,
        required,
        schema: ofText(root, schema),
        ...(explode !== undefined && { explode }),
      },
    ];
  });
}

/** A text such as `1` may be read as a number too, and then fits more than one alternative. */
function ofText(root: Node, schema: unknown): unknown {
  const reference = (schema as Node)["$ref"];
  const node =
    typeof reference === "string" ? partAt(root, reference.slice("#".length))?.node : schema;
  if (!node || (node as Node)["oneOf"] === undefined) return schema;
  const { oneOf, ...rest } = node as Node;
  return { ...rest, anyOf: oneOf };
}

/** Only JSON and forms are checked. A body of another listed type is accepted unchecked. */
function requestBodyOf(root: Node, body: Part): object {
  const media = partsIn(root, body, "content").map(
    ([key, { node }]) => [mediaType(key), node] as const,
  );
  const json = media.find(([type]) => isJsonType(type));
  const others = media.filter(([type]) => !isJsonType(type) && type !== FORM);
  const content = Object.fromEntries([
    ...media
      .filter(([type]) => !isJsonType(type))
      .map(([type, node]) => [type, type === FORM ? node : {}]),
    ...(json ? [["application/json", json[1]], json] : []),
  ]);
  return { required: body.node["required"] === true && others.length === 0, content };
}

const FORM = "application/x-www-form-urlencoded";

function responseOf(root: Node, part: Part, status: number): object {
  const media = partsIn(root, part, "content").map(([key, { node }]) => [mediaType(key), node]);
  return {
    description: "",
    "x-causes": { ok: { basis: "yours" } },
    ...(media.length > 0 && !isBodiless(status) && { content: Object.fromEntries(media) }),
  };
}
