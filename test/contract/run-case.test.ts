import { describe, expect, it } from "vitest";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import type { ClientReport } from "../../src/contract/client-report.ts";
import { createReport } from "../../src/contract/report/report.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import { observe, runCase } from "../../src/contract/run-case.ts";
import type { Profile } from "../../src/contract/traits.ts";
import type { Severity } from "../../src/core/basis.ts";
import type { ContractCase, Rule } from "../../src/core/contract.ts";
import { startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { contract } from "../../src/vendors/cortex/contract.ts";
import { TERMS } from "../support/results.ts";

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
  expect(createReport([result], TERMS).exitCode).toBe(2);
});

describe("a case with an impostor", () => {
  const met = { connections: 1, requests: 0 };
  const IMPOSTOR = { impostor: "unknown-ca", outcomes: ["failed"] } as const;
  const failing = async (): Promise<ClientReport> => ({ outcome: "failed" });

  async function posed(seen: typeof met | undefined, client = failing, rest = {}) {
    await using mock = await startMock();
    const impostor = async () => ({
      url: "https://impostor.invalid",
      environment: { OWN: "yes" },
      close: async () => seen as typeof met,
    });
    const one = { ...CASE, ...IMPOSTOR, ...rest };
    const vendor = { name: "cortex", contract };
    return await runCase({ vendor, one, wire: "document" }, "case-1", {
      target: { ...mockTarget(mock, { FAUXDR_OWN: "1" }), ...(seen && { impostor }) },
      client: functionClient(client),
      limitMs: 10_000,
      failOn: "must",
    });
  }

  it("is skipped where no certificate can be made", async () => {
    expect(await posed(undefined)).toMatchObject({
      outcome: "skipped",
      reason: "only where fauxdr makes the certificate",
      output: { stdout: "", stderr: "" },
    });
  });

  it("gives the client its address in place of the vendor's, and its variables", async () => {
    const given: Record<string, string>[] = [];
    const client = async ({ environment }: ClientTask) => {
      given.push({ ...environment });
      return await failing();
    };
    await posed(met, client as typeof failing);
    expect(given).toMatchObject([
      { CORTEX_URL: "https://impostor.invalid", OWN: "yes", FAUXDR_OWN: "1" },
    ]);
  });

  it.each([
    ["passes a client that broke off", met, "pass", []],
    ["is inconclusive where nobody came", { connections: 0, requests: 0 }, "inconclusive", []],
    ["fails a client that sent its request", { connections: 1, requests: 1 }, "fail", [CASE.id]],
  ])("%s", async (_, seen, outcome, rules) => {
    expect(rulesOf(await posed(seen))).toEqual([outcome, ...rules]);
  });

  it("says of the end of a client nothing of calls", async () => {
    const { findings } = await posed(met, async () => ({ outcome: "completed" }));
    expect(findings.map(({ what }) => what)).toEqual(['it reported "completed" instead of failed']);
  });
});

it("is inconclusive where the client could not be started", async () => {
  await using mock = await startMock();
  const vendor = { name: "cortex", contract };
  const end = {
    exitCode: undefined,
    timedOut: false,
    stdout: "",
    stderr: "",
    notStarted: "ENOENT",
  };
  const result = await runCase({ vendor, one: CASE, wire: "document" }, "case-1", {
    target: mockTarget(mock),
    client: async () => end,
    failOn: "must",
  });
  expect([result.outcome, result.reason, result.findings]).toEqual([
    "inconclusive",
    "the client could not be started: ENOENT",
    [],
  ]);
});

describe("says how to fix", () => {
  const fixes = ({ findings }: CaseResult) => findings.map(({ what, fix }) => [what, fix]);
  const TELL = { outcomes: ["refused"], says: { status: 402 }, mustTell: true } as const;

  it("a report without the error, which it names", async () => {
    const report = { outcome: "refused" } as const;
    const one = { ...TELL, as: "no licence (402)" };
    expect(fixes(await tried(asking(keyed, report), one))).toEqual([
      [
        "it does not say which error it got: 402 is neither in its report nor printed, and it gives no reason",
        'Put the status of the error into the report\'s "status", or into its "reason".',
      ],
    ]);
  });

  it("a wrong report before that it does not name the error", async () => {
    const one = { ...TELL, as: "no licence (402)" };
    const result = await tried(asking(keyed, { outcome: "failed" }), one);
    expect(result.findings.map(({ what }) => what)).toEqual([
      'it reported "failed" instead of refused',
    ]);
  });

  it("a target that no call names", async () => {
    const given = { ...contract, aimOf: () => ({ subject: "x", targets: ["a"] }) };
    await using mock = await startMock();
    const one = { ...CASE, targets: ["a", "b"] };
    const vendor = { name: "cortex", contract: given };
    const result = await runCase({ vendor, one, wire: "document" }, "case-1", {
      target: mockTarget(mock),
      client: functionClient(asking(keyed)),
      failOn: "must",
    });
    expect(fixes(result)).toContainEqual([
      "of 2 targets in 1 calls, 1 is never named in a call: b",
      "Ask for each target of the task exactly once, and follow each to its end.",
    ]);
  });

  it("a success without an accepted call, and only that where the end is right", async () => {
    const one = { operation: "quarantineFiles", evidence: {} };
    expect((await tried(asking(keyed), one)).findings.map(({ what }) => what)).toEqual([
      'it reported "completed", but no call of quarantineFiles was accepted',
    ]);
  });

  it("calls that break the promise, each difference once", async () => {
    const wrong = { operation: "healthcheck", times: 2 };
    const result = await tried(asking(keyed), { wire: [wrong, wrong] });
    expect(result.findings.map(({ fix }) => fix)).toEqual([
      `Make the calls fit the promise: ${CASE.title}. --trace shows them.`,
    ]);
  });

  it("in the words of the case, where it has some", async () => {
    const fix = "Ask for the health twice.";
    const result = await tried(asking(keyed), { wire: [{ operation: "x", times: 1 }], fix });
    expect(result.findings.every((one) => one.fix === fix)).toBe(true);
  });
});

describe("a client is looked at in the first case", () => {
  const looked = async (declared: Profile, cases = [CASE], key = keyed) => {
    await using mock = await startMock();
    const tasks: string[] = [];
    const client = async (task: ClientTask) => {
      tasks.push(task.case);
      return await asking(key)(task);
    };
    const vendor = { name: "cortex", contract: { ...contract, cases } };
    const circumstances = {
      target: mockTarget(mock),
      client: functionClient(client),
      failOn: "must" as const,
    };
    return { profile: await observe(vendor, circumstances, declared), tasks };
  };

  it("so that its calls show what it is", async () => {
    const signed = (task: ClientTask) => ({ ...keyed(task), "x-xdr-nonce": "0".repeat(64) });
    expect(await looked({}, [CASE], signed)).toMatchObject({
      profile: { signs: true, tls: false, waits: true },
      tasks: [CASE.id],
    });
  });

  it("unless its author says it", async () => {
    expect(await looked({ signs: true, tls: true })).toMatchObject({
      profile: { signs: true, tls: true },
      tasks: [],
    });
  });

  it("if there is one that works", async () => {
    const broken = { ...CASE, settings: { prot: 1 } };
    expect((await looked({}, [broken])).profile).toMatchObject({ signs: false });
    expect(await looked({}, [])).toMatchObject({ profile: { signs: false }, tasks: [] });
  });
});

describe("a case in which fauxdr stood still", () => {
  /** Runs it while fauxdr stands still for so many milliseconds, attempt by attempt. */
  async function stalled(client: (task: ClientTask) => Promise<ClientReport>, stalls: number[]) {
    await using mock = await startMock();
    return await runCase(
      {
        vendor: { name: "cortex", contract: { ...contract, rules: [] } },
        one: { ...CASE, control: { control: true } },
        wire: "document",
      },
      "case-1",
      {
        target: mockTarget(mock),
        client: functionClient(client),
        failOn: "must",
        controls: new Map(),
      },
      {},
      () => () => stalls.shift() ?? Number.NaN,
    );
  }

  it("is run once more, in another tenant and with a control of its own", async () => {
    const tasks: string[] = [];
    const { outcome, exchanges } = await stalled(
      async (task) => {
        const isSecond = tasks.length > 1;
        tasks.push(task.input["control"] ? "control" : "task");
        return isSecond ? await asking(keyed)(task) : { outcome: "failed" };
      },
      [9000, 0],
    );
    expect(tasks).toEqual(["control", "task", "control", "task"]);
    expect(outcome).toBe("pass");
    expect(exchanges.map(({ tenant }) => tenant)).toEqual(["case-1-again"]);
  });

  it("twice fails for a key that the client printed and for a wrong key, not for how the client ended", async () => {
    const result = await stalled(
      async (task) => {
        const key = task.environment["CORTEX_API_KEY"] ?? "";
        await asking(() => ({ ...keyed(task), authorization: "none" }))(task);
        return { outcome: "failed", reason: key };
      },
      [9000, 9000],
    );
    expect(rulesOf(result)).toEqual(["fail", "secret.printed", "auth.wrong"]);
    expect(result.reason).toMatch(/stood still for 9\.0 s/);
  });
});
