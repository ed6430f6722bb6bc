import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { check } from "../../src/contract/check.ts";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import type { Target } from "../../src/contract/target.ts";
import type { Profile } from "../../src/contract/traits.ts";
import type { Severity } from "../../src/core/basis.ts";
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

interface Options {
  readonly cases?: readonly ContractCase[];
  readonly jobs?: number;
  readonly starting?: number;
  readonly isChosen?: (id: string) => boolean;
  readonly profile?: Profile;
  readonly failOn?: Severity;
  readonly impostor?: Target["impostor"];
}

async function checked(
  client: Parameters<typeof functionClient>[0],
  {
    cases = CASES,
    jobs = 2,
    starting,
    isChosen = (_: string): boolean => true,
    profile,
    failOn = "must",
    impostor,
  }: Options = {},
) {
  await using mock = await startMock();
  const steps: unknown[] = [];
  const results = await check({
    target: { ...mockTarget(mock), impostor },
    ...(profile && { profile }),
    client: functionClient(client),
    vendors: [{ name: "cortex", contract: { ...contract, cases } }],
    isChosen,
    jobs,
    ...(starting !== undefined && { starting }),
    limitMs: 10_000,
    failOn,
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

it("starts a client when the ones before have made a call, though they have not ended", async () => {
  const events: string[] = [];
  let lastHasCalled = (): void => {};
  const last = new Promise<void>((resolve) => {
    lastHasCalled = resolve;
  });
  const client = async (task: ClientTask) => {
    const name = `client ${1 + events.filter((event) => event.endsWith("starts")).length}`;
    events.push(`${name} starts`);
    // A client that started too early would be noticed meanwhile.
    for (let turn = 0; turn < 3; turn++)
      await fetch(`${task.environment["FAUXDR_URL"]}/__admin/health`);
    events.push(`${name} calls`);
    const report = await good(task);
    if (name === "client 3") lastHasCalled();
    await last;
    return report;
  };
  const cases = ["a", "b", "c"].map((id) => one(id, { wireForms: ["document"] }));
  const profile = Object.fromEntries((contract.traits ?? []).map(({ id }) => [id, false]));
  const { results } = await checked(client, { cases, jobs: 3, starting: 1, profile });
  expect(events).toEqual([1, 2, 3].flatMap((n) => [`client ${n} starts`, `client ${n} calls`]));
  expect(results.map(({ outcome }) => outcome)).toEqual(["pass", "pass", "pass"]);
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
  expect(tenants).toEqual(["case-1", "case-2", "case-3", "case-4", "case-5"]);
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

it.each<[string, Profile | undefined, number]>([
  ["once more before, to see what it is", undefined, 6],
  ["for the cases only, where its author says that", { signs: false }, 5],
])("runs a client %s", async (_, profile, runs) => {
  let count = 0;
  const client = (task: ClientTask) => {
    count++;
    return good(task);
  };
  await checked(client, profile ? { profile } : {});
  expect(count).toBe(runs);
});

describe("over all cases", () => {
  it("does not count twice what came before the cases, when the client was looked at", async () => {
    let isFirst = true;
    const client = (task: ClientTask) => {
      const wasFirst = isFirst;
      isFirst = false;
      return wasFirst
        ? call(task.environment["CORTEX_URL"] ?? "", "1", "fauxdr-standard-key")
        : good(task);
    };
    expect((await checked(client)).results.map(({ outcome }) => outcome)).toEqual(
      Array(5).fill("pass"),
    );
  });

  it("says how many calls had other credentials, and shows ten of them", async () => {
    const client = async ({ environment }: ClientTask) => {
      const url = environment["CORTEX_URL"] ?? "";
      for (let count = 0; count < 6; count++) await call(url, "1", "fauxdr-standard-key");
      return { outcome: "completed" } as const;
    };
    const [first] = (await checked(client, { cases: [one("a")] })).results;
    expect(first).toMatchObject({
      title: "Every call has the credentials of its case",
      vendor: "none",
      wire: "document",
      output: { stdout: "", stderr: "" },
      durationMs: 0,
    });
    expect(first?.findings[0]).toEqual({
      rule: "check.stray-calls",
      vendor: "none",
      severity: "must",
      what: "12 calls did not have the credentials of their case",
      fix: "Read URL and credentials from the environment in every case.",
      basis: "documented",
      source: "The client protocol of fauxdr check",
      exchanges: expect.arrayContaining([expect.any(Number)]),
    });
    expect(first?.findings[0]?.exchanges).toHaveLength(10);
  });

  const noisy = async (task: ClientTask) => {
    const { port } = new URL(task.environment["CORTEX_URL"] ?? "");
    const socket = connect(Number(port), "127.0.0.1").end("noise\r\n\r\n").resume();
    await once(socket, "close");
    return good(task);
  };

  it.each([
    ["must", "pass"],
    ["should", "fail"],
  ] as const)("finds what is no request, where failures begin at %s: %s", async (failOn, end) => {
    const [first] = (await checked(noisy, { failOn })).results;
    expect([first?.id, first?.outcome, first?.findings.map(({ rule }) => rule)]).toEqual([
      "check.stray-calls",
      end,
      ["connection.no-request"],
    ]);
  });

  it("has both where both came", async () => {
    const client = async (task: ClientTask) => {
      await noisy(task);
      return call(task.environment["CORTEX_URL"] ?? "", "1", "fauxdr-standard-key");
    };
    const [first] = (await checked(client, { cases: [one("a")] })).results;
    expect(first?.findings.map(({ rule, what }) => `${rule}: ${what}`)).toEqual([
      "check.stray-calls: 2 calls did not have the credentials of their case",
      expect.stringMatching(/^connection\.no-request: 2 connections/),
    ]);
  });

  it.each([
    ["skipped", 0, []],
    ["inconclusive", 1, ["check.silent"]],
  ])("is silent unless every case is skipped: %s", async (_, ran, silent) => {
    const cases = [one("a", { needs: ["tls"] }), ...(ran ? [one("b")] : [])];
    const client = async () => ({ outcome: "completed" }) as const;
    const { results } = await checked(client, { cases });
    expect(results.map(({ id }) => id).filter((id) => id.startsWith("check."))).toEqual(silent);
  });

  it("expects no call of a client that is sent to an impostor only", async () => {
    const impostor = async () => ({
      url: "https://127.0.0.1:9",
      environment: {},
      close: async () => ({ connections: 1, requests: 1 }),
    });
    const cases = [one("a", { impostor: "unknown-ca", outcomes: ["failed"] })];
    const client = async () => ({ outcome: "failed" }) as const;
    const { results } = await checked(client, { cases, impostor });
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["a", "fail"],
      ["a", "fail"],
    ]);
  });

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
    expect(results[0]).toEqual({
      id: "check.silent",
      title: "The client calls the vendor",
      vendor: "none",
      wire: "document",
      outcome: "inconclusive",
      reason: "no call came in 5 cases: does the client read its URL from the environment?",
      findings: [],
      exchanges: [],
      output: { stdout: "", stderr: "" },
      durationMs: 0,
    });
  });
});
