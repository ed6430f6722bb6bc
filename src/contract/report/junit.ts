import type { CaseResult } from "../result.ts";
import { printable, type Report, wordFor } from "./report.ts";
import { findingLines } from "./terminal.ts";

/** JUnit XML as in Jenkins' junit-10.xsd, which CI services read. Each vendor is a test suite. */
export function junit(report: Report): string {
  const vendors = [...new Set(report.results.map(({ vendor }) => vendor))];
  const suites = vendors.map((vendor) =>
    suite(
      vendor,
      report.results.filter((result) => result.vendor === vendor),
      report,
    ),
  );
  const stale = report.stale.map((line) =>
    element("testcase", { name: line, classname: "fauxdr.baseline" }, [
      element("failure", { type: "stale", message: "the baseline lists it, and it does not fail" }),
    ]),
  );
  const baseline = stale.length > 0 ? [frame("baseline", stale, { failures: stale.length })] : [];
  const body = element("testsuites", { name: report.title }, [...suites, ...baseline]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;
}

function suite(vendor: string, results: readonly CaseResult[], report: Report): string {
  const count = (word: string): number =>
    results.filter((result) => wordFor(result, report) === word).length;
  const cases = results.map((result) => testCase(result, wordFor(result, report)));
  const seconds = results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  return frame(vendor, cases, {
    failures: count("fail"),
    errors: count("inconclusive"),
    skipped: count("known") + count("skipped"),
    time: seconds.toFixed(3),
  });
}

const frame = (
  name: string,
  cases: readonly string[],
  { failures = 0, errors = 0, skipped = 0, time = "0.000" },
): string =>
  element(
    "testsuite",
    { name: `fauxdr.${name}`, tests: cases.length, failures, errors, skipped, time },
    cases,
  );

function testCase(result: CaseResult, word: ReturnType<typeof wordFor>): string {
  const { id, vendor, wire, durationMs, findings, reason, output } = result;
  const text = findings.flatMap(findingLines).join("\n");
  const first = findings.find(({ severity }) => severity === "must") ?? findings[0];
  const message = first?.what.split("\n")[0] ?? "";
  const children: string[] = [];
  if (word === "fail")
    children.push(element("failure", { type: first?.rule ?? "", message }, text));
  if (word === "skipped") children.push(element("skipped", { message: reason ?? "" }));
  if (word === "known") children.push(element("skipped", { message: `known to fail: ${message}` }));
  if (word === "inconclusive") {
    children.push(element("error", { type: "inconclusive", message: reason ?? "" }));
  }
  // Findings that do not make the case fail are shown too.
  const said = word === "pass" && text ? `${text}\n${output.stdout}` : output.stdout;
  if (said) children.push(element("system-out", {}, said));
  if (output.stderr) children.push(element("system-err", {}, output.stderr));
  const name = `${id} (${wire})`;
  const time = (durationMs / 1000).toFixed(3);
  return element("testcase", { name, classname: `fauxdr.${vendor}`, time }, children);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly string[] = [],
): string {
  const open = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(String(value))}"`),
  ].join(" ");
  const inner = typeof content === "string" ? escaped(content) : content.join("\n");
  if (inner === "") return `<${open}/>`;
  const edge = typeof content === "string" ? "" : "\n";
  return `<${open}>${edge}${inner}${edge}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** XML 1.0 allows no control characters and no half of a surrogate pair, not even escaped. */
const escaped = (text: string): string =>
  printable(text)
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character);
