// Run before each test file by scripts/mutation.mjs.
import fc from "fast-check";

// A seed stands in the names of tests, by which Stryker finds them again. A counterexample need not be the smallest.
fc.configureGlobal({ seed: 20260131, endOnFailure: true, interruptAfterTimeLimit: 300 });
