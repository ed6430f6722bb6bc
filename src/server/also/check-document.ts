import type { AlsoOperation } from "../../core/also-document.ts";
import type { KitError } from "../../core/errors.ts";
import { below } from "../../core/json/pointer.ts";
import { type ReadDocument, wrongAt } from "./read-document.ts";
import { strangeReference } from "./references.ts";
import {
  isBodiless,
  isJsonType,
  isNode,
  mediaType,
  type Node,
  type Part,
  partOf,
  partsIn,
} from "./responses.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The calls of a document. Throws a KitError that says what is wrong with it, and where. */
export function checkDocument(document: ReadDocument): readonly AlsoOperation[] {
  const { definition } = document;
  const refuse: Refuse = (pointer, what) => wrongAt(document, pointer, what);
  checkVersion(definition, refuse);
  const strange = strangeReference(definition);
  if (strange) throw refuse(strange.pointer, strange.what);
  const { paths } = definition;
  if (!isNode(paths) || Object.keys(paths).length === 0) throw refuse("/paths", "it has no paths");
  const base = basePath(definition, refuse);
  return Object.entries(paths).flatMap(([path, item]) => {
    const pointer = below("/paths", path);
    if (path.startsWith("x-")) return [];
    if (!/^\/([^{}]|\{[^{}/]+\})*$/.test(path)) {
      throw refuse(
        pointer,
        "a path must start with / and have whole names in braces, such as /users/{id}",
      );
    }
    if (!isNode(item)) throw refuse(pointer, "a path must be an object of operations");
    if (item["$ref"] !== undefined)
      throw refuse(pointer, "a path cannot be a $ref: write its operations here");
    return METHODS.filter((method) => item[method] !== undefined).map((method) => {
      const part = { node: item[method] as Node, pointer: below(pointer, method) };
      checkOperation(definition, part, method, refuse);
      const { operationId } = part.node;
      const capitals = method.toUpperCase();
      return {
        id: typeof operationId === "string" ? operationId : `${capitals} ${base}${path}`,
        method: capitals,
        path: `${base}${path}`,
        pointer: part.pointer,
        overrides: part.node["x-fauxdr-override"] === true,
      };
    });
  });
}

type Refuse = (pointer: string, what: string) => KitError;

function checkVersion({ openapi, swagger }: Node, refuse: Refuse): void {
  if (typeof openapi === "string" && /^3\.[01](\.|$)/.test(openapi)) return;
  if (swagger !== undefined)
    throw refuse("/swagger", "it is Swagger 2; convert it to OpenAPI 3 first");
  throw refuse("/openapi", "it must say openapi: 3.0.x or 3.1.x");
}

/** The path of the first server, which precedes every path of the document. */
function basePath({ servers }: Node, refuse: Refuse): string {
  const url = Array.isArray(servers) ? (servers[0] as Node | undefined)?.["url"] : undefined;
  if (typeof url !== "string") return "";
  const path = url
    .replace(/^[a-z]+:\/\/[^/]*/i, "")
    .replace(/[?#].*$/, "")
    .replace(/\/+$/, "");
  if (/[{}]/.test(path)) {
    throw refuse("/servers/0/url", "the path of the server must be fixed, without {variables}");
  }
  return path === "" || path.startsWith("/") ? path : `/${path}`;
}

function checkOperation(root: Node, operation: Part, method: string, refuse: Refuse): void {
  const { node, pointer } = operation;
  if (!isNode(node)) throw refuse(pointer, "an operation must be an object");
  const { responses } = node;
  if (!isNode(responses) || Object.keys(responses).length === 0) {
    throw refuse(pointer, "the operation has no responses");
  }
  for (const status of Object.keys(responses)) {
    if (!/^([1-5](\d\d|XX)|default|x-.*)$/i.test(status)) {
      throw refuse(
        below(pointer, "responses", status),
        "a response must have a status such as 200, 2XX or default",
      );
    }
    if (status.startsWith("x-")) continue;
    const at = below(pointer, "responses", status);
    const response = partOf(root, responses[status], at);
    if (!response) throw refuse(at, "a response must be an object");
    if (method !== "head" && !isBodiless(Number(status))) checkContent(root, response, refuse);
  }
  if (node["requestBody"] !== undefined) {
    const body = partOf(root, node["requestBody"], below(pointer, "requestBody"));
    if (!isNode(body?.node["content"])) {
      throw refuse(below(pointer, "requestBody"), "a request body must say its content");
    }
  }
}

/** Every response must be one that fauxdr can send. */
function checkContent(root: Node, response: Part, refuse: Refuse): void {
  const media = partsIn(root, response, "content");
  const names = Object.keys((response.node["content"] ?? {}) as Node);
  if (media.length < names.length) {
    throw refuse(below(response.pointer, "content"), "each media type must be an object");
  }
  const wanting = media.filter(([type, part]) => !canAnswer(root, mediaType(type), part, refuse));
  const [first] = wanting;
  if (!first || wanting.length < media.length) return;
  const [type, { node, pointer }] = first;
  throw refuse(
    pointer,
    node["schema"] === undefined
      ? "it has neither an example nor a schema, so there is no reply to send"
      : `it has no example, and fauxdr makes only JSON and text from a schema, not ${mediaType(type)}`,
  );
}

function canAnswer(root: Node, type: string, part: Part, refuse: Refuse): boolean {
  const { node } = part;
  for (const [name, example] of partsIn(root, part, "examples")) {
    if (example.node["value"] === undefined) {
      throw refuse(
        example.pointer,
        `the example ${name} needs a value; externalValue is not supported`,
      );
    }
  }
  if (node["example"] !== undefined || Object.keys((node["examples"] ?? {}) as Node).length > 0)
    return true;
  if (node["schema"] === undefined) return false;
  return (
    isJsonType(type) ||
    partOf(root, node["schema"], below(part.pointer, "schema"))?.node["type"] === "string"
  );
}
