import { describe, it } from "vitest";
import { type CasesOptions, type ClientFunction, cases } from "./cases.ts";

/** Makes a test of every contract case: `describeContract(client, { vendor: "…" })` in a test file is all there is. */
export function describeContract(client: ClientFunction, options: CasesOptions = {}): void {
  // A runner's own limit shall not come before the case's.
  const limitMs = 1000 * (options.limitSeconds ?? 20) + 10_000;
  describe("the contract", () => {
    for (const one of cases(options)) {
      it(`${one.name}: ${one.title}`, { timeout: limitMs }, async () => {
        await one.run(client);
      });
    }
  });
}
