// Replaces @fast-check/vitest under scripts/mutation.mjs, and skips the tests with random cases: their results change
// from run to run, their names contain the seeds, and loading them takes longer than all other tests.
import fc from "fast-check";
import { it as plain } from "vitest";

const drawn = () => plain.skip;
export const it = Object.assign((...given) => plain(...given), { prop: drawn });
export { fc, it as test };
