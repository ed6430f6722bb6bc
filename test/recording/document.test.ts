import { expect, it } from "vitest";
import type { CleanCall } from "../../src/recording/clean.ts";
import { documentOf } from "../../src/recording/document.ts";
import { yamlOf } from "../../src/recording/yaml.ts";
import { loadDocuments } from "../../src/server/also/load.ts";
import { vendors } from "../../src/vendors/index.ts";
import { fileWith } from "../support/also.ts";

const call = (more: Partial<CleanCall>): CleanCall => ({
  method: "POST",
  path: "/public_api/v1/distributions/get_versions",
  query: [],
  request: { request_data: {} },
  status: 200,
  mimeType: "application/json",
  reply: { reply: { total_count: 0 } },
  ...more,
});

const CALLS = [
  call({}),
  call({}),
  call({ reply: { reply: { total_count: 2 } } }),
  call({ status: 500, reply: { err_code: 500 } }),
  call({
    method: "GET",
    path: "/public_api/v1/incidents/17",
    query: ["fields"],
    request: undefined,
  }),
  call({
    method: "GET",
    path: "/public_api/v1/incidents/18",
    request: undefined,
    status: 204,
    reply: undefined,
  }),
];

it("has one operation for each path, with each different reply as an example", () => {
  const { paths } = documentOf(CALLS, "cortex", new Set());
  const json = (examples: object) => ({
    description: "Recorded",
    content: { "application/json": { examples } },
  });
  expect(paths).toEqual({
    "/public_api/v1/distributions/get_versions": {
      post: {
        operationId: "postDistributionsGetVersions",
        requestBody: { content: { "application/json": { example: { request_data: {} } } } },
        responses: {
          200: json({
            recorded1: { value: { reply: { total_count: 0 } } },
            recorded2: { value: { reply: { total_count: 2 } } },
          }),
          500: json({ recorded1: { value: { err_code: 500 } } }),
        },
      },
    },
    "/public_api/v1/incidents/{id}": {
      get: {
        operationId: "getV1Incidents",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "fields", in: "query", schema: { type: "string" } },
        ],
        responses: {
          200: json({ recorded1: { value: { reply: { total_count: 0 } } } }),
          204: { description: "Recorded" },
        },
      },
    },
  });
});

it("takes no name that fauxdr has for a call of its own", () => {
  const { paths } = documentOf(
    CALLS.slice(0, 1),
    "cortex",
    new Set(["postDistributionsGetVersions"]),
  );
  expect(JSON.stringify(paths)).toContain('"postDistributionsGetVersions2"');
});

it("keeps ten replies to a call, not more", () => {
  const many = Array.from({ length: 12 }, (_, reply) => call({ reply }));
  expect(JSON.stringify(documentOf(many, "cortex", new Set())).match(/recorded\d+/g)).toHaveLength(
    10,
  );
});

it("is YAML that --also reads", () => {
  const text = yamlOf(documentOf(CALLS, "cortex", new Set()));
  const [document] = loadDocuments({ also: [fileWith(text)] }, vendors);
  expect(document?.vendor).toBe("cortex");
  expect(document?.operations).toHaveLength(2);
  expect(text).not.toMatch(/&ref|\*ref/);
});
