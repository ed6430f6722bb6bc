import { describe, expect, it } from "vitest";
import { attempt } from "../../src/contract/attempt.ts";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import type { ClientReport } from "../../src/contract/client-report.ts";
import { createReport } from "../../src/contract/report/report.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import type { ContractCase, Rule, Severity } from "../../src/core/contract.ts";
import { startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { contract } from "../../src/vendors/cortex/contract.ts";

const CASE: ContractCase = {
  id: "cortex.test.health",
  title: "The health is asked for",
  basis: "documented",
  source: "A document",
  severity: "must",
  dialects: ["documented"],
  operation: "healthcheck",
  input: { deep: true },
  outcomes: ["completed"],
};

/** A client that asks for the health, with its own ideas of a header or an end. */
const asking =
  (
    headers: (task: ClientTask) => Record<string, string>,
    report: ClientReport = { outcome: "completed" },
  ) =>
  async (task: ClientTask): Promise<ClientReport> => {
    const url = `${task.environment["CORTEX_URL"]}/public_api/v1/healthcheck`;
    await (await fetch(url, { headers: headers(task) })).arrayBuffer();
    return report;
  };

const keyed = ({ environment }: ClientTask): Record<string, string> => ({
  "x-xdr-auth-id": environment["CORTEX_API_KEY_ID"] ?? "",
  authorization: environment["CORTEX_API_KEY"] ?? "",
});

async function tried(
  client: (task: ClientTask) => Promise<ClientReport>,
  rest: Partial<ContractCase> = {},
  failOn: Severity = "must",
  rules = contract.rules,
): Promise<CaseResult> {
  await using mock = await startMock();
  const vendor = { name: "cortex", contract: { ...contract, rules } };
  return await attempt({ vendor, one: { ...CASE, ...rest }, dialect: "documented" }, "case-1", {
    target: mockTarget(mock),
    client: functionClient(client),
    limitMs: 10_000,
    failOn,
  });
}

const rulesOf = ({ outcome, findings }: CaseResult) => [
  outcome,
  ...findings.map(({ rule }) => rule),
];

it("passes a client that does what the case promises, in a tenant of its own", async () => {
  const result = await tried(asking(keyed), { wire: [{ operation: "healthcheck", times: 1 }] });
  expect(rulesOf(result)).toEqual(["pass"]);
  expect(result).toMatchObject({ id: CASE.id, vendor: "cortex", report: { outcome: "completed" } });
  expect(result.exchanges.map(({ tenant }) => tenant)).toEqual(["case-1"]);
});

it("gives the credentials of the purpose that the case names", async () => {
  const result = await tried(asking(keyed, { outcome: "refused" }), {
    as: "no licence (402)",
    outcomes: ["refused"],
  });
  expect(result.exchanges[0]?.reply?.status).toBe(402);
});

describe("fails a client", () => {
  it("that ends in another way", async () => {
    const result = await tried(asking(keyed, { outcome: "failed" }));
    expect(rulesOf(result)).toEqual(["fail", CASE.id]);
    expect(result.findings[0]).toMatchObject({
      fix: "End with exit code 0, as for: completed.",
      source: CASE.source,
    });
  });

  it("whose journal shows something else", async () => {
    const result = await tried(asking(keyed), { wire: [{ operation: "healthcheck", times: 2 }] });
    expect(result.findings.map(({ what }) => what.split("\n")[0])).toEqual([
      "expected exactly 2 healthcheck, saw 1",
    ]);
  });

  it("that says something else", async () => {
    const report = { outcome: "completed", status: 404 } as const;
    const result = await tried(asking(keyed, report), { says: { status: 200, reason: "none" } });
    expect(result.findings.map(({ what }) => what)).toEqual([
      "it said status 404 where 200 is right",
    ]);
  });

  it("that breaks a rule", async () => {
    const result = await tried(
      asking((task) => ({ "x-xdr-auth-id": keyed(task)["x-xdr-auth-id"] ?? "" })),
    );
    expect(rulesOf(result)).toEqual(["fail", "auth.missing"]);
  });

  it("that throws", async () => {
    expect(rulesOf(await tried(() => Promise.reject(new Error("no"))))).toEqual(["fail", CASE.id]);
  });
});

it("leaves out a rule that the case waives", async () => {
  const half = asking((task) => ({ "x-xdr-auth-id": keyed(task)["x-xdr-auth-id"] ?? "" }));
  expect(rulesOf(await tried(half, { waives: ["auth.missing"] }))).toEqual(["pass"]);
});

it("counts a should where it is strict only", async () => {
  const rest = { severity: "should", outcomes: ["failed"] } as const;
  expect(rulesOf(await tried(asking(keyed), rest))).toEqual(["pass", CASE.id]);
  expect(rulesOf(await tried(asking(keyed), rest, "should"))).toEqual(["fail", CASE.id]);
});

it("takes what a client prints of its key out of the result", async () => {
  const result = await tried(async (task) => {
    await asking(keyed)(task);
    return { outcome: "completed", reason: `used ${task.environment["CORTEX_API_KEY"]}` };
  });
  expect(result.report?.reason).toBe("used [redacted]");
  expect(JSON.stringify(result)).not.toContain("case-1-standard-key");
});

describe("cannot test", () => {
  it.each<[string, Partial<ContractCase>, RegExp]>([
    [
      "a case with a setting that there is not",
      { settings: { prot: 1 } },
      /"prot" is not a setting/,
    ],
    [
      "a case with a fault that is none",
      { settings: { faults: [{ fault: { kind: "nap" } }] } },
      /nap/,
    ],
    ["a case that expects an operation that there is not", { wire: [{ operation: "nap" }] }, /nap/],
    [
      "a case that fauxdr itself breaks",
      {
        settings: {
          faults: [{ operation: "healthcheck", fault: { kind: "refusal", refusal: "not-found" } }],
        },
      },
      /fauxdr itself failed/,
    ],
  ])("%s", async (_, rest, reason) => {
    const result = await tried(asking(keyed), rest);
    expect([result.outcome, result.reason]).toEqual([
      "inconclusive",
      expect.stringMatching(reason),
    ]);
  });
});

it("a rule that throws makes a case inconclusive, and the whole run end with 2", async () => {
  const broken: Rule = {
    id: "cortex.broken",
    title: "A rule",
    severity: "info",
    basis: "documented",
    source: "A document",
    fix: "Mend it.",
    judge: () => {
      throw new TypeError("boom");
    },
  };
  const result = await tried(asking(keyed), {}, "must", [...contract.rules, broken]);
  expect([result.outcome, result.reason]).toEqual([
    "inconclusive",
    "fauxdr itself failed: its rule cortex.broken (cortex) threw: TypeError: boom",
  ]);
  const terms = {
    title: "t",
    failOn: "must" as const,
    failOnAssumed: false,
    baseline: {},
    all: true,
  };
  expect(createReport([result], terms).exitCode).toBe(2);
});
