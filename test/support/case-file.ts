import { describe, expect, it } from "vitest";
import { type Client, commandClient } from "../../src/contract/client.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import { BASES, SEVERITIES } from "../../src/core/basis.ts";
import { type ContractCase, OUTCOMES } from "../../src/core/contract.ts";
import { readFaultRules } from "../../src/core/faults/read-fault.ts";
import { readExpectation } from "../../src/core/journal/verify.ts";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { readTenantSettings } from "../../src/settings/read.ts";
import { programClient } from "./program-client.ts";
import { eachThird } from "./programs.ts";
import { faultsIn } from "./results.ts";

/** A client with one flaw, made for one of the cases. */
export interface BrokenClient {
  readonly does: string;
  /** Its text. */
  readonly program: () => string;
  /** The case in which the flaw shows. */
  readonly home: string;
  /** The rule or case that finds it, and how grave that is. */
  readonly caughtBy: string;
  readonly as?: "must" | "should" | "info";
  /** What else calls it a must, by its id. */
  readonly also?: readonly string[];
  readonly drive: (client: Client) => Promise<readonly CaseResult[]>;
  /** It does not end by itself. */
  readonly endless: boolean;
}

interface CaseFile {
  readonly cases: readonly ContractCase[];
  /** Those of the vendor's other files as well. */
  readonly all: readonly ContractCase[];
  /** Drives a client that does everything right through these cases. */
  readonly right: (isChosen: (id: string) => boolean) => Promise<readonly CaseResult[]>;
  readonly broken: readonly BrokenClient[];
}

/** What a file of cases promises: each is complete, a right client passes it, and clients made for it are found. */
export function describeCaseFile({ cases, all, right, broken }: CaseFile): void {
  const ids = cases.map(({ id }) => id);

  it.each(cases)("$id is complete", (one) => {
    expect(one.title).toMatch(/^[A-Z].{20,110}[^.]$/);
    expect(one.source.length).toBeGreaterThanOrEqual(20);
    expect(BASES).toContain(one.basis);
    expect(SEVERITIES).toContain(one.severity);
    expect(one.outcomes.length).toBeGreaterThan(0);
    expect(OUTCOMES).toEqual(expect.arrayContaining([...one.outcomes]));
    expect(one.wireForms.length).toBeGreaterThan(0);
    expect(WIRE_FORMS).toEqual(expect.arrayContaining([...one.wireForms]));
    if (one.fix !== undefined) expect(one.fix).toMatch(/^[A-Z].{20,}\.$/);
    readTenantSettings({ ...one.settings });
    readFaultRules(one.settings?.["faults"] ?? []);
    expectWhole(one);
  });

  it("a client that does everything right passes them, and meets in each what it is about", async () => {
    const results = await right((id) => ids.includes(id));
    expect(faultsIn(results)).toEqual([]);
    expect(new Set(results.map(({ id }) => id))).toEqual(new Set(ids));
    expect(`\n${results.map(courseOf).join("\n")}\n`).toMatchSnapshot();
  });

  it("a vendor's cases have no broken client that no file of them drives", () => {
    const homeless = broken.filter(({ home }) => !all.some(({ id }) => id.startsWith(home)));
    expect(homeless.map(({ does }) => does)).toEqual([]);
  });

  const own = broken.filter(({ home }) => ids.some((id) => id.startsWith(home)));
  if (own.length === 0) return;

  describe("a client", () => {
    // The clients wait most of the time, so many run at once.
    it.concurrent.for(own)(
      "that $does is found, by $caughtBy and by no other must",
      async (client, { skip }) => {
        skip(...eachThird(broken.indexOf(client), "all wrong and right clients"));
        expectFound(await client.drive(programClient(client.program())), client);
      },
    );

    it.each(firsts(broken).filter((client) => own.includes(client)))(
      "that $does is found as well where it is a process",
      async (client) => {
        const command = [process.execPath, "--input-type=module", "--eval", client.program()];
        expectFound(await client.drive(commandClient(command)), client);
      },
    );
  });
}

/** No member of a case is there without a meaning: it would promise nothing, and nobody would notice. */
export function expectWhole({
  settings,
  says,
  wire,
  waives,
  variants,
  needs,
  ...rest
}: ContractCase): void {
  expect(emptyIn({ settings, says, wire, waives, variants, needs })).toEqual([]);
  expect([undefined, true]).toContain(rest.mustTell);
  for (const expectation of wire ?? []) {
    readExpectation(expectation);
    const { times, atLeast, atMost, inOrder } = expectation;
    expect(times ?? atLeast ?? atMost ?? inOrder).toBeDefined();
  }
}

/** The places of what is empty in an object, but in the bodies of replies. */
const emptyIn = (object: object, place = ""): string[] =>
  Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    if (name === "body" || typeof value !== "object" || value === null) return [];
    const own = `${place}/${name}`;
    return Object.keys(value).length === 0 ? [own] : emptyIn(value, own);
  });

/** How a case went: the client's report, and its calls with their replies, each once. */
export function courseOf({ id, wire, outcome, report, exchanges }: CaseResult): string {
  const calls = exchanges.map(({ operation = "unknown", fault, reply }) => {
    const { kind, effect } = fault ?? {};
    const why = kind ? ` (${kind}${effect ? ", took effect" : ""})` : "";
    return `${operation} ${reply?.status ?? "without a reply"}${why}`;
  });
  const { status, reason = "", outcome: end = outcome } = report ?? {};
  // Without a status the reason is Node's, which differs from version to version.
  const text = status === undefined ? "" : reason.replace(/[{<].*/s, "…").slice(0, 80);
  const said = [end, status, text].filter(Boolean).join(" ");
  return `${id} (${wire}): ${[...new Set(calls), said].join(", ")}`;
}

/** Of each kind one: processes take long. */
const firsts = (broken: readonly BrokenClient[]): readonly BrokenClient[] =>
  [false, true].flatMap((endless) => broken.find((one) => one.endless === endless) ?? []);

function expectFound(
  results: readonly CaseResult[],
  { caughtBy, as, also = [] }: BrokenClient,
): void {
  const findings = results.flatMap((result) => result.findings);
  const stray = findings
    .filter(({ severity }) => severity === "must")
    .map(({ rule }) => rule)
    .filter((rule) => rule !== caughtBy && !also.includes(rule));
  expect([...new Set(stray)]).toEqual([]);
  const found = findings.filter(({ rule }) => rule === caughtBy);
  expect(found.map(({ severity }) => severity)).toContain(as ?? found[0]?.severity ?? "must");
  expect(results.map(({ outcome }) => outcome)).not.toContain("inconclusive");
}
