import { KitError } from "../core/errors.ts";
import type { Flag, Own } from "./command-line.ts";

/** The flag of the commands that list something. */
export const FORMAT: Flag = {
  type: "string",
  value: "table|tsv|json",
  doc: "how to print the list (default: table on a terminal, tsv elsewhere)",
};

/** The rows of a list: cells by column for people, and values for programs. */
export interface Rows {
  readonly cells: readonly Readonly<Record<string, string>>[];
  readonly json: readonly unknown[];
}

/** Renders a list in the chosen format. Only a table has a header line, so that grep, sort and cut can work on tsv. */
export function shownRows({ cells, json }: Rows, own: Own, isTerminal: boolean): string {
  const format = own.text("format") ?? (isTerminal ? "table" : "tsv");
  switch (format) {
    case "json":
      return `${JSON.stringify(json, undefined, 2)}\n`;
    case "tsv":
      return cells.map((row) => `${Object.values(row).join("\t")}\n`).join("");
    case "table":
      return table(cells);
    default:
      throw new KitError(`--format must be table, tsv or json, not "${format}".`);
  }
}

function table(cells: Rows["cells"]): string {
  const head = Object.keys(cells[0] ?? {});
  const lines = [head.map((name) => name.toUpperCase()), ...cells.map((row) => Object.values(row))];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
