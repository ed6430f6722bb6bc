import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cases } from "../../../src/vendors/qualys/cases/cases.ts";
import { drive } from "../../support/broken-qualys/drive.ts";
import { FLAWS, type Flaw } from "../../support/broken-qualys/flaws.ts";
import { emptyDirectory } from "../../support/directory.ts";
import { read } from "../../support/repository.ts";

const EXAMPLE = read("examples/qualys/client.mjs");

/** What every client of the table does besides. */
const PLAIN = ["qualys.quarantine.versioned", "qualys.poll.success"];

function brokenClient({ changes }: Flaw): string {
  const text = changes.reduce((whole, [from, to]) => {
    expect(whole.split(from)).toHaveLength(2);
    return whole.replace(from, () => to);
  }, EXAMPLE);
  const file = join(emptyDirectory(), "client.mjs");
  writeFileSync(file, text);
  return file;
}

it.each(FLAWS)("a client that $name is caught by $by, and by no other must", async (flaw) => {
  const { by, also = [], limitMs } = flaw;
  const own = [...(flaw.cases ?? []), ...(cases.some(({ id }) => id === by) ? [by] : [])];
  const results = await drive(["node", brokenClient(flaw)], {
    cases: [...PLAIN, ...own],
    ...(limitMs && { limitMs }),
  });
  const findings = results.flatMap((result) => result.findings);
  expect(findings.map(({ rule }) => rule)).toContain(by);
  const stray = findings.filter(
    ({ severity, rule }) =>
      severity === "must" && rule !== by && !also.some((prefix) => rule.startsWith(prefix)),
  );
  expect(stray).toEqual([]);
  expect(results.filter(({ outcome }) => outcome === "inconclusive")).toEqual([]);
});
