import { expect, it } from "vitest";
import { drive } from "../../support/broken-qualys/drive.ts";
import { QUALYS_STYLES } from "../../support/correct-clients.ts";
import { programClient } from "../../support/program-client.ts";

it.concurrent.each(QUALYS_STYLES)(
  "a client that $does is found no fault with",
  async ({ program }) => {
    const results = await drive(programClient(program));
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
