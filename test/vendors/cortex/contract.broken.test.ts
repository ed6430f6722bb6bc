import { expect, it } from "vitest";
import { type Client, commandClient } from "../../../src/contract/client.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import { FLAWS, type Flaw, programThat } from "../../support/broken-cortex/flaws.ts";
import { runCases } from "../../support/cortex-contract.ts";
import { programClient } from "../../support/program-client.ts";
import { eachThird } from "../../support/programs.ts";

/** The flaws are small: in the plain case they do not show. */
const PLAIN = "cortex.quarantine.two";

const drive = ({ caughtBy, in: shown = caughtBy, limitMs = 10_000 }: Flaw, client: Client) =>
  runCases({
    client,
    isChosen: (id, wire) => id === shown || (id === PLAIN && wire === "document"),
    limitMs,
  });

function expectFound(
  results: readonly CaseResult[],
  { caughtBy, as = "must", also = [] }: Flaw,
): void {
  const findings = results.flatMap((result) => result.findings);
  const rulesOf = (gravity: string): string[] => [
    ...new Set(findings.filter(({ severity }) => severity === gravity).map(({ rule }) => rule)),
  ];
  const stray = rulesOf("must").filter((rule) => rule !== caughtBy && !also.includes(rule));
  expect(stray).toEqual([]);
  expect(rulesOf(as)).toContain(caughtBy);
  expect(results.map(({ outcome }) => outcome)).not.toContain("inconclusive");
}

// They wait most of the time.
it.concurrent.for(FLAWS)(
  "a client that $does is found, by $caughtBy and by no other must",
  async (flaw, { skip }) => {
    skip(...eachThird(FLAWS.indexOf(flaw), "all wrong and right clients"));
    expectFound(await drive(flaw, programClient(programThat(flaw))), flaw);
  },
);

const FOREVER = FLAWS.filter(({ limitMs }) => limitMs !== undefined);

it.each([...FLAWS.slice(0, 1), ...FOREVER.slice(0, 1)])(
  "a client that $does is found as well where it is a process",
  async (flaw) => {
    const command = [process.execPath, "--input-type=module", "--eval", programThat(flaw)];
    expectFound(await drive(flaw, commandClient(command)), flaw);
  },
);
