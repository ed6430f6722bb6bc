import { expect, it } from "vitest";
import { type MockOptions, startMock } from "../../../src/mock.ts";
import { CLOCK, ENDPOINT, headers } from "../../support/cortex.ts";
import { cortexClient, FILE } from "../../support/cortex-client.ts";

const FILTERS = [{ field: "endpoint_id_list", operator: "in", value: [ENDPOINT] }];
const DATA = { filters: FILTERS, ...FILE };

/** What a client gets from a mock: of a quarantine, of a list of hashes, and for a wrong key. */
async function shapes(options: MockOptions): Promise<readonly unknown[]> {
  await using mock = await startMock({ ...options, clock: CLOCK });
  const { post } = cortexClient(mock);
  const url = `${mock.url}/public_api/v1/healthcheck`;
  const wrong = await fetch(url, {
    headers: headers({ authorization: "x" }) as Record<string, string>,
  });
  const texts = [
    (await post("endpoints/quarantine", DATA)).text,
    (await post("hash_exceptions/blocklist", { hash_list: [FILE.file_hash] })).text,
    await wrong.text(),
  ];
  for (const { reply } of mock.journal.entries()) expect(reply?.basis).toBeDefined();
  return texts.map((text) => JSON.parse(text));
}

const TEXT = { reply: { action_id: "1001", status: "1", endpoints_count: "1" } };
const NUMBER = { reply: { action_id: 1001, status: 1, endpoints_count: 1 } };
const FLAT = { err_code: "401" };
const WRAPPED = { reply: { err_code: 401 } };

it.each<[string, MockOptions, readonly unknown[]]>([
  ["the preset document", {}, [TEXT, true, FLAT]],
  ["the preset recorded", { wire: "recorded" }, [NUMBER, { reply: true }, WRAPPED]],
  ["wrapped errors with a bare boolean", { errors: "wrapped" }, [TEXT, true, WRAPPED]],
  ["flat errors with numbers", { errors: "flat", numbers: "number" }, [NUMBER, true, FLAT]],
  ["an object for the lists alone", { listReplies: "object" }, [TEXT, { reply: true }, FLAT]],
  [
    "recorded, but for texts",
    { wire: "recorded", numbers: "text", listReplies: "boolean" },
    [TEXT, true, WRAPPED],
  ],
])("a tenant may have %s", async (_, options, wanted) => {
  expect(await shapes(options)).toMatchObject(wanted);
});

it("each tenant has its own mixture", async () => {
  await using mock = await startMock({ clock: CLOCK });
  const tenant = await mock.tenant({ name: "mixed", errors: "wrapped", numbers: "number" });
  const ask = async (of: Parameters<typeof cortexClient>[0]): Promise<unknown> =>
    JSON.parse((await cortexClient(of).post("endpoints/quarantine", DATA)).text);
  expect(await ask(mock)).toEqual(TEXT);
  expect(tenant.settings).toMatchObject({ wire: "document", errors: "wrapped" });
});

it("names the basis of the form that a mixture has, not of the preset", async () => {
  await using mock = await startMock({ clock: CLOCK, errors: "wrapped" });
  const { post } = cortexClient(mock);
  await post("endpoints/nothing-of-the-kind", {});
  await post("endpoints/quarantine", DATA);
  expect(mock.journal.entries().map(({ reply }) => reply?.basis)).toEqual([
    "recorded",
    "documented",
  ]);
});

it.each<[string, MockOptions, number]>([
  ["refused in the document form", {}, 400],
  ["ignored in the recorded form", { wire: "recorded" }, 200],
  ["ignored in the document form by the switch", { unknownFields: "ignore" }, 200],
  [
    "refused in the recorded form by the switch",
    { wire: "recorded", unknownFields: "refuse" },
    500,
  ],
])("a field that a call does not have is %s", async (_, options, status) => {
  await using mock = await startMock({ ...options, clock: CLOCK });
  const { post } = cortexClient(mock);
  expect((await post("endpoints/get_endpoint", { limit: 5 })).status).toBe(status);
});

it("an empty sort is taken where unknown fields are, and sorts nothing", async () => {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  const { post } = cortexClient(mock);
  const plain = await post("endpoints/get_endpoint", {});
  const sorted = await post("endpoints/get_endpoint", { filters: [], sort: {} });
  expect(sorted.status).toBe(200);
  expect(sorted.text).toBe(plain.text);
  const strict = await startMock({ clock: CLOCK });
  const refused = await cortexClient(strict).post("endpoints/get_endpoint", { sort: {} });
  await strict.close();
  expect(refused.status).toBe(400);
});

it("recorded replies are written with spaces, but for the health check", async () => {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  const { post, send } = cortexClient(mock);
  const none = await post("quarantine/status", {
    files: [{ endpoint_id: ENDPOINT, ...FILE }],
  });
  expect(none.text).toMatch(/^\{"reply": \[\{"endpoint_id": "\w+", "file_path": "/);
  const health = await send("/public_api/v1/healthcheck", { method: "GET" });
  expect(health.text).toBe('{"status":"available"}');
});

it.each(["string", "<endpoint ID>"])(
  "the placeholder %j of the samples can be acted on, and is in no list",
  async (id) => {
    await using mock = await startMock({ clock: CLOCK });
    const { act, post, statuses } = cortexClient(mock);
    const filters = [{ field: "endpoint_id_list", operator: "in", value: [id] }];
    const action = await act("endpoints/quarantine", { ...DATA, filters });
    mock.clock.advance(2000);
    expect(await statuses(action)).toEqual({ [id]: "COMPLETED_SUCCESSFULLY" });
    await act("endpoints/restore", { file_hash: FILE.file_hash, endpoint_id: id });
    const { text } = await post("endpoints/get_endpoint", { filters });
    expect(JSON.parse(text).reply.endpoints).toEqual([]);
  },
);

it.each<[string, MockOptions, object, number, string]>([
  ["refused without a hash", {}, { file_hash: undefined }, 400, "file_hash is required"],
  [
    "refused without a hash in recorded words",
    { wire: "recorded" },
    { file_hash: undefined },
    500,
    "file_hash param is missing",
  ],
  [
    "refused without a target, by the page, because nothing matches",
    { requiredFields: "page" },
    { filters: undefined },
    500,
    "No endpoint was found",
  ],
  [
    "refused for a hash that is no text, by the page too",
    { requiredFields: "page" },
    { file_hash: 5 },
    400,
    "file_hash must be string",
  ],
])("a quarantine is %s", async (_, options, change, status, words) => {
  await using mock = await startMock({ ...options, clock: CLOCK });
  const reply = await cortexClient(mock).post("endpoints/quarantine", { ...DATA, ...change });
  expect([reply.status, reply.text]).toEqual([status, expect.stringContaining(words)]);
  expect(mock.store.all({ name: "cortex.actions" } as never)).toEqual([]);
});

it("a quarantine without a file is accepted by the page, and its action fails", async () => {
  await using mock = await startMock({ requiredFields: "page", clock: CLOCK });
  const { act, statuses } = cortexClient(mock);
  const action = await act("endpoints/quarantine", { filters: FILTERS });
  mock.clock.advance(2000);
  expect(await statuses(action)).toEqual({ [ENDPOINT]: "FAILED" });
});
