import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup.ts"],
    // Every file would load the product anew: that took longer than the tests.
    isolate: false,
    pool: "threads",
    // Tests start interpreters and compilers on machines that have other things to do as well.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
