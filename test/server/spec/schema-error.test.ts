import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { refusalOf, type SchemaError } from "../../../src/server/spec/schema-error.ts";
import { qualysClient } from "../../support/qualys-client.ts";

const missing = (name: string): SchemaError => ({
  instancePath: "/requestBody",
  keyword: "required",
  params: { missingProperty: name },
});

describe("a request with several errors", () => {
  it("is refused with all of them, each once, and no more than 20", () => {
    const one = { where: "/a", what: "is required", kind: "missing", basis: "assumed" };
    expect(refusalOf([missing("a")])).toEqual({ kind: "invalid", problem: one });
    expect(refusalOf([missing("a"), missing("b"), missing("a")])).toEqual({
      kind: "invalid",
      problem: one,
      others: [{ ...one, where: "/b" }],
    });
    const many = Array.from({ length: 50 }, (_, index) => missing(String(index)));
    expect(refusalOf(many)).toMatchObject({ others: { length: 19 } });
  });

  it("is 'not an object' if that is one of them", () => {
    const type = {
      instancePath: "/requestBody",
      keyword: "type",
      params: {},
      message: "must be array",
    };
    expect(refusalOf([missing("a"), type])).toMatchObject({
      kind: "not-an-object",
      problem: { where: "", what: "must be array" },
    });
  });

  it("names one reason why none of several schemas fits", () => {
    const branch = (index: number): SchemaError => ({
      instancePath: "/requestBody/x",
      keyword: "type",
      params: {},
      message: `must be ${index}`,
      schemaPath: `#/properties/x/anyOf/${index}/type`,
    });
    const whole = { ...branch(0), keyword: "anyOf", schemaPath: "#/properties/x/anyOf" };
    expect(refusalOf([branch(0), branch(1), whole, missing("b")])).toMatchObject({
      problem: { where: "/x", what: "must be 0" },
      others: [{ where: "/b" }],
    });
  });
});

describe("on the wire", () => {
  const PATH = "/ioc/remediation-actions/performAction";

  it("parameters and body are named together, in the reply, the journal and the findings", async () => {
    await using mock = await startMock();
    const { text } = await qualysClient(mock).post(PATH, [{ agentId: 1 }], {});
    const places = [
      "Query/user is required",
      "Query/userId is required",
      "/0/eventId is required",
      "/0/agentId must be string",
    ];
    for (const place of places) expect(JSON.parse(text).message).toContain(place);
    const [entry] = mock.journal.entries();
    expect(entry?.refusal).toMatchObject({ kind: "invalid", others: expect.anything() });
    const found = mock.findings().filter(({ rule }) => rule === "request.off-spec");
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining([expect.stringContaining("/0/eventId is required")]),
    );
    expect(found.length).toBe(JSON.parse(text).message.split("; ").length);
  });

  it("a large body is refused with its first error only", async () => {
    await using mock = await startMock();
    const body = Array.from({ length: 40_000 }, () => 1);
    const { status, text } = await qualysClient(mock).post(PATH, body, { user: "a", userId: "b" });
    expect([status, JSON.parse(text).message]).toEqual([400, expect.not.stringContaining("; ")]);
  });
});
