import { unservedLine } from "../../core/journal/unserved.ts";
import { resultName } from "../baseline.ts";
import { causesOf, reasonsOf } from "./causes.ts";
import { printable, type Report, summary } from "./report.ts";

const MOST_ROWS = 200;

/** A section for a CI service's summary page: the counts, then a table of the findings by cause. */
export function markdown(report: Report): string {
  const rows = [
    ...causesOf(report).map(({ severity, cases, findings }) => {
      const [one] = cases;
      const [example] = findings;
      const more = cases.length > 1 ? ` and ${cases.length - 1} more` : "";
      return [
        severity,
        `${one ? resultName(one) : ""}${more}`,
        `\`${example?.rule}\``,
        `${example?.what.split("\n")[0]}<br>${example?.fix}`,
      ];
    }),
    ...(["inconclusive", "skipped"] as const).flatMap((outcome) =>
      reasonsOf(report, outcome).map(([reason, [first = "", ...names]]) => {
        const more = names.length > 0 ? ` and ${names.length} more` : "";
        return [outcome, `${first}${more}`, "", reason];
      }),
    ),
    ...[...report.known].map((result) => ["known", resultName(result), "", ""]),
  ];
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
      "Assumed replies that the run relied on",
      report.assumed.map((one) => `${one.vendor} ${one.operation} ${one.status} (${one.cause})`),
    ),
    ...list("Calls that fauxdr does not serve", report.unserved.map(unservedLine)),
    "",
  ].join("\n");
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `${title}:`, "", ...lines.map((line) => `- ${cell(line)}`)];

/** Escapes untrusted text, so that it is no markup and does not end a cell. Our own line break is kept. */
const cell = (text: string): string =>
  printable(text)
    .replace(/&/g, "&amp;")
    .replace(/<(?!br>)/g, "&lt;")
    .replace(/\|/g, "\\|")
    .replace(/\n/g, " ");
