import { expect, it } from "vitest";
import { judge } from "../../../src/contract/judge.ts";
import { startMock } from "../../../src/mock.ts";
import { cortex } from "../../../src/vendors/cortex/vendor.ts";
import { CLOCK, ENDPOINT } from "../../support/cortex.ts";
import { cortexClient, FILE } from "../../support/cortex-client.ts";

const RULE = "request.ignored-member";
const filters = [{ field: "endpoint_id_list", operator: "in", value: [ENDPOINT] }];

it("finds a field that the vendor ignores, once for each, with its place", async () => {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  const { send } = cortexClient(mock);
  const data = { filters, ...FILE, colour: 1 };
  const { status } = await send("/public_api/v1/endpoints/quarantine", {
    body: JSON.stringify({ request_data: data, incident_id: 5 }),
  });
  expect(status).toBe(200);
  const [exchange] = mock.journal.entries();
  expect(exchange?.ignored).toEqual(["/request_data/colour", "/incident_id"]);
  const found = judge([exchange as never], [cortex]).filter(({ rule }) => rule === RULE);
  expect(found).toMatchObject([
    {
      severity: "should",
      what: "quarantineFiles: /request_data/colour is not a field of this call and has no effect",
    },
    { what: expect.stringContaining("/incident_id is not a field") },
  ]);
});

it("says nothing of a call that has only fields of its own, and of one that is refused", async () => {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  const { post } = cortexClient(mock);
  await post("endpoints/quarantine", { filters, ...FILE });
  await post("endpoints/quarantine", { filters: 5, ...FILE, colour: 1 });
  expect(mock.journal.entries().map(({ reply }) => reply?.status)).toEqual([200, 500]);
  expect(judge(mock.journal.entries(), [cortex]).filter(({ rule }) => rule === RULE)).toEqual([]);
});
