import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, reserved, UNKNOWN, unknown } from "../../../support/cortex.ts";
import { cortexClient, named, OFFLINE, SECOND } from "../../../support/cortex-client.ts";
import {
  failure,
  noTarget,
  OBSERVED,
  RECORDED,
  refused,
  wrongState,
} from "../../../support/cortex-refusals.ts";
import {
  badBodies,
  badData,
  badIncidents,
  badKeys,
  forgetsIncidents,
  noData,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const isolate = subject("isolateEndpoints", "endpoints/isolate", { endpoint_id: ENDPOINT });
const unisolate = subject("unisolateEndpoints", "endpoints/unisolate", { endpoint_id: ENDPOINT });

const EITHER = "/request_data must have exactly one of endpoint_id and filters.";
const [good] = named(ENDPOINT);
const at = "/request_data/filters/0";

const WRONG = badData([
  ["an empty request_data", {}, "/request_data must NOT have fewer than 1 properties."],
  ["neither an id nor filters", { incident_id: 1 }, EITHER],
  ["an id and filters", { endpoint_id: ENDPOINT, filters: named(ENDPOINT) }, EITHER],
  [
    "an empty id",
    { endpoint_id: "" },
    "/request_data/endpoint_id must NOT have fewer than 1 characters.",
  ],
  ["a number for an id", { endpoint_id: 5 }, "/request_data/endpoint_id must be string."],
  ["null for an id", { endpoint_id: null }, "/request_data/endpoint_id must be string."],
  ["a list of ids", { endpoint_id: [ENDPOINT] }, "/request_data/endpoint_id must be string."],
  ["filters that are null", { filters: null }, "/request_data/filters must be array."],
  ["filters that are an object", { filters: good }, "/request_data/filters must be array."],
  ["no filter", { filters: [] }, "/request_data/filters must NOT have fewer than 1 items."],
  [
    "a filter by status",
    { filters: [{ ...good, field: "endpoint_status" }] },
    `${at}/field must be one of: endpoint_id_list.`,
  ],
  [
    "a filter with gte",
    { filters: [{ ...good, operator: "gte" }] },
    `${at}/operator must be one of: in, IN.`,
  ],
  [
    "a filter for one text",
    { filters: [{ ...good, value: ENDPOINT }] },
    `${at}/value must be array.`,
  ],
  ["a filter for a number", { filters: named(5) }, `${at}/value/0 must be string.`],
  ["a filter for nobody", { filters: named() }, `${at}/value must NOT have fewer than 1 items.`],
  [
    "1001 ids",
    { filters: named(...unknown(1001)) },
    `${at}/value must NOT have more than 1000 items.`,
  ],
  [
    "an unknown field of a filter",
    { filters: [{ ...good, x: 1 }] },
    `${at}/x is not a field of this call.`,
  ],
]);

for (const of of [isolate, unisolate]) {
  refuses(of, [...badKeys(of), ...badBodies(of), ...noData, ...WRONG, ...badIncidents(of)]);
}
forgetsIncidents(isolate);
forgetsIncidents(unisolate, async (mock) => {
  await cortexClient(mock).act("endpoints/isolate", { endpoint_id: ENDPOINT });
  mock.clock.advance(2 * SECOND);
});

const FREE = "None of the endpoints is AGENT_UNISOLATED.";
const ISOLATED = "None of the endpoints is AGENT_ISOLATED.";

describe.each(WIRE_FORMS)("isolation, %s form", (wire) => {
  it.each([isolate, unisolate])("refuses an unknown endpoint to $operation", async (of) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const path = of.path.slice("/public_api/v1/".length);
    for (const data of [{ endpoint_id: UNKNOWN, unknown }, { filters: named(UNKNOWN) }]) {
      const seen = await refused(mock, of.operation, () => post(path, data));
      const action = of === isolate ? "ISOLATE" : "UNISOLATE";
      expect(seen).toEqual(noTarget(action)[wire]);
    }
  });

  it("refuses to isolate while an isolation is pending, completed or being ended", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post, act } = cortexClient(mock);
    const data = { endpoint_id: ENDPOINT };
    const again = () => refused(mock, "isolateEndpoints", () => post("endpoints/isolate", data));
    const expected = wrongState("ISOLATE", FREE, RECORDED)[wire];
    await act("endpoints/isolate", data);
    expect(await again()).toEqual(expected);
    mock.clock.advance(2 * SECOND);
    expect(await again()).toEqual(expected);
    await act("endpoints/unisolate", data);
    expect(await again()).toEqual(expected);
  });

  it.each([
    ["is free", ENDPOINT, false],
    ["waits for its isolation", OFFLINE, true],
    ["never gets its isolation", reserved(7), true],
  ])(
    "refuses to end the isolation of an endpoint that %s",
    async (_what, endpoint_id, isolated) => {
      await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
      const { post, act } = cortexClient(mock);
      if (isolated) await act("endpoints/isolate", { endpoint_id });
      const seen = await refused(mock, "unisolateEndpoints", () =>
        post("endpoints/unisolate", { endpoint_id }),
      );
      expect(seen).toEqual(wrongState("UNISOLATE", ISOLATED, OBSERVED)[wire]);
    },
  );

  it("refuses to unisolate twice", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post, act } = cortexClient(mock);
    const data = { endpoint_id: ENDPOINT };
    await act("endpoints/isolate", data);
    mock.clock.advance(2 * SECOND);
    await act("endpoints/unisolate", data);
    const again = () =>
      refused(mock, "unisolateEndpoints", () => post("endpoints/unisolate", data));
    const expected = wrongState("UNISOLATE", ISOLATED, OBSERVED)[wire];
    expect(await again()).toEqual(expected);
    mock.clock.advance(2 * SECOND);
    expect(await again()).toEqual(expected);
  });

  it("gives the error that a reserved endpoint forces", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const data = { endpoint_id: reserved(500) };
    const seen = await refused(mock, "isolateEndpoints", () => post("endpoints/isolate", data));
    expect(seen).toEqual(failure[wire]);
  });
});
