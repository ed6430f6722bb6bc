import { describe, expect, it } from "vitest";
import type { ClientReport } from "../../src/contract/client-report.ts";
import type { Ended } from "../../src/contract/process.ts";
import { brokenEnd, tellsApart } from "../../src/contract/promises.ts";
import { contract } from "../../src/vendors/cortex/contract.ts";

const [CASE] = contract.cases.filter(({ mustTell }) => mustTell);
if (!CASE) throw new Error("no case wants a client to tell errors apart");
const { status = 0 } = CASE.says ?? {};

const tells = (report?: Omit<ClientReport, "outcome">, output: Partial<Ended> = {}): string =>
  tellsApart(
    CASE,
    { exitCode: 1, timedOut: false, stdout: "", stderr: "", ...output },
    report && { outcome: "refused", ...report },
  );

describe("a client tells which error it got", () => {
  it.each<[string, Parameters<typeof tells>]>([
    ["in its report", [{ status }]],
    ["by a reason in words of its own", [{ reason: "the vendor said no" }]],
    ["on stderr", [undefined, { stderr: `HTTP ${status}: Forbidden` }]],
    ["on stdout, beside a report without it", [{}, { stdout: `got ${status}` }]],
  ])("%s", (_, given) => {
    expect(tells(...given)).toBe("told");
  });

  it("not by another number that has its digits", () => {
    expect(tells({}, { stderr: `1${status} bytes` })).toBe("untold");
  });
});

it("one that reports nothing of it has not told", () => {
  expect(tells({})).toBe("untold");
  expect(tells({ reason: "" })).toBe("untold");
});

it("one that reports and prints nothing at all need not", () => {
  expect(tells()).toBe("silent");
});

it.each([
  ["no digits", "refused", "told"],
  ["two digits", "error 42 of 99", "told"],
  ["another status", "HTTP 499", "untold"],
])("a reason in its own words with %s", (_, reason, told) => {
  expect(tells({ reason })).toBe(told);
});

it("a case without a status asks for nothing", () => {
  const { says: _, ...other } = CASE;
  const ended = { exitCode: 1, timedOut: false, stdout: "", stderr: "" };
  expect(tellsApart(other, ended, { outcome: "refused" })).toBe("told");
});

describe("the end of a client", () => {
  const ended = (output: Partial<Ended> = {}): Ended => ({
    exitCode: 1,
    timedOut: false,
    stdout: "",
    stderr: "",
    ...output,
  });
  const one = { ...CASE, outcomes: ["refused" as const, "failed" as const] };
  const good = { ...CASE, outcomes: ["failed" as const, "accepted" as const] };

  it("is right", () => {
    expect(brokenEnd(one, ended(), { outcome: "refused", status })).toEqual([]);
    expect(brokenEnd(one, ended(), undefined)).toEqual([]);
  });

  it.each<[string, typeof CASE, Ended, ClientReport | undefined, object]>([
    [
      "with another outcome",
      one,
      ended(),
      { outcome: "partial" },
      {
        what: 'it reported "partial" instead of refused or failed',
        fix: "End with an exit code other than 0, as for: refused or failed.",
      },
    ],
    [
      "with another exit code, where one of the outcomes is good",
      good,
      ended(),
      { outcome: "accepted" },
      {
        what: "it ended with exit code 1, as if it had failed",
        fix: "End with exit code 0, as for: failed or accepted.",
      },
    ],
    [
      "in a crash",
      one,
      ended({ threw: "TypeError: x" }),
      undefined,
      {
        what: "it crashed: TypeError: x",
        fix: "Handle what the server sent, and end as failed instead of crashing.",
      },
    ],
    [
      "with another status",
      one,
      ended(),
      { outcome: "refused", status: 418 },
      {
        what: `it reported status 418 instead of ${status}`,
        fix: "Report the status that the server sent.",
      },
    ],
    [
      "with another reason",
      { ...one, says: { reason: "no" } },
      ended(),
      { outcome: "refused", reason: "yes" },
      {
        what: 'it reported reason "yes" instead of "no"',
        fix: "Report the reason that the server sent.",
      },
    ],
  ])("is wrong %s", (_, which, end, report, broken) => {
    expect(brokenEnd(which, end, report)).toEqual([broken]);
  });

  it("after a crash counts once where the client reported", () => {
    const traced = ended({ stderr: "Traceback (most recent call last):" });
    expect(brokenEnd(one, traced, { outcome: "failed" })).toEqual([]);
    expect(brokenEnd(one, traced, undefined)).toHaveLength(1);
  });

  it("needs no status or reason where the case names none", () => {
    const { says: _, ...other } = one;
    const report = { outcome: "failed", status: 418, reason: "tea" } as const;
    expect(brokenEnd(other, ended(), report)).toEqual([]);
  });
});

it("a case that does not ask for it is content with anything", () => {
  const { mustTell: _, ...other } = CASE;
  expect(
    tellsApart(other, { exitCode: 1, timedOut: false, stdout: "", stderr: "" }, undefined),
  ).toBe("told");
});
