import { expect, it } from "vitest";
import { CORTEX_STYLES } from "../../support/correct-clients.ts";
import { runCases } from "../../support/cortex-contract.ts";
import { programClient } from "../../support/program-client.ts";

/** Time is not of the style, and a signature carries the client's own. */
const NOT_OF_STYLE =
  /skewed-clock|never|targets\.(thousand|beyond|second-refused|drawn-two|drawn-three)/;

it.concurrent.each(CORTEX_STYLES)(
  "a client that $does is found no fault with",
  async ({ program }) => {
    const results = await runCases({
      client: programClient(program),
      isChosen: (id, dialect) => dialect === "documented" && !NOT_OF_STYLE.test(id),
    });
    const findings = results.flatMap((result) =>
      result.findings
        .filter(({ severity }) => severity !== "info")
        .map(({ rule, what }) => `${result.id}: ${rule}: ${what}`),
    );
    expect(findings).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === "inconclusive")).toEqual([]);
  },
  120_000,
);
