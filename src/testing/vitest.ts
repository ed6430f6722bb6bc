import { describe, it } from "vitest";
import { type CasesOptions, type ClientFunction, cases } from "./cases.ts";

/** Defines a test for each contract case: call `describeContract(client, { vendor: "…" })` in a test file. */
export function describeContract(client: ClientFunction, options: CasesOptions = {}): void {
  describe("the contract", () => {
    for (const one of cases(options)) {
      // The runner's limit must not end a case before its own limit does, and a case may run twice.
      const limitMs = 2 * (1000 * one.limitSeconds + 10_000);
      it(`${one.name}: ${one.title}`, { timeout: limitMs }, async ({ skip }) => {
        const { outcome, reason } = await one.run(client);
        if (outcome === "skipped") skip(reason);
      });
    }
  });
}
