import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { knownCallsOf } from "../../../src/server/spec/known-calls.ts";
import { emptyDirectory } from "../../support/directory.ts";

it("a service without a table knows no calls", () => {
  const spec = pathToFileURL(`${emptyDirectory()}/openapi.json`);
  expect(knownCallsOf({ spec })()).toEqual([]);
});

it("a table that cannot be read is an error, and not an empty one", () => {
  expect(knownCallsOf({ spec: new URL("https://example.com/openapi.json") })).toThrow();
});

const CORTEX = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
const QUALYS = { authorization: "Bearer fauxdr-token" };

it.each([
  ["POST", "/public_api/v1/distributions/get_versions", CORTEX, 500],
  ["POST", "/public_api/v1/distributions/get_versions/", CORTEX, 500],
  ["GET", "/platform/iam/v1/user", CORTEX, 500],
  ["POST", "/fim/v2/events/search", QUALYS, 404],
] as const)(
  "%s %s is one that the vendor has and fauxdr does not serve, and the reply says so",
  async (method, path, headers, status) => {
    await using mock = await startMock();
    const reply = await fetch(mock.url + path, { method, headers });
    expect([reply.status, reply.headers.get("x-fauxdr-unserved")]).toEqual([
      status,
      `${method} ${path}`,
    ]);
    expect(await reply.text()).toContain("fauxdr does not serve");
    expect(mock.journal.entries()[0]?.refusal?.kind).toBe("not-served");
  },
);

it("a caller without credentials does not learn that", async () => {
  await using mock = await startMock();
  const reply = await fetch(`${mock.url}/public_api/v1/distributions/get_versions`, {
    method: "POST",
  });
  expect([reply.status, reply.headers.get("x-fauxdr-unserved")]).toEqual([401, null]);
});

it("a path in no public source is not a call of the vendor", async () => {
  await using mock = await startMock();
  await fetch(`${mock.url}/public_api/v1/distributions/paint`, { method: "POST", headers: CORTEX });
  expect(mock.journal.entries()[0]?.refusal?.kind).toBe("no-operation");
});

it.each([
  ["cloud_provider", true],
  ["paint", undefined],
])(
  "a filter by %s is one that the vendor documents and fauxdr does not understand: %s",
  async (field, unserved) => {
    await using mock = await startMock();
    const filters = [{ field, operator: "in", value: ["x"] }];
    await fetch(`${mock.url}/public_api/v1/endpoints/get_endpoint`, {
      method: "POST",
      headers: { ...CORTEX, "content-type": "application/json" },
      body: JSON.stringify({ request_data: { filters } }),
    });
    const refusal = mock.journal.entries()[0]?.refusal;
    expect(refusal).toMatchObject({
      kind: "invalid",
      problem: { where: "/request_data/filters/0/field" },
    });
    expect(refusal?.kind === "invalid" && refusal.problem.unserved).toBe(unserved);
  },
);
