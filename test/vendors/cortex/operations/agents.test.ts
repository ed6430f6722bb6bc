import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, OTHER, reserved, UNKNOWN } from "../../../support/cortex.ts";
import { cortexClient, FILE, LINUX, named } from "../../../support/cortex-client.ts";

describe.each(["document", "recorded"] as const)("calls on agents, %s form", (wire) => {
  it.each(["endpoints/delete", "audits/endpoints/delete"])(
    "%s: the endpoints are gone",
    async (path) => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const { post } = cortexClient(mock);
      const { status, text } = await post(path, { filters: named(ENDPOINT, UNKNOWN) });
      expect([status, JSON.parse(text)]).toEqual([200, { reply: true }]);
      const list = await post("endpoints/get_endpoints", {});
      expect(list.text).not.toContain(ENDPOINT);
      expect(list.text).toContain(OTHER);
      const action = await post("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
      expect([action.status, mock.journal.entries().at(-1)?.refusal?.kind]).toEqual([
        500,
        "no-target",
      ]);
    },
  );

  it.each([
    [ENDPOINT, "Windows Default"],
    [LINUX, "Linux Default"],
  ])("endpoints/get_policy: the policy of %s is %s", async (endpoint_id, policy_name) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post, endpoint } = cortexClient(mock);
    const { text } = await post("endpoints/get_policy", { endpoint_id });
    expect(JSON.parse(text)).toEqual({ reply: { policy_name } });
    expect((await endpoint(endpoint_id))["assigned_prevention_policy"]).toBe(policy_name);
  });

  it("endpoints/update_agent_name: get_endpoint has the alias, an empty one deletes it", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post, endpoint } = cortexClient(mock);
    const filters = [{ field: "hostname", operator: "in", value: ["dc-01"] }];
    for (const alias of ["the controller", ""]) {
      const { text } = await post("endpoints/update_agent_name", { filters, alias });
      expect(JSON.parse(text)).toEqual(wire === "document" ? true : { reply: true });
      expect((await endpoint(ENDPOINT))["alias"]).toBe(alias);
      expect((await endpoint(OTHER))["alias"]).toBe("");
    }
  });

  it.each<[string, object, string]>([
    ["endpoints/delete", { filters: named(UNKNOWN) }, "no-target"],
    ["endpoints/delete", { filters: [] }, "invalid"],
    ["endpoints/delete", {}, "invalid"],
    ["endpoints/delete", { filters: named(reserved(500)) }, "failure"],
    ["endpoints/get_policy", { endpoint_id: UNKNOWN }, "not-found"],
    ["endpoints/get_policy", { endpoint_id: "" }, "invalid"],
    ["endpoints/get_policy", { endpoint_id: [ENDPOINT] }, "invalid"],
    ["endpoints/get_policy", { endpoint_id: reserved(500) }, "failure"],
    ["endpoints/update_agent_name", { filters: named(UNKNOWN), alias: "x" }, "no-target"],
    ["endpoints/update_agent_name", { filters: named(ENDPOINT) }, "invalid"],
    ["endpoints/update_agent_name", { filters: [], alias: "x" }, "invalid"],
    ["endpoints/update_agent_name", { filters: named(ENDPOINT), alias: 5 }, "invalid"],
  ])("%s with %j is refused and changes nothing", async (path, data, kind) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const before = mock.store.state().tables;
    const { status } = await cortexClient(mock).post(path, data);
    const exchange = mock.journal.entries().at(-1);
    expect([status, exchange?.refusal?.kind]).toEqual([
      kind === "invalid" && wire === "document" ? 400 : 500,
      kind,
    ]);
    expect(exchange?.error).toBeUndefined();
    expect(mock.store.state().tables).toEqual(before);
  });
});
