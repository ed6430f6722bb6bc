import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { Missing } from "./test/support/missing.ts";

const report = process.env["TEST_REPORT"];

/** The files that take longest in `npm run test:all`. They begin first, so that no worker is alone with one at the end. */
const LONGEST = [
  "fuzz/operations.test.ts",
  "examples/cortex.test.ts",
  "examples/qualys.test.ts",
  "docs/ci.test.ts",
  "fuzz/operations.pumped.test.ts",
  "inspector/try.test.ts",
  "docs/tutorial.test.ts",
  "inspector/accessible.test.ts",
  "stories/cortex.property.test.ts",
  "contract/check.judged.test.ts",
  "specs.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup.ts"],
    reporters: [
      "default",
      new Missing(),
      ...(report ? [["json", { outputFile: report }] as ["json", object]] : []),
    ],
    // Every file would load the product anew: that took longer than the tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Starting a program copies the page table of the process: with one process for all workers that takes far longer.
    pool: "forks",
    // Left alone, two cores get one worker. Tests wait for processes and timers a third of the time.
    maxWorkers: availableParallelism() + 1,
    // Tests that run at once in a file wait for their clients.
    maxConcurrency: 10,
    // Only for a test that never ends: a machine with other things to do takes minutes for the longest ones.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
