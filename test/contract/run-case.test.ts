import { describe, expect, it } from "vitest";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import type { ClientReport } from "../../src/contract/client-report.ts";
import { createReport } from "../../src/contract/report/report.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import { runCase } from "../../src/contract/run-case.ts";
import type { Severity } from "../../src/core/basis.ts";
import type { ContractCase, Rule } from "../../src/core/contract.ts";
import { startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { contract } from "../../src/vendors/cortex/contract.ts";

const CASE: ContractCase = {
  id: "cortex.test.health",
  title: "The health is asked for",
  basis: "documented",
  source: "A document",
  severity: "must",
  wireForms: ["document"],
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

/** A call with a body. */
const listing = async (task: ClientTask): Promise<void> => {
  const url = `${task.environment["CORTEX_URL"]}/public_api/v1/endpoints/get_endpoints`;
  const headers = { ...keyed(task), "content-type": "application/json" };
  const body = JSON.stringify({ request_data: {} });
  await (await fetch(url, { method: "POST", headers, body })).arrayBuffer();
};

async function tried(
  client: (task: ClientTask) => Promise<ClientReport>,
  rest: Partial<ContractCase> = {},
  failOn: Severity = "must",
  rules = contract.rules,
): Promise<CaseResult> {
  await using mock = await startMock();
  const vendor = { name: "cortex", contract: { ...contract, rules } };
  return await runCase({ vendor, one: { ...CASE, ...rest }, wire: "document" }, "case-1", {
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

it("passes a client that keeps the promise, in its own tenant", async () => {
  const result = await tried(asking(keyed), { wire: [{ operation: "healthcheck", times: 1 }] });
  expect(rulesOf(result)).toEqual(["pass"]);
  expect(result).toMatchObject({ id: CASE.id, vendor: "cortex", report: { outcome: "completed" } });
  expect(result.exchanges.map(({ tenant }) => tenant)).toEqual(["case-1"]);
});

it.each([
  ["the usual one", {}, {}, 20_000],
  ["the case's own", { limitSeconds: 65 }, {}, 65_000],
  ["the user's, whatever the case says", { limitSeconds: 65 }, { limitMs: 500 }, 500],
])("has a time limit: %s", async (_, rest, circumstances, expected) => {
  await using mock = await startMock();
  const limits: number[] = [];
  const one = { ...CASE, ...rest };
  await runCase({ vendor: { name: "cortex", contract }, one, wire: "document" }, "case-1", {
    target: mockTarget(mock),
    client: async (_task, limitMs) => {
      limits.push(limitMs);
      return { exitCode: 0, timedOut: false, stdout: "", stderr: "" };
    },
    failOn: "must",
    ...circumstances,
  });
  expect(limits).toEqual([expected]);
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
      "it reported status 404 instead of 200",
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

describe("without a call", () => {
  const silent = async (): Promise<ClientReport> => ({ outcome: "failed" });

  it("passes nothing, even with a correct end", async () => {
    const result = await tried(silent, {
      outcomes: ["failed"],
      wire: [{ operation: "x", times: 0 }],
    });
    expect(result.outcome).toBe("inconclusive");
  });

  it("fails if the end is wrong, and says that no call was made", async () => {
    const result = await tried(silent);
    expect(rulesOf(result)).toEqual(["fail", CASE.id]);
    expect(result.findings[0]?.what).toMatch(/^it made no calls, and it reported "failed"/);
  });

  it.each<[string, boolean, string]>([
    ["passes a case with a control, where the control is done", true, "pass"],
    ["is inconclusive where the control is not done either", false, "inconclusive"],
  ])("%s", async (_, works, outcome) => {
    const client = async (task: ClientTask): Promise<ClientReport> =>
      task.input["control"] && works ? await asking(keyed)(task) : { outcome: "failed" };
    const rest = { outcomes: ["failed" as const], control: { control: true } };
    expect((await tried(client, rest)).outcome).toBe(outcome);
  });
});

describe("a client that must tell which error it got", () => {
  const told = { outcomes: ["refused"], says: { status: 402 }, mustTell: true } as const;
  const told402 = { ...told, as: "no licence (402)" };

  it.each<[string, ClientReport, string]>([
    ["by its status", { outcome: "refused", status: 402 }, "pass"],
    ["in its reason", { outcome: "refused", reason: "HTTP 402: no licence" }, "pass"],
    ["by nothing", { outcome: "refused" }, "fail"],
    ["by another number", { outcome: "refused", reason: "error 4021" }, "fail"],
  ])("tells it %s", async (_, report, outcome) => {
    expect((await tried(asking(keyed, report), told402)).outcome).toBe(outcome);
  });

  it("is not judged where it reports nothing at all", async () => {
    const client = async (task: ClientTask): Promise<ClientReport> => {
      await asking(keyed)(task);
      throw new Error("it was refused");
    };
    expect(await tried(client, told402)).toMatchObject({
      outcome: "skipped",
      reason: expect.stringContaining("only for a client that reports"),
    });
  });
});

it("fails a client that crashes instead of failing", async () => {
  const client = async (task: ClientTask): Promise<ClientReport> => {
    await asking(keyed)(task);
    return (undefined as unknown as { strip(): ClientReport }).strip();
  };
  const result = await tried(client, { outcomes: ["failed"] });
  expect(rulesOf(result)).toEqual(["fail", CASE.id]);
  expect(result.findings[0]?.what).toMatch(/^it crashed: TypeError/);
});

it("skips a case that does not apply to the client, and gives the reason", async () => {
  expect(await tried(asking(keyed), { needs: ["tls"] })).toMatchObject({
    outcome: "skipped",
    reason: "only for a client that is given an https URL",
    exchanges: [],
  });
});

it("leaves out a rule that the case waives", async () => {
  const half = asking((task) => ({ "x-xdr-auth-id": keyed(task)["x-xdr-auth-id"] ?? "" }));
  expect(rulesOf(await tried(half, { waives: ["auth.missing"] }))).toEqual(["pass"]);
});

it("counts a should only with --strict", async () => {
  const rest = { severity: "should", outcomes: ["failed"] } as const;
  expect(rulesOf(await tried(asking(keyed), rest))).toEqual(["pass", CASE.id]);
  expect(rulesOf(await tried(asking(keyed), rest, "should"))).toEqual(["fail", CASE.id]);
});

it("fails a client that prints its key, and takes it out of the result", async () => {
  const result = await tried(async (task) => {
    await asking(keyed)(task);
    return { outcome: "completed", reason: `used ${task.environment["CORTEX_API_KEY"]}` };
  });
  expect(rulesOf(result)).toEqual(["fail", "secret.printed"]);
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
      "a case whose journal has cut what it looks for",
      {
        settings: { journalBodyBytes: 1 },
        wire: [{ where: { "/reply": "there" }, times: 0 }],
        operation: "getEndpoints",
      },
      /cannot tell/,
    ],
    [
      "a case that saw no call of its operation",
      { operation: "getEndpoints" },
      /needs a call of getEndpoints/,
    ],
    [
      "a case that saw too few calls",
      { evidence: { healthcheck: 2 } },
      /needs 2 calls of healthcheck .* only 1 came/,
    ],
    [
      "a case whose journal had no room",
      { settings: { journalEntries: 1 }, evidence: {} },
      /dropped 1 calls/,
    ],
    ["a case with an unknown trait", { needs: ["flies"] }, /names the trait flies/],
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
    const client = asking(keyed);
    const result = await tried(async (task) => {
      if (rest.settings?.["journalEntries"]) await client(task);
      if (rest.operation && rest.wire) await listing(task);
      return await client(task);
    }, rest);
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
    fix: "Fix it.",
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
