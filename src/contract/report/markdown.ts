import { nameOf } from "../baseline.ts";
import { printable, type Report, summary, wordFor } from "./report.ts";

const MOST_ROWS = 200;

/** A section for a CI service's summary page: the sum, then a table of what is wrong. */
export function markdown(report: Report): string {
  const rows = report.results.flatMap((result) => {
    const word = wordFor(result, report);
    if (word === "inconclusive") return [[word, nameOf(result), "", result.reason ?? ""]];
    return result.findings.map(({ severity, rule, what, fix }) => [
      word === "known" ? "known" : severity,
      nameOf(result),
      `\`${rule}\``,
      `${what.split("\n")[0]}<br>${fix}`,
    ]);
  });
  const left = rows.length - MOST_ROWS;
  return [
    `## ${cell(report.title)}`,
    "",
    summary(report),
    "",
    ...(rows.length > 0
      ? table(["", "Case", "Rule", "What is wrong"], rows.slice(0, MOST_ROWS))
      : []),
    ...(left > 0 ? ["", `${left} more are left out.`] : []),
    ...list("Stale in the baseline", report.stale),
    ...list(
      "Replies that rest on an assumption",
      report.assumed.map((one) => `${one.vendor} ${one.operation} ${one.status} (${one.cause})`),
    ),
    "",
  ].join("\n");
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `${title}:`, "", ...lines.map((line) => `- ${cell(line)}`)];

/** A stranger's text shall neither end a cell nor be markup; our own line break is kept. */
const cell = (text: string): string =>
  printable(text)
    .replace(/&/g, "&amp;")
    .replace(/<(?!br>)/g, "&lt;")
    .replace(/\|/g, "\\|")
    .replace(/\n/g, " ");
