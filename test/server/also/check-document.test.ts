import { expect, it } from "vitest";
import { checkDocument } from "../../../src/server/also/check-document.ts";
import { readDocument } from "../../../src/server/also/read-document.ts";
import { answering, documentOf, fileWith, type Json, YAML } from "../../support/also.ts";

const check = (document: Json) => checkDocument(readDocument(document, 0));
const GET = { "/x": { get: answering({ example: {} }) } };

it("lists the calls, each with its place", () => {
  expect(checkDocument(readDocument(fileWith(YAML), 0))).toEqual([
    {
      id: "getVersions",
      method: "POST",
      path: "/public_api/v1/distributions/get_versions",
      pointer: "/paths/~1public_api~1v1~1distributions~1get_versions/post",
      overrides: false,
    },
    {
      id: "getVersion",
      method: "GET",
      path: "/public_api/v1/distributions/{id}",
      pointer: "/paths/~1public_api~1v1~1distributions~1{id}/get",
      overrides: false,
    },
  ]);
});

it.each([
  ["https://api-{tenant}.example.com/public_api/v1/", "/public_api/v1/x"],
  ["/base", "/base/x"],
  ["https://example.com", "/x"],
])("puts the path of the server %s before each path", (url, path) => {
  const [call] = check(documentOf(GET, { servers: [{ url }] }));
  expect(call).toMatchObject({ path, id: `GET ${path}` });
});

it.each<[string, Json, string]>([
  ["another version", { openapi: "2.0" }, "/openapi: it must say openapi: 3.0.x or 3.1.x"],
  [
    "Swagger 2",
    { openapi: undefined, swagger: "2.0" },
    "/swagger: it is Swagger 2; convert it to OpenAPI 3 first",
  ],
  ["no paths", { paths: {} }, "/paths: it has no paths"],
  [
    "a server whose path varies",
    { servers: [{ url: "/{tenant}/v1" }] },
    "/servers/0/url: the path of the server must be fixed, without {variables}",
  ],
  [
    "a reference that leads nowhere",
    { components: { schemas: { A: { $ref: "#/components/schemas/B" } } } },
    "/components/schemas/A/$ref: it refers to #/components/schemas/B, which is not there",
  ],
  [
    "a reference to another file",
    { components: { schemas: { A: { $ref: "other.yaml#/B" } } } },
    "/components/schemas/A/$ref: it refers to other.yaml#/B, outside this file; bundle the document into one file first",
  ],
])("refuses %s", (_, more, message) => {
  expect(() => check(documentOf(GET, more))).toThrow(
    `The OpenAPI document is not valid at also[0], ${message}.`,
  );
});

it.each<[string, Json, string]>([
  ["a path without a slash", { x: {} }, "/paths/x: a path must start with /"],
  ["half a brace", { "/{id": {} }, "/paths/~1{id: a path must start with /"],
  ["a path that is a list", { "/x": [] }, "/paths/~1x: a path must be an object of operations"],
  ["a path elsewhere", { "/x": { $ref: "#/info" } }, "/paths/~1x: a path cannot be a $ref"],
  ["an empty operation", { "/x": { get: null } }, "/paths/~1x/get: an operation must be an object"],
  ["no responses", { "/x": { get: {} } }, "/paths/~1x/get: the operation has no responses"],
  [
    "a response without a status",
    { "/x": { get: { responses: { ok: {} } } } },
    "/paths/~1x/get/responses/ok: a response must have a status",
  ],
  [
    "a response that is no object",
    { "/x": { get: { responses: { 200: "fine" } } } },
    "/paths/~1x/get/responses/200: a response must be an object",
  ],
  [
    "a reply without example and schema",
    { "/x": { get: answering({}) } },
    "/paths/~1x/get/responses/200/content/application~1json: it has neither an example nor a schema, so there is no reply to send",
  ],
  [
    "an example in another place",
    { "/x": { get: answering({ examples: { far: { externalValue: "http://a.test" } } }) } },
    "/paths/~1x/get/responses/200/content/application~1json/examples/far: the example far needs a value",
  ],
  [
    "a type that cannot be made up",
    {
      "/x": {
        get: {
          responses: { 200: { content: { "application/xml": { schema: { type: "object" } } } } },
        },
      },
    },
    "it has no example, and fauxdr makes only JSON and text from a schema, not application/xml",
  ],
  [
    "a request body without content",
    { "/x": { post: answering({ example: 1 }, { requestBody: { required: true } }) } },
    "/paths/~1x/post/requestBody: a request body must say its content",
  ],
])("refuses %s", (_, paths, message) => {
  expect(() => check(documentOf(paths))).toThrow(message);
});

it("does not read examples as parts of the document", () => {
  const example = { $ref: "nowhere", value: { $ref: "#/nowhere" } };
  expect(check(documentOf({ "/x": { get: answering({ example }) } }))).toHaveLength(1);
});

it("reads a field that is named like a part of a document", () => {
  const schema = { type: "object", properties: { example: { $ref: "#/nowhere" } } };
  expect(() => check(documentOf({ "/x": { get: answering({ schema }) } }))).toThrow("#/nowhere");
});
