import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyDirectory } from "./directory.ts";

export type Json = Readonly<Record<string, unknown>>;

/** A document with these paths, which are calls of the first vendor. */
export const documentOf = (paths: Json, more: Json = {}): Json => ({
  openapi: "3.0.3",
  info: { title: "Mine", version: "1" },
  "x-fauxdr-vendor": "cortex",
  paths,
  ...more,
});

/** An operation that answers 200 with this media type object. */
export const answering = (media: Json, more: Json = {}): Json => ({
  responses: { 200: { description: "ok", content: { "application/json": media } } },
  ...more,
});

/** A file with this text, for as long as the test runs. */
export function fileWith(text: string, name = "also.yaml"): string {
  const file = join(emptyDirectory(), name);
  writeFileSync(file, text);
  return file;
}

/** A small document in YAML, of two calls that fauxdr does not serve. */
export const YAML = `openapi: 3.0.3
info: { title: Mine, version: "1" }
paths:
  /public_api/v1/distributions/get_versions:
    post:
      operationId: getVersions
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [request_data]
              properties:
                request_data:
                  type: object
                  properties: { search_from: { type: integer, minimum: 0 } }
      responses:
        "200":
          description: The versions
          content:
            application/json:
              schema:
                type: object
                required: [reply]
                properties:
                  reply: { type: object, properties: { total_count: { type: integer } } }
              examples:
                none: { value: { reply: { total_count: 0 } } }
                some: { value: { reply: { total_count: 2 } } }
        "503":
          description: Busy
          content:
            application/json:
              example: { busy: true }
  /public_api/v1/distributions/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getVersion
      parameters:
        - { name: fields, in: query, schema: { type: array, items: { type: string } } }
      responses:
        "200":
          description: A version
          content:
            application/json:
              schema:
                type: object
                properties:
                  key: { type: string, format: uuid }
                  at: { type: string, format: date-time }
                  tags: { type: array, items: { type: string, enum: [low, high] } }
`;
