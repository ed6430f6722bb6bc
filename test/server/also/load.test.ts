import { expect, it } from "vitest";
import { loadDocuments } from "../../../src/server/also/load.ts";
import { vendors } from "../../../src/vendors/index.ts";
import { answering, documentOf, fileWith, type Json, YAML } from "../../support/also.ts";

const load = (...also: (string | Json)[]) => loadDocuments({ also }, vendors);
const get = (operationId: string, more: Json = {}) =>
  answering({ example: {} }, { operationId, ...more });
const anyone = (paths: Json, more: Json = {}) =>
  documentOf(paths, { "x-fauxdr-vendor": undefined, ...more });

it("gives a document to the vendor that its paths belong to", () => {
  expect(load(fileWith(YAML))[0]?.vendor).toBe("cortex");
  expect(load(anyone({ "/ioc/incidents/scroll": { get: get("scroll") } }))[0]?.vendor).toBe(
    "qualys",
  );
});

it("gives it to the vendor that is named before the file", () => {
  const text = JSON.stringify(anyone({ "/other/x": { get: get("x") } }));
  expect(load(`qualys=${fileWith(text, "also.json")}`)[0]).toMatchObject({
    vendor: "qualys",
    operations: [{ id: "x", path: "/other/x" }],
  });
});

it("leaves out a call that fauxdr serves, whatever the names of its parameters", () => {
  const [document] = load(
    documentOf({
      "/public_api/v1/endpoints/quarantine": { post: get("mine") },
      "/public_api/v1/xql/start": { post: get("start") },
    }),
  );
  expect(document?.operations.map(({ id }) => id)).toEqual(["start"]);
});

it("keeps a call that fauxdr serves where the document says that it overrides it", () => {
  const [document] = load(
    documentOf({
      "/public_api/v1/endpoints/quarantine": {
        post: get("quarantineFiles", { "x-fauxdr-override": true }),
      },
    }),
  );
  expect(document?.operations).toMatchObject([{ id: "quarantineFiles", overrides: true }]);
});

it.each<[string, Json, string]>([
  [
    "a document of nobody",
    anyone({ "/other/x": { get: get("x") } }),
    "The OpenAPI document also[0] does not say which vendor its calls are of: write cortex or qualys before the file, as in cortex=FILE, or add x-fauxdr-vendor to it.",
  ],
  [
    "an unknown vendor",
    documentOf({ "/x": { get: get("x") } }, { "x-fauxdr-vendor": "acme" }),
    'There is no vendor "acme" for the OpenAPI document also[0]: choose cortex or qualys.',
  ],
  [
    "a path of another vendor",
    documentOf({ "/ioc/x": { get: get("x") } }),
    "also[0], /paths/~1ioc~1x/get: the path /ioc/x is one of qualys, not of cortex.",
  ],
  [
    "the id of another call that fauxdr serves",
    documentOf({ "/x": { get: get("getEndpoints") } }),
    "also[0], /paths/~1x/get/operationId: fauxdr serves another call that has the id getEndpoints.",
  ],
  [
    "an id that occurs twice",
    documentOf({ "/x": { get: get("x") }, "/y": { get: get("x") } }),
    "also[0], /paths/~1y/get: also[0], /paths/~1x/get has the same id x.",
  ],
])("refuses %s", (_, document, message) => {
  expect(() => load(document)).toThrow(message);
});

it("refuses a call that is in two documents", () => {
  const one = documentOf({ "/x/{id}": { get: get("one") } });
  const other = documentOf({ "/x/{name}": { get: get("other") } });
  expect(() => load(one, other)).toThrow(
    "also[1], /paths/~1x~1{name}/get: also[0], /paths/~1x~1{id}/get has the same call GET /x/{}.",
  );
});
