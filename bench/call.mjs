// The call that every benchmark makes, and its description for the other mocks.
export const PATH = "/public_api/v1/endpoints/quarantine";

const TARGET = "facade00000000000000000000000001";

export const bodyFor = (targets = [TARGET]) =>
  JSON.stringify({
    request_data: {
      filters: [{ field: "endpoint_id_list", operator: "in", value: targets }],
      file_path: "C:\\temp\\x.msi",
      file_hash: "0".repeat(64),
    },
  });

export const HEADERS = {
  "content-type": "application/json",
  "x-xdr-auth-id": "1",
  authorization: "fauxdr-standard-key",
};

export const REPLY = { reply: { action_id: "1001", status: "1", endpoints_count: "1" } };

/** Whether a body is the vendor's success reply. */
export const isRight = (text) => text.includes("action_id") && text.includes("endpoints_count");

const list = (schema) => ({ type: "array", items: schema });
const object = (properties) => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});
const string = { type: "string" };

/** The call as an OpenAPI document, for the other mocks. */
export const OPENAPI = {
  openapi: "3.0.3",
  info: { title: "Quarantine", version: "1.0.0" },
  paths: {
    [PATH]: {
      post: {
        operationId: "quarantine",
        parameters: ["x-xdr-auth-id", "authorization"].map((name) => ({
          name,
          in: "header",
          required: true,
          schema: string,
        })),
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: object({
                request_data: object({
                  filters: list(object({ field: string, operator: string, value: list(string) })),
                  file_path: string,
                  file_hash: string,
                }),
              }),
            },
          },
        },
        responses: {
          200: {
            description: "ok",
            content: {
              "application/json": {
                schema: object({
                  reply: object({ action_id: string, status: string, endpoints_count: string }),
                }),
                example: REPLY,
              },
            },
          },
        },
      },
    },
  },
};
