import { describe, expect, it } from "vitest";
import type { FaultRule, Mock } from "../../../src/index.ts";
import { startMock } from "../../../src/mock.ts";
import * as cortex from "../../support/cortex.ts";
import { cortexCall, qualysCall } from "../../support/good-calls.ts";

/** Adds a rule as any client of the control API would. */
async function add(mock: Mock, rule: FaultRule, tenant = "default"): Promise<void> {
  const reply = await fetch(`${mock.url}/__admin/tenants/${tenant}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(rule),
  });
  expect(reply.status).toBe(201);
}

const post = async (mock: Mock, path: string, headers: object, body: string): Promise<number> => {
  const sent = headers as Record<string, string>;
  return (await fetch(`${mock.url}${path}`, { method: "POST", headers: sent, body })).status;
};

const quarantine = (mock: Mock, overrides: object = {}, headers: object = {}, query = "") =>
  post(
    mock,
    `${cortexCall.path}${query}`,
    {
      "content-type": "application/json",
      "x-xdr-auth-id": "1",
      authorization: "fauxdr-standard-key",
      ...headers,
    },
    JSON.stringify(cortex.body(overrides)),
  );

const BUSY = { kind: "status", status: 503 } as const;

describe("a fault rule", () => {
  it('with "times": 2 applies to exactly two of a hundred concurrent calls', async () => {
    await using mock = await startMock();
    await add(mock, { operation: "quarantineFiles", times: 2, fault: BUSY });
    const statuses = await Promise.all(Array.from({ length: 100 }, () => quarantine(mock)));
    expect(statuses.filter((status) => status === 503)).toHaveLength(2);
    expect(statuses.filter((status) => status === 200)).toHaveLength(98);
    expect(mock.faults.list()).toMatchObject([{ matched: 100, applied: 2 }]);
    expect(mock.actions.list()).toHaveLength(98);
    expect(mock.journal.entries().filter(({ fault }) => fault)).toHaveLength(2);
  });

  it.each<FaultRule["fault"]>([
    { kind: "type-drift", at: "/reply/action_id" },
    { kind: "unknown-enum" },
    { kind: "unknown-enum", at: "/reply/status" },
  ])("leaves a reply as it is that it does not fit: %j", async (fault) => {
    await using mock = await startMock();
    await add(mock, { fault });
    expect(await quarantine(mock, {}, { authorization: "nobody's" })).toBe(401);
    const [exchange] = mock.journal.entries();
    expect([exchange?.fault, exchange?.error]).toEqual([undefined, undefined]);
  });

  it.each<[string, Partial<FaultRule>, number[]]>([
    ["nth", { nth: 3 }, [200, 200, 503, 200, 200]],
    ["nth and times", { nth: 2, times: 3 }, [200, 503, 503, 503, 200]],
    ["times", { times: 1 }, [503, 200, 200, 200, 200]],
    ["neither", {}, [503, 503, 503, 503, 503]],
    ["no chance at all", { probability: 0 }, [200, 200, 200, 200, 200]],
  ])("counts its calls: %s", async (_what, rule, expected) => {
    await using mock = await startMock();
    await add(mock, { ...rule, fault: BUSY });
    const statuses: number[] = [];
    for (const _ of expected) statuses.push(await quarantine(mock));
    expect(statuses).toEqual(expected);
  });

  it("counts the calls of its operation alone, and those of its vendor alone", async () => {
    await using mock = await startMock();
    await add(mock, { vendor: "qualys", fault: { kind: "status", status: 502 } });
    await add(mock, { operation: "getEndpoints", nth: 2, fault: BUSY });
    const list = () =>
      post(mock, "/public_api/v1/endpoints/get_endpoints", cortexCall.headers, "{}");
    expect(await quarantine(mock)).toBe(200);
    expect(await list()).toBe(200);
    expect(await quarantine(mock)).toBe(200);
    expect(await list()).toBe(503);
    expect(await post(mock, qualysCall.path, qualysCall.headers, qualysCall.body)).toBe(502);
    // A path of no call has no operation.
    expect(await post(mock, "/public_api/v1/nothing", cortexCall.headers, "{}")).toBe(500);
    expect(mock.journal.entries().at(-1)?.fault).toBeUndefined();
  });

  it.each<[string, FaultRule["where"], number[]]>([
    ["a field", { "/request_data/file_path": "/tmp/b" }, [200, 503, 200]],
    ["any element", { "/request_data/filters/*/value/*": cortex.OTHER }, [200, 200, 503]],
    [
      "part of an array",
      { "/request_data/filters/0/value": { contains: cortex.OTHER } },
      [200, 200, 503],
    ],
    ["a length", { "/request_data/filters/0/value": { length: 2 } }, [200, 200, 503]],
    ["a header", { "header/X-Try": "2" }, [200, 503, 200]],
    ["a header that is not there", { "header/x-try": { exists: false } }, [503, 200, 200]],
    ["a query parameter", { "query/dry": { oneOf: ["no", "yes"] } }, [200, 200, 503]],
    ["all of several", { "header/x-try": "2", "query/dry": "yes" }, [200, 200, 200]],
  ])("applies if %s says so", async (_what, where = {}, expected) => {
    await using mock = await startMock();
    await add(mock, { where, fault: BUSY });
    const both = { filters: [cortex.filter(cortex.ENDPOINT, cortex.OTHER)] };
    expect([
      await quarantine(mock),
      await quarantine(mock, { file_path: "/tmp/b" }, { "x-try": "2" }),
      await quarantine(mock, both, { "x-try": "3" }, "?dry=yes"),
    ]).toEqual(expected);
  });

  it("applies to its own tenant only", async () => {
    await using mock = await startMock();
    const other = await mock.tenant({ name: "other" });
    await add(mock, { fault: BUSY }, "other");
    const { "x-xdr-auth-id": id, key } = other.credentials["cortex"]?.[0]?.values ?? {};
    expect(await quarantine(mock)).toBe(200);
    expect(await quarantine(mock, {}, { "x-xdr-auth-id": id, authorization: key })).toBe(503);
    expect([mock.faults.list(), other.faults.list().length]).toEqual([[], 1]);
  });

  it("applies to calls that are refused too: a gateway does not check credentials", async () => {
    await using mock = await startMock();
    await add(mock, { fault: BUSY });
    expect(await quarantine(mock, {}, { authorization: "wrong" })).toBe(503);
  });

  it("is gone once it is removed, and all are once they are cleared", async () => {
    await using mock = await startMock();
    await add(mock, { id: "one", times: 5, fault: BUSY });
    await add(mock, { id: "two", fault: { kind: "status", status: 502 } });
    const path = `${mock.url}/__admin/tenants/default/faults`;
    expect(await quarantine(mock)).toBe(503);
    const removed = await fetch(`${path}/one`, { method: "DELETE" });
    expect(await removed.json()).toEqual({ removed: ["one"] });
    expect(await quarantine(mock)).toBe(502);
    const cleared = await fetch(path, { method: "DELETE" });
    expect(await cleared.json()).toEqual({ removed: ["two"] });
    expect(await quarantine(mock)).toBe(200);
  });
});
