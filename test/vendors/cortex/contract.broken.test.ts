import { expect, it } from "vitest";
import { clientThat, FLAWS } from "../../support/broken-cortex/flaws.ts";
import { runCases } from "../../support/cortex-contract.ts";

/** The flaws are small: in the plain case they do not show. */
const PLAIN = "cortex.quarantine.two";

it.each(FLAWS)("a client that $does is found, by $caughtBy and by no other must", async (flaw) => {
  const { caughtBy, in: shown = caughtBy } = flaw;
  const results = await runCases({
    command: clientThat(flaw),
    isChosen: (id, dialect) => id === shown || (id === PLAIN && dialect === "documented"),
    limitMs: 10_000,
  });
  const musts = results
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === "must");
  expect([...new Set(musts.map(({ rule }) => rule))]).toEqual([caughtBy]);
  expect(results.map(({ outcome }) => outcome)).not.toContain("inconclusive");
});
