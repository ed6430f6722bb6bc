import { expect, it } from "vitest";
import { type Client, commandClient } from "../../../src/contract/client.ts";
import { cases } from "../../../src/vendors/qualys/cases/cases.ts";
import { drive } from "../../support/broken-qualys/drive.ts";
import { FLAWS, type Flaw } from "../../support/broken-qualys/flaws.ts";
import { programClient } from "../../support/program-client.ts";
import { eachThird } from "../../support/programs.ts";
import { read } from "../../support/repository.ts";

const EXAMPLE = read("examples/qualys/client.mjs");

/** What every client of the table does besides. */
const PLAIN = ["qualys.quarantine.versioned", "qualys.poll.success"];

/** The text of the Node example with that flaw. */
const programThat = ({ changes }: Flaw): string =>
  changes.reduce((whole, [from, to]) => {
    expect(whole.split(from)).toHaveLength(2);
    return whole.replace(from, () => to);
  }, EXAMPLE);

async function expectCaught(flaw: Flaw, client: Client): Promise<void> {
  const { by, also = [], limitMs } = flaw;
  const own = [...(flaw.cases ?? []), ...(cases.some(({ id }) => id === by) ? [by] : [])];
  const results = await drive(client, {
    cases: [...PLAIN, ...own],
    ...(limitMs && { limitMs }),
  });
  const findings = results.flatMap((result) => result.findings);
  expect(results.filter(({ outcome }) => outcome === "inconclusive")).toEqual([]);
  expect(findings.map(({ rule }) => rule)).toContain(by);
  const stray = findings.filter(
    ({ severity, rule }) => severity === "must" && rule !== by && !also.includes(rule),
  );
  expect(stray).toEqual([]);
}

// They wait most of the time.
it.concurrent.for(FLAWS)(
  "a client that $name is caught by $by, and by no other must",
  async (flaw, { skip }) => {
    skip(...eachThird(FLAWS.indexOf(flaw), "all wrong and right clients"));
    await expectCaught(flaw, programClient(programThat(flaw)));
  },
);

const FOREVER = FLAWS.filter(({ limitMs }) => limitMs !== undefined);

it.each([...FLAWS.slice(0, 1), ...FOREVER.slice(0, 1)])(
  "a client that $name is caught as well where it is a process",
  async (flaw) => {
    const command = [process.execPath, "--input-type=module", "--eval", programThat(flaw)];
    await expectCaught(flaw, commandClient(command));
  },
);
