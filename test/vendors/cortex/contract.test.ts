import { describe, expect, it } from "vitest";
import { readFaultRules } from "../../../src/core/faults/read-fault.ts";
import { readExpectation } from "../../../src/core/journal/verify.ts";
import { startMock } from "../../../src/mock.ts";
import { contract } from "../../../src/vendors/cortex/contract.ts";
import { cortex } from "../../../src/vendors/cortex/vendor.ts";
import { exchangeOf } from "../../support/cortex-exchanges.ts";

const { cases, rules, progressOf, createdBy, environment } = contract;

describe("the cases", () => {
  it("have ids and titles of their own, of which the ids say whose they are", () => {
    const ids = [...cases, ...rules].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^cortex\.[a-z]+(\.[a-z0-9-]+)$/.test(id))).toEqual([]);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  it("are plain data", () => {
    expect(JSON.parse(JSON.stringify(cases))).toEqual(cases);
  });

  it("do not repeat their basis in the source", () => {
    const BASIS = /^(documented|documented-old|recorded|observed|assumed)\b/;
    expect(cases.filter(({ source }) => BASIS.test(source)).map(({ id }) => id)).toEqual([]);
  });

  it.each(cases)("$id is one that can be run", async ({ operation, as, settings, wire }) => {
    expect(Object.keys(cortex.operations)).toContain(operation);
    for (const expectation of wire ?? []) readExpectation(expectation);
    readFaultRules(settings?.["faults"] ?? []);
    await using mock = await startMock({ ...settings });
    const purposes = mock.credentials["cortex"]?.map(({ purpose }) => purpose);
    expect(purposes).toContain(as ?? "standard key");
  });

  it("wait for actions that end, and give the client time for them", () => {
    for (const { id, input } of cases) {
      const { wait, pollSeconds, giveUpSeconds } = input as Record<string, number>;
      expect(typeof wait, id).toBe("boolean");
      expect(pollSeconds, id).toBeGreaterThanOrEqual(0.1);
      expect(giveUpSeconds, id).toBeGreaterThan(4 * Number(pollSeconds));
    }
  });
});

describe("an action's progress", () => {
  const asked = (id: unknown, data: unknown, status = 200) =>
    exchangeOf("getActionStatus", { group_action_id: id }, { status, body: { reply: { data } } });

  it.each([
    ["COMPLETED_SUCCESSFULLY", true],
    ["COMPLETED_PARTIAL", true],
    ["FAILED", true],
    ["TIMEOUT", true],
    ["EXPIRED", true],
    ["CANCELLED", true],
    ["ABORTED", true],
    ["PENDING", false],
    ["IN_PROGRESS", false],
    ["PENDING_ABORT", false],
    ["SOMETHING_NEW", false],
  ])("has ended with %s: %s", (status, ended) => {
    expect(progressOf(asked(7, { a: status }))).toEqual({ action: "7", ended });
  });

  it("has not ended while one endpoint is under way", () => {
    expect(progressOf(asked("7", { a: "FAILED", b: "PENDING" }))).toEqual({
      action: "7",
      ended: false,
    });
  });

  it.each([
    ["another call", exchangeOf("quarantineFiles", {}, { status: 200, body: { reply: {} } })],
    ["a refusal", asked(7, { a: "FAILED" }, 500)],
    ["a reply without data", asked(7, undefined)],
    ["no reply", exchangeOf("getActionStatus", { group_action_id: 7 })],
    ["a reply that is no JSON", exchangeOf("getActionStatus", {}, { status: 200, body: "<html>" })],
  ])("is not told by %s", (_, exchange) => {
    expect(progressOf(exchange)).toBeUndefined();
  });
});

describe("the action that a call created", () => {
  const created = (reply: unknown, status = 200) =>
    createdBy(exchangeOf("quarantineFiles", {}, { status, body: { reply } }));

  it.each([["1001"], [1001]])("is the same for %j", (action_id) => {
    expect(created({ action_id, status: 1 })).toBe("1001");
  });

  it.each([
    ["a reply without one", {}, 200],
    ["a list", [], 200],
    ["nothing", null, 200],
    ["a refusal", { action_id: 1 }, 500],
  ])("is none for %s", (_, reply, status) => {
    expect(created(reply, status)).toBeUndefined();
  });
});

describe("a client's environment", () => {
  const key = (purpose: string, id: string, value: string) => ({
    purpose,
    values: { "x-xdr-auth-id": id, key: value },
    secrets: [],
  });
  const given = [
    key("standard key", "1", "one"),
    key("advanced key", "2", "two"),
    key("revoked (401)", "5", "five"),
    key("advanced key, revoked (401)", "8", "eight"),
  ];

  it.each([
    [undefined, "1", "one", "2", "two"],
    ["revoked (401)", "5", "five", "8", "eight"],
    ["advanced key", "2", "two", "2", "two"],
    ["advanced key, revoked (401)", "8", "eight", "8", "eight"],
  ])(
    "has the credentials for %s, and the advanced ones of the same standing",
    (purpose, ...values) => {
      const [id, standard, advancedId, advanced] = values;
      expect(environment("http://mock", given, purpose)).toEqual({
        CORTEX_URL: "http://mock",
        CORTEX_API_KEY_ID: id,
        CORTEX_API_KEY: standard,
        CORTEX_ADVANCED_API_KEY_ID: advancedId,
        CORTEX_ADVANCED_API_KEY: advanced,
      });
    },
  );
});
