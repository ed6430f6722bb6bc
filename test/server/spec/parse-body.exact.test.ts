import { expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { cortexClient } from "../../support/cortex-client.ts";

const BIG = "9007199254740993";
const BODY = `{"request_data":{"group_action_id":${BIG}}}`;
const PATH = "/public_api/v1/actions/get_action_status";

it("the reply to an id beyond 2^53 has every digit of it", async () => {
  await using mock = await startMock();
  const { text } = await cortexClient(mock).send(PATH, { body: BODY });
  expect(text).toContain(BIG);
});

it("an expectation distinguishes such an id from its neighbours", async () => {
  await using mock = await startMock();
  await cortexClient(mock).send(PATH, { body: BODY });
  const seen = (id: unknown) =>
    mock.verdict({ where: { "/request_data/group_action_id": id as string }, times: 1 }).verdict;
  expect([seen(BIG), seen("9007199254740992"), seen(9007199254740992)]).toEqual([
    "passed",
    "failed",
    "failed",
  ]);
});

it("a fault rule set over the network applies to such an id and not to its neighbours", async () => {
  await using mock = await startMock();
  const rule = `{"where":{"/request_data/group_action_id":${BIG}},"fault":{"kind":"status","status":503}}`;
  await fetch(`${mock.url}/__admin/tenants/default/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: rule,
  });
  expect(mock.faults.list()).toHaveLength(1);
  const { send } = cortexClient(mock);
  const neighbour = BODY.replace(BIG, "9007199254740992");
  expect((await send(PATH, { body: neighbour })).status).toBe(500);
  expect((await send(PATH, { body: BODY })).status).toBe(503);
});

it("an integer that a schema asks for is one, however large", async () => {
  await using mock = await startMock();
  const body = `{"request_data":{"search_from":${BIG},"search_to":${BIG}}}`;
  const { text } = await cortexClient(mock).send("/public_api/v1/endpoints/get_endpoint", { body });
  expect(text).not.toContain("must be integer");
});
