import request from "supertest";
import { expect, it } from "vitest";
import type { FaultRule } from "../../src/core/faults/fault.ts";
import { type Mock, serve, startMock } from "../../src/mock.ts";
import { fromObject, readSettings } from "../../src/settings/read.ts";
import {
  CLOCK,
  filter,
  filtered,
  type Headers,
  headers as headersOf,
  PATH,
} from "../support/cortex.ts";
import { wrongServer } from "../support/wrong-server.ts";

const ONE = "facade00000000000000000000000001";
const REAL = "real-key-8Hq2";
const headers = (more: Headers = {}): Headers =>
  headersOf({ "accept-encoding": "identity", ...more });
const quarantine = filtered(filter(ONE));

const before = (upstream: string, targets: readonly string[] = []): Promise<Mock> =>
  serve(
    readSettings([fromObject({ port: 0, tlsPort: 0, upstream }, "the test")]),
    undefined,
    undefined,
    false,
    { targets, secrets: [REAL] },
  );

const last = ({ journal }: Mock) => journal.entries().at(-1);

it("passes a call on and the reply back, and finds nothing against either", async () => {
  await using real = await startMock({ clock: CLOCK });
  await using mock = await before(real.url);
  const ask = ({ url }: Mock) =>
    request(url).post("/public_api/v1/endpoints/get_endpoints").set(headers()).send({});
  const [passed, direct] = [await ask(mock), await ask(real)];
  expect([passed.status, passed.body]).toEqual([direct.status, direct.body]);
  expect(last(mock)).toMatchObject({
    operation: "getEndpoints",
    reply: { cause: "upstream" },
    upstream: { drifts: [] },
  });
  expect(mock.findings()).toEqual([]);
});

it.each(["document", "recorded"] as const)("knows a server of the %s wire form", async (wire) => {
  await using real = await startMock({ wire });
  await using mock = await before(real.url);
  await request(mock.url).post("/public_api/v1/endpoints/get_endpoints").set(headers()).send({});
  await request(mock.url).get("/public_api/v1/healthcheck").set(headers());
  expect(mock.journal.entries().flatMap(({ upstream }) => upstream?.drifts)).toEqual([]);
});

it("judges the client as it would without a real server", async () => {
  await using real = await startMock();
  await using mock = await before(real.url);
  const send = (body: object, more = {}) =>
    request(mock.url).post("/public_api/v1/endpoints/get_endpoints").set(headers(more)).send(body);
  await send([]);
  expect(mock.findings()).toEqual(
    expect.arrayContaining([expect.objectContaining({ rule: "request.off-spec" })]),
  );
  await send({}, { authorization: "wrong" });
  expect(last(mock)?.refusal).toMatchObject({ kind: "unauthenticated" });
});

it("says where the server departs from the vendor's document", async () => {
  await using real = await startMock();
  const wrong = await wrongServer(real.url, (passing) => {
    passing.body = passing.body.replace('"available"', "true");
    return undefined;
  });
  await using mock = await before(wrong);
  const { body } = await request(mock.url).get("/public_api/v1/healthcheck").set(headers());
  expect(body.status).toBe(true);
  expect(mock.findings()[0]).toMatchObject({
    rule: "upstream.drift",
    severity: "must",
    what: expect.stringContaining("healthcheck /status: "),
  });
});

it("holds back what acts on a machine that nobody named", async () => {
  await using real = await startMock();
  await using mock = await before(real.url);
  const { status, headers: told } = await request(mock.url)
    .post(PATH)
    .set(headers())
    .send(quarantine);
  expect([status, told["x-fauxdr-held-back"]]).toEqual([403, `POST ${PATH}`]);
  expect(real.actions.list()).toEqual([]);
  expect(real.journal.entries()).toEqual([]);
  expect(mock.findings()).toMatchObject([{ rule: "upstream.held-back", severity: "info" }]);
});

it("passes it on where the machine is named", async () => {
  await using real = await startMock();
  await using mock = await before(real.url, [ONE]);
  await request(mock.url).post(PATH).set(headers()).send(quarantine);
  expect(real.actions.list().flatMap(({ targets }) => targets.map(({ id }) => id))).toEqual([ONE]);
});

it("passes on a call that fauxdr does not serve", async () => {
  await using real = await startMock();
  await using mock = await before(real.url);
  await request(mock.url).post("/public_api/v1/distributions/get_versions").set(headers()).send({});
  expect(last(real)?.request.url).toBe("/public_api/v1/distributions/get_versions");
  expect(last(mock)?.refusal?.kind).toBe("not-served");
});

it("answers for a server that is not there, and blames neither", async () => {
  const real = await startMock();
  await real.close();
  await using mock = await before(real.url);
  const { status, body } = await request(mock.url).get("/public_api/v1/healthcheck").set(headers());
  expect([status, body.error]).toEqual([502, expect.stringContaining(" did not answer: ")]);
  expect(last(mock)?.error).toContain("did not answer");
});

it("stores no real credential, wherever it stands", async () => {
  await using real = await startMock();
  await using mock = await before(real.url);
  await request(mock.url)
    .post("/public_api/v1/endpoints/get_endpoints")
    .set(headers({ authorization: REAL, "x-xdr-auth-id": "77", "x-other": `a ${REAL}` }))
    .send({ note: REAL });
  expect(JSON.stringify(mock.journal.entries())).not.toContain(REAL);
});

it.each<[string, FaultRule, number, number]>([
  ["without effect is fauxdr's own reply", { fault: { kind: "status", status: 503 } }, 503, 0],
  ["with effect follows the call", { fault: { kind: "html-page", effect: true } }, 502, 1],
  ["that changes the reply has the server's", { fault: { kind: "extra-fields" } }, 200, 1],
])("a fault rule %s", async (_, rule, wanted, passed) => {
  await using real = await startMock();
  await using mock = await before(real.url);
  mock.faults.add({ ...rule, times: 1 });
  const ask = () => request(mock.url).get("/public_api/v1/healthcheck").set(headers());
  const { status, text } = await ask();
  expect([status, real.journal.entries().length]).toEqual([wanted, passed]);
  expect(text.includes("fauxdr_extra")).toBe(rule.fault.kind === "extra-fields");
  expect(last(mock)).toMatchObject({ fault: { kind: rule.fault.kind, effect: passed === 1 } });
  expect((await ask()).body).toEqual({ status: "available" });
});

it("a fault with effect does not free a call that is held back", async () => {
  await using real = await startMock();
  await using mock = await before(real.url);
  mock.faults.add({ fault: { kind: "html-page", effect: true } });
  await request(mock.url).post(PATH).set(headers()).send(quarantine);
  expect(real.journal.entries()).toEqual([]);
  expect(last(mock)).toMatchObject({ fault: { effect: false }, upstream: { heldBack: true } });
});

it("Prefer: code= is answered without the server", async () => {
  await using real = await startMock();
  await using mock = await before(real.url);
  const { status } = await request(mock.url)
    .post("/public_api/v1/endpoints/get_endpoints")
    .set(headers({ prefer: "code=402" }))
    .send({});
  expect([status, real.journal.entries()]).toEqual([402, []]);
});
