// In place of @fast-check/vitest under scripts/mutation.mjs: tests that draw their cases are left out. What they notice
// changes from run to run, their seeds stand in their names, and to load them takes longer than all others together.
import fc from "fast-check";
import { it as plain } from "vitest";

const drawn = () => plain.skip;
export const it = Object.assign((...given) => plain(...given), { prop: drawn });
export { fc };
