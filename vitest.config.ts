import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { Missing } from "./test/support/missing.ts";

const report = process.env["TEST_REPORT"];

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
    pool: "threads",
    // Left alone, two cores get one worker. Tests wait for processes and timers a third of the time.
    maxWorkers: availableParallelism() + 1,
    // Tests that run at once in a file wait for their clients.
    maxConcurrency: 10,
    // Only for a test that never ends: a machine with other things to do takes minutes for the longest ones.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
