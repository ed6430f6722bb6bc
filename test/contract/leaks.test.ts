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
    ["of six letters, the shortest", ["sixsix"]],
    ["inside of JSON inside of JSON's quotes", [JSON.stringify(SECRET).slice(1, -1)]],
    ["before much else", [SECRET, ...Array(9).fill("x".repeat(1000))]],
  ])("is found: %s", (_, pieces) => {
    const finder = leakFinder(["other-secret", "sixsix", SECRET]);
    expect(pieces.map((piece) => finder.add(piece)).at(-1)).toBe(true);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["part of it", [SECRET], [SECRET.slice(1)]],
    ["a text too short to be one", ["abcde"], ["abcde"]],
    [
      "the end of one text and the beginning of another that are no secret",
      ["abcdef"],
      ["xabc", "xdef"],
    ],
    ["anything where there are none", [], ["x", ""]],
  ])("is not found in %s", (_, secrets, pieces) => {
    const finder = leakFinder(secrets);
    expect(pieces.map((piece) => finder.add(piece))).not.toContain(true);
  });

  const TOKEN = `eyJ${"a".repeat(20)}.eyJ${"b".repeat(300)}.${"c".repeat(40)}`;

  it.each([
    ["whole", [`token is ${TOKEN}\n`], true],
    ["cut in two", [TOKEN.slice(0, 200), TOKEN.slice(200)], true],
    ["without its signature", [TOKEN.slice(0, TOKEN.lastIndexOf("."))], false],
    ["as part of another word", [`x${TOKEN}`], false],
    ["with a signature of seven letters", [TOKEN.slice(0, TOKEN.lastIndexOf(".") + 8)], false],
    ["before much else", [TOKEN, "x".repeat(5000), "x"], true],
  ])("is a signed token as well, where only this vendor's can be: %s", (_, pieces, isFound) => {
    const [strict, usual] = [leakFinder([], { tokens: true }), leakFinder([])];
    expect(pieces.map((piece) => strict.add(piece)).at(-1)).toBe(isFound);
    expect(pieces.map((piece) => usual.add(piece)).at(-1)).toBe(false);
  });

  it("is a must for each place", () => {
    const found = leakFindings(["stdout", "stderr"], "acme");
    expect(found.map(({ severity, what }) => [severity, what])).toEqual([
      ["must", "it printed one of its credentials on stdout"],
      ["must", "it printed one of its credentials on stderr"],
    ]);
    expect(found[0]).toMatchObject({
      rule: "secret.printed",
      vendor: "acme",
      basis: "documented",
      fix: "Print that a credential is set, or its last two characters; never the credential.",
      source: expect.stringContaining("https://cwe.mitre.org/data/definitions/532.html"),
      exchanges: [],
    });
    expect(leakFindings([], "acme")).toEqual([]);
  });
});
