import { describe, expect, it } from "vitest";
import { commandLine } from "../../src/cli/command-line.ts";
import { FORMAT, shownRows } from "../../src/cli/rows.ts";

const ROWS = {
  cells: [
    { vendor: "acme", id: "acme.first" },
    { vendor: "o", id: "o.2" },
  ],
  json: [{ vendor: "acme", whole: true }],
};
const shown = (args: readonly string[], isTerminal: boolean): string =>
  shownRows(ROWS, commandLine("cases", args, { format: FORMAT }).own, isTerminal);

describe("a list", () => {
  const table = "VENDOR  ID\nacme    acme.first\no       o.2\n";
  const tsv = "acme\tacme.first\no\to.2\n";

  it.each([
    ["a table with a head on a terminal", [], true, table],
    ["tab-separated without a head elsewhere", [], false, tsv],
    ["a table where that is asked for", ["--format", "table"], false, table],
    ["tab-separated where that is asked for", ["--format", "tsv"], true, tsv],
    [
      "JSON where that is asked for",
      ["--format", "json"],
      true,
      `${JSON.stringify(ROWS.json, undefined, 2)}\n`,
    ],
  ])("is %s", (_, args, isTerminal, expected) => {
    expect(shown(args, isTerminal)).toBe(expected);
  });

  it.each(["table", "tsv"])("without rows is empty as %s", (format) => {
    const { own } = commandLine("cases", ["--format", format], { format: FORMAT });
    expect(shownRows({ cells: [], json: [] }, own, false).trim()).toBe("");
  });

  it("refuses another format in one sentence", () => {
    expect(() => shown(["--format", "yaml"], true)).toThrow(
      '--format must be table, tsv or json, not "yaml".',
    );
  });
});
