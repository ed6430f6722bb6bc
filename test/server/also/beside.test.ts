import request, { type Test } from "supertest";
import { expect, it } from "vitest";
import { textLine } from "../../../src/cli/log.ts";
import { toHar } from "../../../src/core/journal/har.ts";
import { type Mock, type MockOptions, startMock } from "../../../src/mock.ts";
import { answering, documentOf, fileWith, type Json, YAML } from "../../support/also.ts";
import { type Headers, headers as headersOf } from "../../support/cortex.ts";

const headers = (more: Headers = {}): Headers =>
  headersOf({ "accept-encoding": "identity", ...more });

const VERSIONS = "/public_api/v1/distributions/get_versions";
const mockWith = (also: string | Json, more: MockOptions = {}): Promise<Mock> =>
  startMock({ also: [also], clock: "2026-01-31T12:00:00Z", ...more });
const post = ({ url }: Mock, path = VERSIONS, more = {}): Test =>
  request(url)
    .post(path)
    .set({ ...headers(), ...more });
const search = { request_data: { search_from: 0 } };
const last = ({ journal }: Mock) => journal.entries().at(-1);

it("answers a call that fauxdr does not serve, and says in the journal whose reply it is", async () => {
  await using mock = await mockWith(fileWith(YAML));
  const { status, body } = await post(mock).send(search);
  expect([status, body]).toEqual([200, { reply: { total_count: 0 } }]);
  expect(last(mock)).toMatchObject({
    vendor: "cortex",
    operation: "getVersions",
    principal: "1",
    reply: { cause: "ok", basis: "yours" },
  });
  expect(last(mock)?.reply?.body.text).toBe('{"reply":{"total_count":0}}');
  expect(mock.findings()).toEqual([]);
  expect(mock.verify({ operation: "getVersions", times: 1 })).toHaveLength(1);
});

it.each([
  ["example=some", 200, { reply: { total_count: 2 } }],
  ["code=503", 503, { busy: true }],
  ["code=200, example=none", 200, { reply: { total_count: 0 } }],
])("answers Prefer: %s from the document", async (prefer, wanted, reply) => {
  await using mock = await mockWith(fileWith(YAML));
  const { status, body } = await post(mock, VERSIONS, { prefer }).send(search);
  expect([status, body]).toEqual([wanted, reply]);
});

it.each([
  ["code=404", "getVersions documents no status 404. Prefer: code= takes one of 200, 503."],
  ["example=all", 'has no example "all". Prefer: example= takes one of: none, some.'],
])("says which ones there are where Prefer: %s asks for another", async (prefer, message) => {
  await using mock = await mockWith(fileWith(YAML));
  const { status, body } = await post(mock, VERSIONS, { prefer }).send(search);
  expect([status, body.error]).toEqual([500, expect.stringContaining(message)]);
});

it("makes a reply from the schema, the same for the same seed", async () => {
  const replyFor = async (seed: string): Promise<unknown> => {
    await using mock = await mockWith(fileWith(YAML), { seed });
    const ask = () => request(mock.url).get("/public_api/v1/distributions/1").set(headers());
    const { body } = await ask();
    expect((await ask()).body).toEqual(body);
    return body;
  };
  const one = await replyFor("one");
  expect(one).toEqual({
    key: expect.stringMatching(/^[0-9a-f-]{36}$/),
    at: "2026-01-31T12:00:00Z",
    tags: ["low"],
  });
  expect(await replyFor("one")).toEqual(one);
  expect(await replyFor("two")).not.toEqual(one);
});

it("asks for the vendor's credentials, unless the document says that none are needed", async () => {
  const open = answering({ example: 1 }, { security: [] });
  await using mock = await mockWith(
    documentOf({ "/open": { get: open }, "/closed": { get: answering({ example: 1 }) } }),
  );
  expect((await request(mock.url).get("/open")).status).toBe(200);
  const refused = await request(mock.url).get("/closed");
  expect([refused.status, refused.body.err_code]).toEqual([401, "401"]);
  expect(last(mock)).toMatchObject({ refusal: { kind: "unauthenticated" } });
  expect(last(mock)?.error).toBeUndefined();
});

it("counts in the vendor's rate limit", async () => {
  await using mock = await mockWith(documentOf({ "/x": { get: answering({ example: 1 }) } }), {
    rateLimit: "429",
  });
  const statuses: number[] = [];
  for (let call = 0; call < 11; call++) {
    statuses.push((await request(mock.url).get("/x").set(headers())).status);
  }
  expect(statuses.slice(9)).toEqual([200, 429]);
});

it.each<[string, unknown, string]>([
  ["a field that is missing", {}, "/request_data is required"],
  ["a value that is too small", { request_data: { search_from: -1 } }, "must be >= 0"],
  ["a body that is no object", "[]", "must be object"],
])("refuses %s in the vendor's form, and judges it by the document", async (_, body, message) => {
  const file = fileWith(YAML);
  await using mock = await mockWith(file);
  const { status, body: reply } = await post(mock).send(body as object);
  expect([status, reply.err_code]).toEqual([400, "400"]);
  expect(mock.findings()).toMatchObject([
    { rule: "request.off-document", severity: "should", basis: "yours", source: file },
  ]);
  expect(mock.findings()[0]?.what).toContain(message);
});

it.each([
  ["?fields=a&fields=b", 200],
  ["?fields=a", 200],
  ["", 200],
])("takes a list in the query: %s", async (query, wanted) => {
  await using mock = await mockWith(fileWith(YAML));
  const { status } = await request(mock.url)
    .get(`/public_api/v1/distributions/1${query}`)
    .set(headers());
  expect(status).toBe(wanted);
});

it("takes an id in the path that fits more than one alternative", async () => {
  const schema = { oneOf: [{ type: "integer" }, { type: "string" }] };
  const parameters = [{ name: "id", in: "path", required: true, schema }];
  const get = answering({ example: 1 }, { parameters });
  await using mock = await mockWith(documentOf({ "/x/{id}": { get } }));
  for (const id of ["1", "one"]) {
    expect((await request(mock.url).get(`/x/${id}`).set(headers())).status).toBe(200);
  }
});

it("has faults like any other call", async () => {
  await using mock = await mockWith(fileWith(YAML), {
    faults: [
      { operation: "getVersions", times: 1, fault: { kind: "status", status: 502 } },
      { operation: "getVersions", times: 1, fault: { kind: "refusal", refusal: "forbidden" } },
    ],
  });
  expect((await post(mock).send(search)).status).toBe(502);
  expect((await post(mock).send(search)).status).toBe(403);
  expect((await post(mock).send(search)).status).toBe(200);
});

it("leaves the calls that fauxdr serves as they are", async () => {
  const mine = { post: answering({ example: { mine: true } }) };
  await using mock = await mockWith(documentOf({ "/public_api/v1/endpoints/get_endpoints": mine }));
  const { body } = await post(mock, "/public_api/v1/endpoints/get_endpoints").send({});
  expect(body.mine).toBeUndefined();
  expect(last(mock)).toMatchObject({ operation: "getEndpoints", reply: { basis: "documented" } });
});

it("answers in place of fauxdr where the document says so", async () => {
  const mine = { post: answering({ example: { mine: true } }, { "x-fauxdr-override": true }) };
  await using mock = await mockWith(documentOf({ "/public_api/v1/endpoints/get_endpoints": mine }));
  const { body } = await post(mock, "/public_api/v1/endpoints/get_endpoints").send({});
  expect(body).toEqual({ mine: true });
  expect(last(mock)?.reply?.basis).toBe("yours");
});

it("does not send an example that does not fit its schema, and says where it is", async () => {
  const media = { schema: { type: "object", required: ["id"] }, example: { name: "a" } };
  const file = fileWith(JSON.stringify(documentOf({ "/x": { get: answering(media) } })));
  await using mock = await mockWith(file);
  const { status, body } = await request(mock.url).get("/x").set(headers());
  expect([status, body.error]).toEqual([
    500,
    `${file}, line 1, /paths/~1x/get/responses/200: its example, or the value made from its schema, does not fit: the body does not match the spec:  must have required property 'id'. Change the example, or add one`,
  ]);
});

it("sends text, headers and empty replies", async () => {
  const paths = {
    "/text": {
      get: {
        responses: {
          200: {
            content: { "text/csv": { example: "a,b\n" } },
            headers: { "X-Total": { example: 2 } },
          },
        },
      },
    },
    "/gone": { delete: { responses: { 204: {} } } },
    "/file": {
      get: {
        responses: { default: { content: { "application/octet-stream": { example: "x" } } } },
      },
    },
  };
  await using mock = await mockWith(documentOf(paths));
  const csv = await request(mock.url).get("/text").set(headers());
  expect([csv.text, csv.headers["content-type"], csv.headers["x-total"]]).toEqual([
    "a,b\n",
    "text/csv; charset=utf-8",
    "2",
  ]);
  expect((await request(mock.url).delete("/gone").set(headers())).status).toBe(204);
  const file = await request(mock.url).get("/file").set(headers());
  expect([file.status, file.body.toString()]).toEqual([200, "x"]);
});

it("accepts a body of a listed type that it cannot read", async () => {
  const requestBody = {
    required: true,
    content: { "multipart/form-data": { schema: { type: "object" } } },
  };
  await using mock = await mockWith(
    documentOf({ "/up": { post: answering({ example: 1 }, { requestBody }) } }),
  );
  const sent = (type: string) =>
    request(mock.url)
      .post("/up")
      .set(headers({ "content-type": type }))
      .send("--x--");
  expect((await sent("multipart/form-data; boundary=x")).status).toBe(200);
  expect((await sent("text/plain")).status).toBe(400);
});

it("is of one tenant, where a tenant has documents of its own", async () => {
  await using mock = await startMock();
  const own = await mock.tenant({
    also: [documentOf({ "/x": { get: answering({ example: 1 }) } })],
  });
  const [credential] = own.credentials["cortex"] ?? [];
  const { "x-xdr-auth-id": id, key } = credential?.values ?? {};
  const ask = (given: Headers) => request(mock.url).get("/x").set(given);
  expect((await ask(headers({ "x-xdr-auth-id": id, authorization: key }))).status).toBe(200);
  await ask(headers());
  expect(last(mock)?.refusal?.kind).toBe("no-operation");
});

it.each([
  ["there is no such file", "/nowhere.yaml", "cannot be read"],
  ["it is wrong", documentOf({}), "it has no paths"],
])("starts nothing where %s", async (_, also, message) => {
  await expect(startMock({ also: [also] })).rejects.toThrow(message);
  await using mock = await startMock();
  await expect(mock.tenant({ name: "own", also: [also] })).rejects.toThrow(message);
  expect((await mock.tenant({ name: "own" })).name).toBe("own");
});

it("is in archive and log like any other call, without the credential", async () => {
  const logged: string[] = [];
  await using mock = await mockWith(fileWith(YAML), {
    onExchange: (exchange) => logged.push(textLine(exchange)),
  });
  await post(mock).send({ ...search, token: "real-key-8Hq2" });
  const har = toHar(mock.journal.entries(), "1.2.3");
  expect(har).toMatchObject({
    log: {
      entries: [
        {
          request: { method: "POST", url: `${mock.url}${VERSIONS}` },
          response: { status: 200, content: { text: '{"reply":{"total_count":0}}' } },
        },
      ],
    },
  });
  for (const secret of ["real-key-8Hq2", "fauxdr-standard-key"]) {
    expect(JSON.stringify(har)).not.toContain(secret);
  }
  expect(logged).toEqual([expect.stringMatching(/^12:00:00\.\d+ cortex getVersions 200 /)]);
});
