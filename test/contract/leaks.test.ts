import { describe, expect, it } from "vitest";
import { leakFinder, leakFindings } from "../../src/contract/leaks.ts";

const SECRET = 'pass "word" é&1';

describe("a secret in what a client prints", () => {
  it.each<[string, readonly string[]]>([
    ["as it is", [`x ${SECRET} y`]],
    ["in JSON", [JSON.stringify({ a: SECRET })]],
    ["in a URL", [`/?q=${encodeURIComponent(SECRET)}`]],
    ["cut in two", [SECRET.slice(0, 5), SECRET.slice(5)]],
    ["cut letter by letter", [...`--${SECRET}--`]],
    ["before much else", [SECRET, ...Array(9).fill("x".repeat(1000))]],
  ])("is found: %s", (_, pieces) => {
    const finder = leakFinder(["other-secret", SECRET]);
    expect(pieces.map((piece) => finder.add(piece)).at(-1)).toBe(true);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["part of it", [SECRET], [SECRET.slice(1)]],
    ["a text too short to be one", ["abc"], ["abc"]],
    ["anything where there are none", [], ["x", ""]],
  ])("is not found in %s", (_, secrets, pieces) => {
    const finder = leakFinder(secrets);
    expect(pieces.map((piece) => finder.add(piece))).not.toContain(true);
  });

  it("is a must for each place", () => {
    const found = leakFindings(["stdout", "stderr"], "acme");
    expect(found.map(({ severity, what }) => [severity, what])).toEqual([
      ["must", "it printed one of its credentials on stdout"],
      ["must", "it printed one of its credentials on stderr"],
    ]);
    expect(leakFindings([], "acme")).toEqual([]);
  });
});
