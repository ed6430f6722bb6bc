import { expect, it } from "vitest";
import { isOlder } from "../../src/core/agent-version.ts";

it.each([
  ["5.9.9.9", [6, 0], true],
  ["6.0", [6, 0, 0, 0], false],
  ["6", [6, 0], false],
  ["6.0.0.1", [6, 0, 0, 0], false],
  ["4.8.0.28", [4, 9, 0], true],
  ["4.10.0", [4, 9, 0], false],
  ["7.6.99", [7, 7], true],
  ["1.0", [], false],
] as const)("%s, where %j is the oldest that will do, is older: %s", (version, oldest, older) => {
  expect(isOlder(version, oldest)).toBe(older);
});
