import { describe, expect, it } from "vitest";
import { acrossCases, type Judged } from "../../src/contract/across-cases.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import type { ContractCase } from "../../src/core/contract.ts";
import { journal } from "../support/journals.ts";
import { finding, result } from "../support/results.ts";

/** A case in which the server refuses with this status, and what the client made of it. */
const refused = (
  status: number,
  rest: Partial<CaseResult>,
  more: Partial<ContractCase> = {},
): Judged => ({
  one: {
    id: `acme.refusals.${status}`,
    title: `A ${status} is told from others`,
    basis: "documented",
    source: "A document",
    severity: "must",
    wireForms: ["document"],
    operation: "strike",
    input: {},
    outcomes: ["refused"],
    says: { status },
    mustTell: true,
    ...more,
  },
  result: result({ id: `acme.refusals.${status}`, exchanges: journal({ status }), ...rest }),
});

const saying = (reason?: string, status?: number): Partial<CaseResult> => {
  const report = {
    outcome: "refused" as const,
    ...(reason !== undefined && { reason }),
    ...(status && { status }),
  };
  return { report, output: { stdout: JSON.stringify(report), stderr: "" } };
};

const printing = (
  stdout: string,
  outcome: CaseResult["outcome"] = "pass",
): Partial<CaseResult> => ({
  outcome,
  output: { stdout, stderr: "" },
});

const found = (...all: readonly Judged[]) =>
  acrossCases(all, "must").map(({ outcome, findings }) => [
    outcome,
    ...findings.map((one) => one.what),
  ]);

describe("a client that says the same of two errors", () => {
  it.each<[string, (status: number) => Partial<CaseResult>]>([
    ["in its report", () => saying("the vendor said no")],
    ["with all numbers that there can be", () => saying("a 401, a 402 or a 403")],
    ["in what it prints, where it does not report", () => printing("a 402 or a 403")],
  ])("tells neither of them: %s", (_, of) => {
    const results = acrossCases([refused(402, of(402)), refused(403, of(403))], "must");
    expect(results.map(({ outcome }) => outcome)).toEqual(["fail", "fail"]);
    expect(results[0]?.findings).toMatchObject([
      {
        rule: "acme.refusals.402",
        severity: "must",
        source: "A document",
        what: expect.stringMatching(
          /^it says the same of a 402 as of a 403 \(acme\.refusals\.403\): ./,
        ),
        fix: 'Put the status of the error into the report\'s "status", or the server\'s own text into its "reason".',
        exchanges: [],
      },
    ]);
  });

  it("has the fix of the case, where the case has one", () => {
    const more = { fix: "Read the status." };
    const both = [refused(402, saying("no"), more), refused(403, saying("no"), more)];
    expect(acrossCases(both, "must")[0]?.findings[0]?.fix).toBe("Read the status.");
  });

  it("is named by the error that it is told from, and with the beginning of its words", () => {
    const [first] = found(
      refused(402, saying("no".repeat(99))),
      refused(403, saying("no".repeat(99))),
    );
    expect(first).toEqual([
      "fail",
      `it says the same of a 402 as of a 403 (acme.refusals.403): ${"no".repeat(50)}`,
    ]);
  });

  it("fails only by what counts", () => {
    const more = { severity: "should" } as const;
    const [first] = acrossCases(
      [refused(402, saying("no"), more), refused(403, saying("no"), more)],
      "must",
    );
    expect([first?.outcome, first?.findings.length]).toEqual(["pass", 1]);
  });
});

describe("has nothing against a client", () => {
  const { mustTell: _, ...any } = refused(403, {}).one;
  const { says: __, ...unsaid } = refused(403, {}).one;

  it.each<[string, Judged, Judged]>([
    [
      "with words for each",
      refused(402, saying("no licence")),
      refused(403, saying("not allowed")),
    ],
    ["that reports the status", refused(402, saying("no", 402)), refused(403, saying("no", 403))],
    [
      "whose log names the status",
      refused(402, { ...saying("no"), output: { stdout: "", stderr: "HTTP 402" } }),
      refused(403, { ...saying("no"), output: { stdout: "", stderr: "HTTP 403" } }),
    ],
    [
      "that says the same of the same error",
      refused(402, saying("no")),
      refused(402, saying("no")),
    ],
    [
      "that prints other words for each, on either stream",
      refused(402, { output: { stdout: "error 402", stderr: "no licence" } }),
      refused(403, { output: { stdout: "error 402", stderr: "not allowed" } }),
    ],
    [
      "whose log has the number on another line than its report",
      refused(402, { ...saying("no"), output: { stdout: '"outcome"\nHTTP 402', stderr: "" } }),
      refused(403, { ...saying("no"), output: { stdout: '"outcome"\nHTTP 403', stderr: "" } }),
    ],
    [
      "in a case that names no status",
      refused(402, saying("no")),
      { ...refused(403, saying("no")), one: unsaid as ContractCase },
    ],
    [
      "that prints nothing",
      refused(402, printing("", "skipped")),
      refused(403, printing("", "skipped")),
    ],
    [
      "of which too little was seen",
      refused(402, { ...saying("no"), outcome: "inconclusive" }),
      refused(403, { ...saying("no"), outcome: "inconclusive" }),
    ],
    [
      "of another vendor",
      refused(402, saying("no")),
      refused(403, { ...saying("no"), vendor: "b" }),
    ],
    [
      "in a case that does not ask for it",
      refused(402, saying("no")),
      { one: any as ContractCase, result: result(saying("no")) },
    ],
  ])("%s", (_, first, second) => {
    expect(found(first, second)).toEqual([[first.result.outcome], [second.result.outcome]]);
  });
});

describe("a client that reports elsewhere", () => {
  const silent = (rest: Partial<CaseResult> = {}): Judged =>
    refused(500, { ...printing("HTTP 500"), ...rest });
  const speaks = refused(402, saying("no licence"));
  const UNSAID = "it reported in other cases, but not in this one";

  it.each<[string, Judged]>([
    ["passed", silent()],
    ["was skipped", silent({ outcome: "skipped", reason: "only for a client that reports" })],
  ])("has to report where it %s", (_, own) => {
    const [, last] = acrossCases([speaks, own], "must");
    expect([last?.outcome, last?.findings.map(({ what }) => what), last?.reason]).toEqual([
      "fail",
      [UNSAID],
      undefined,
    ]);
  });

  it("keeps the findings that the case has", () => {
    const one = finding({ severity: "info" });
    const [, last] = acrossCases([speaks, silent({ findings: [one] })], "must");
    expect(last?.findings).toEqual([
      expect.objectContaining({
        rule: "acme.refusals.500",
        what: UNSAID,
        fix: "Report the outcome in every case, also in one that fails.",
      }),
      one,
    ]);
  });

  it.each<[string, readonly Judged[]]>([
    ["that made no call there", [speaks, silent({ exchanges: [] })]],
    ["that failed there anyway", [speaks, silent({ outcome: "fail" })]],
    ["of another vendor", [speaks, silent({ vendor: "b" })]],
    ["that never reports", [silent(), silent()]],
  ])("has nothing against one %s", (_, all) => {
    expect(acrossCases(all, "must").map(({ findings }) => findings)).toEqual(all.map(() => []));
  });
});
