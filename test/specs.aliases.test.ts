import { describe, expect, it } from "vitest";
import { expandAliases } from "../scripts/read-spec.mjs";

const quarantine = {
  operationId: "quarantine",
  tags: ["hosts"],
  summary: "Quarantine a host",
  description: "Cuts a host off.",
  "x-basis": "documented",
  "x-source": "page",
  "x-note": "The page names no limit.",
  parameters: [
    { name: "dry", in: "query" },
    { name: "id", in: "query" },
  ],
  responses: {
    "200": { description: "Done.", "x-basis": "documented", "x-source": "page" },
    "400": { $ref: "#/components/responses/BadRequest" },
  },
};
const alias = {
  "x-alias-of": "quarantine",
  operationId: "quarantineOld",
  summary: "Quarantine a host, former path",
  description: "The same call.",
  "x-basis": "observed",
  "x-source": "clients",
};

const documentOf = (...operations: object[]) => ({
  openapi: "3.0.3",
  paths: Object.fromEntries(operations.map((post, index) => [`/${index}`, { post }])),
});
/** The second operation of a document, once the aliases are expanded. */
const expanded = (second: object, first: object = quarantine): unknown =>
  (expandAliases(documentOf(first, second)) as ReturnType<typeof documentOf>).paths["/1"]?.post;

describe("an alias of an operation", () => {
  it("has the operation's members, and its own evidence", () => {
    expect(expanded(alias)).toEqual({
      operationId: "quarantineOld",
      tags: ["hosts"],
      summary: "Quarantine a host, former path",
      description: "The same call.",
      "x-basis": "observed",
      "x-source": "clients",
      parameters: quarantine.parameters,
      responses: quarantine.responses,
    });
  });

  it("changes what it says itself, member by member", () => {
    const own = {
      ...alias,
      "x-note": "Seen in one client.",
      parameters: [{ name: "id", in: "query" }],
      responses: {
        "200": { "x-basis": "assumed" },
        "400": { $ref: "#/components/responses/Undocumented" },
        "402": { description: "No licence." },
      },
    };
    expect(expanded(own)).toMatchObject({
      "x-note": "Seen in one client.",
      parameters: [{ name: "id", in: "query" }],
      responses: {
        "200": { description: "Done.", "x-basis": "assumed", "x-source": "page" },
        "400": { $ref: "#/components/responses/Undocumented" },
        "402": { description: "No licence." },
      },
    });
  });

  it("may have another method on the same path", () => {
    const document = { paths: { "/a": { parameters: [], get: quarantine, post: alias } } };
    expect(expandAliases(document)).toMatchObject({
      paths: { "/a": { parameters: [], get: quarantine, post: { tags: ["hosts"] } } },
    });
  });

  it("may come before its operation, and leaves the rest of the document as it is", () => {
    const document = { ...documentOf(alias, quarantine), "x-unmatched": {} };
    const result = expandAliases(document);
    expect(result).toMatchObject({ openapi: "3.0.3", "x-unmatched": {} });
    expect(result["paths"]).toMatchObject({
      "/0": { post: { tags: ["hosts"] } },
      "/1": { post: quarantine },
    });
  });
});

describe("an alias is refused", () => {
  it("when its operation is unknown", () => {
    const expand = () => expanded({ ...alias, "x-alias-of": "quarantin" });
    expect(expand).toThrow('POST /1: x-alias-of names an unknown operation, "quarantin".');
  });

  it("when it is literal", () => {
    const expand = () => expanded({ ...alias, "x-alias-of": "quarantineOld" });
    expect(expand).toThrow('POST /1: "quarantineOld" is an alias too.');
  });

  it("when two stand for each other", () => {
    const other = { ...alias, operationId: "other", "x-alias-of": "quarantineOld" };
    const expand = () => expanded({ ...alias, "x-alias-of": "other" }, other);
    expect(expand).toThrow(/"\w+" is an alias too\. Name the operation that it stands for\./);
  });

  it("when its operationId is taken", () => {
    const expand = () => expanded({ ...alias, operationId: "quarantine" });
    expect(expand).toThrow('POST /1: another operation has the operationId "quarantine".');
  });

  it.each(["operationId", "summary", "description", "x-basis", "x-source"])(
    "when it has no %s of its own",
    (name) => {
      const own = Object.fromEntries(Object.entries(alias).filter(([key]) => key !== name));
      expect(() => expanded(own)).toThrow(`POST /1: an alias needs its own ${name}.`);
    },
  );

  it.each([
    { of: "a reference", status: "400", response: { description: "No." } },
    { of: "an object", status: "200", response: { $ref: "#/components/responses/Done" } },
  ])("when it mixes a reference and an object: over $of", ({ status, response }) => {
    const expand = () => expanded({ ...alias, responses: { [status]: response } });
    expect(expand).toThrow(`POST /1, responses, ${status}: a $ref and other members`);
  });
});
