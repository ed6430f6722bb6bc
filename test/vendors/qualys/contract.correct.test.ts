import { expect, it } from "vitest";
import { drive } from "../../support/broken-qualys/drive.ts";
import { QUALYS_STYLES } from "../../support/correct-clients.ts";
import { programClient } from "../../support/program-client.ts";
import { eachThird } from "../../support/programs.ts";

it.concurrent.for(QUALYS_STYLES)(
  "a client that $does is found no fault with",
  { timeout: 120_000 },
  async (style, { skip }) => {
    skip(...eachThird(QUALYS_STYLES.indexOf(style), "all wrong and right clients"));
    const { program } = style;
    const results = await drive(programClient(program));
    const findings = results.flatMap((result) =>
      result.findings
        .filter(({ severity }) => severity !== "info")
        .map(({ rule, what }) => `${result.id}: ${rule}: ${what}`),
    );
    expect(findings).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === "inconclusive")).toEqual([]);
  },
);
