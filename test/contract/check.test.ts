import { describe, expect, it } from "vitest";
import { check } from "../../src/contract/check.ts";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import type { ContractCase } from "../../src/core/contract.ts";
import { startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { contract } from "../../src/vendors/cortex/contract.ts";

const one = (id: string, rest: Partial<ContractCase> = {}): ContractCase => ({
  id,
  title: "The health is asked for",
  basis: "documented",
  source: "A document",
  severity: "must",
  wireForms: ["document", "recorded"],
  operation: "healthcheck",
  input: {},
  outcomes: ["completed"],
  ...rest,
});

const CASES = [one("a"), one("b", { wireForms: ["recorded"] }), one("c")];

const call = async (url: string, id = "", key = "") => {
  const headers = { "x-xdr-auth-id": id, authorization: key };
  await (await fetch(`${url}/public_api/v1/healthcheck`, { headers })).arrayBuffer();
  return { outcome: "completed" } as const;
};

const good = ({ environment: e }: ClientTask) =>
  call(e["CORTEX_URL"] ?? "", e["CORTEX_API_KEY_ID"], e["CORTEX_API_KEY"]);

async function checked(
  client: Parameters<typeof functionClient>[0],
  { cases = CASES, jobs = 2, isChosen = (_: string): boolean => true } = {},
) {
  await using mock = await startMock();
  const steps: unknown[] = [];
  const results = await check({
    target: mockTarget(mock),
    client: functionClient(client),
    vendors: [{ name: "cortex", contract: { ...contract, cases } }],
    isChosen,
    jobs,
    limitMs: 10_000,
    failOn: "must",
    onResult: ({ id }, done, all) => steps.push([id, done, all]),
  });
  return { results, steps, names: results.map(({ id, wire }) => `${id} ${wire}`) };
}

it.each([1, 2, 9])("answers the results in the cases' order, with %i at once", async (jobs) => {
  const { names, results } = await checked(good, { jobs });
  expect(names).toEqual(["a document", "a recorded", "b recorded", "c document", "c recorded"]);
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(5).fill("pass"));
});

it("starts the cases that may take longest first, and keeps their order in the results", async () => {
  const cases = [one("a"), one("b", { limitSeconds: 65 })];
  const { steps, names } = await checked(good, { jobs: 1, cases });
  expect(steps.map((step) => (step as unknown[])[0])).toEqual(["b", "b", "a", "a"]);
  expect(names.map((name) => name[0])).toEqual(["a", "a", "b", "b"]);
});

it("shows its progress", async () => {
  const { steps } = await checked(good, { jobs: 1, cases: [one("a")] });
  expect(steps).toEqual([
    ["a", 1, 2],
    ["a", 2, 2],
  ]);
});

it("leaves out what was not chosen", async () => {
  expect((await checked(good, { isChosen: (id) => id === "b" })).names).toEqual(["b recorded"]);
});

it("runs each case in its own tenant", async () => {
  const tenants = (await checked(good)).results.map(({ exchanges }) => exchanges[0]?.tenant);
  expect(new Set(tenants).size).toBe(5);
});

it("gives a control that several cases have once", async () => {
  const tasks: unknown[] = [];
  const client = async (task: ClientTask) => {
    tasks.push(task.input["control"]);
    return task.input["control"] ? await good(task) : ({ outcome: "failed" } as const);
  };
  const silent = { outcomes: ["failed"], wireForms: ["recorded"] } as const;
  const cases = ["x", "x", "y"].map((control, index) =>
    one(`c${index}`, { ...silent, control: { control } }),
  );
  const { results } = await checked(client, { cases });
  expect(results.map(({ outcome }) => outcome)).toEqual(["pass", "pass", "pass"]);
  expect(tasks.filter((control) => control).toSorted()).toEqual(["x", "y"]);
});

it("does not let one case that cannot be tested spoil another", async () => {
  const cases = [one("a", { settings: { prot: 1 } }), one("b")];
  const { results } = await checked(good, { cases });
  expect(results.map(({ outcome }) => outcome)).toEqual([
    "inconclusive",
    "inconclusive",
    "pass",
    "pass",
  ]);
});

it("fails a case without a report of a client that reports in others", async () => {
  const client = async (task: ClientTask) => {
    const report = await good(task);
    if (task.case !== "b") return report;
    throw new Error("no such host");
  };
  const cases = [one("a"), one("b", { wireForms: ["recorded"], outcomes: ["failed"] })];
  const { results } = await checked(client, { cases });
  expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["a", "pass"],
    ["a", "pass"],
    ["b", "fail"],
  ]);
  expect(results[2]?.findings[0]?.what).toBe("it reported in other cases, but not in this one");
});

describe("over all cases", () => {
  it("finds calls with credentials of no tenant", async () => {
    const client = ({ environment }: ClientTask) =>
      call(environment["CORTEX_URL"] ?? "", "1", "fauxdr-standard-key");
    const first = (await checked(client)).results[0];
    expect([first?.id, first?.outcome, first?.findings.map(({ rule }) => rule)]).toEqual([
      "check.stray-calls",
      "fail",
      ["check.stray-calls"],
    ]);
  });

  it("reports the rules' findings for such calls, if there are any", async () => {
    const client = ({ environment }: ClientTask) =>
      call(environment["CORTEX_URL"] ?? "", "77", "mine");
    const first = (await checked(client, { cases: [one("a", { wireForms: ["recorded"] })] }))
      .results[0];
    expect(first?.findings.map(({ rule }) => rule)).toEqual(["auth.wrong"]);
  });

  it("is inconclusive for a client that makes no calls, with any report", async () => {
    const { results } = await checked(async () => ({ outcome: "completed" }));
    expect(results[0]).toMatchObject({ id: "check.silent", outcome: "inconclusive" });
  });
});
