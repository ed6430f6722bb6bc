import { describe, expect, it } from "vitest";
import type { ClientReport } from "../../src/contract/client-report.ts";
import type { Ended } from "../../src/contract/process.ts";
import { tellsApart } from "../../src/contract/promises.ts";
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
  it.each([
    ["in its report", tells({ status })],
    ["by a reason in words of its own", tells({ reason: "the vendor said no" })],
    ["on stderr", tells(undefined, { stderr: `HTTP ${status}: Forbidden` })],
    ["on stdout, beside a report without it", tells({}, { stdout: `got ${status}` })],
  ])("%s", (_, told) => {
    expect(told).toBe("told");
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

it("a case that does not ask for it is content with anything", () => {
  const { mustTell: _, ...other } = CASE;
  expect(
    tellsApart(other, { exitCode: 1, timedOut: false, stdout: "", stderr: "" }, undefined),
  ).toBe("told");
});
