import { expect, it } from "vitest";
import { progress } from "../../src/cli/progress.ts";
import { failed, result } from "../support/results.ts";

function written(isTTY: boolean): string[] {
  const lines: string[] = [];
  const write = (text: unknown) => lines.push(String(text)) > 0;
  const shown = progress({ isTTY, write } as never);
  shown.step(result(), 1, 2);
  shown.step(failed("a".repeat(200), "x"), 2, 2);
  shown.end();
  return lines;
}

it("is one line that is written over, and taken away at the end", () => {
  const [first = "", second = "", last] = written(true);
  expect(first).toBe("\r\u001b[K1/2, 0 not passed: acme.case.one");
  expect(second).toMatch(/2\/2, 1 not passed: a+$/);
  expect(second.length).toBeLessThan(80);
  expect(last).toBe("\r\u001b[K");
});

it("is nothing where nobody looks on", () => {
  expect(written(false)).toEqual([]);
});
