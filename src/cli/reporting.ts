import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { readBaseline, writeBaseline } from "../contract/baseline.ts";
import { jsonReport } from "../contract/report/json.ts";
import { junit } from "../contract/report/junit.ts";
import { markdown } from "../contract/report/markdown.ts";
import { createReport } from "../contract/report/report.ts";
import { terminal } from "../contract/report/terminal.ts";
import type { CaseResult } from "../contract/result.ts";
import { SEVERITIES, type Severity } from "../core/basis.ts";
import { KitError } from "../core/errors.ts";
import type { Flags, Own } from "./command-line.ts";
import { paint } from "./paint.ts";

/** The flags of every command that reports results. */
export const REPORTING: Flags = {
  "fail-on": {
    type: "string",
    value: "must|should|info",
    doc: "the least severity of findings that fail (default must)",
  },
  strict: { type: "boolean", doc: "the same as --fail-on should" },
  "fail-on-assumed": {
    type: "boolean",
    doc: "fail when the run relied on assumed behaviour (see fauxdr ledger)",
  },
  baseline: {
    type: "string",
    value: "<file>",
    doc: "file of known failures; one that now passes is a failure",
  },
  "write-baseline": {
    type: "string",
    value: "<file>",
    doc: "file to write the current failures into",
  },
  junit: { type: "string", value: "<file>", doc: "file to write JUnit XML into" },
  json: { type: "string", value: "<file>", doc: "file to write the whole result into, as JSON" },
  markdown: {
    type: "string",
    value: "<file>",
    doc: "file to write a summary into; it also goes to $GITHUB_STEP_SUMMARY",
  },
  verbose: { type: "boolean", doc: "list every result with all its findings, also what passed" },
  trace: {
    type: "boolean",
    doc: "print every request with its reply and a curl command; --json has them too",
  },
};

export interface Reporting {
  readonly failOn: Severity;
  /** Prints the report, writes the requested files, and returns the exit code. `all`: no case was left out. */
  readonly deliver: (results: readonly CaseResult[], all: boolean) => number;
}

/** Reads the flags and the baseline first, so that a mistake in them stops the command before a long run. */
export function reporting(own: Own, title: string): Reporting {
  const failOn = failOnOf(own);
  const known = own.text("baseline");
  const baseline = known === undefined ? {} : readBaseline(read(known), known);
  return {
    failOn,
    deliver: (results, all) => {
      const trace = own.isSet("trace");
      const failOnAssumed = own.isSet("fail-on-assumed");
      const report = createReport(results, { title, failOn, failOnAssumed, baseline, all });
      const shown = failOnAssumed ? report : { ...report, assumed: [] };
      const text = terminal(shown, { verbose: own.isSet("verbose"), trace });
      process.stdout.write(paint(text, process.stdout));
      const files: readonly (readonly [file: string | undefined, content: () => string])[] = [
        [own.text("junit"), () => junit(report)],
        [own.text("json"), () => jsonReport(report, { trace })],
        [own.text("markdown"), () => markdown(shown)],
        [own.text("write-baseline"), () => writeBaseline(results, failOn)],
      ];
      for (const [file, content] of files) {
        if (file !== undefined) write(file, content(), writeFileSync);
      }
      const summary = process.env["GITHUB_STEP_SUMMARY"];
      if (summary) write(summary, markdown(shown), appendFileSync);
      // The new baseline lists these failures, so they no longer fail the command. Inconclusive results are not listed.
      if (own.text("write-baseline") !== undefined && report.exitCode === 1) {
        return results.some(({ outcome }) => outcome === "inconclusive") ? 2 : 0;
      }
      return report.exitCode;
    },
  };
}

function failOnOf(own: Own): Severity {
  const given = own.text("fail-on");
  const failOn = SEVERITIES.find((severity) => severity === given);
  if (given !== undefined && failOn === undefined) {
    throw new KitError(`--fail-on must be must, should or info, not "${given}".`);
  }
  if (own.isSet("strict") && failOn !== undefined && failOn !== "should") {
    throw new KitError(
      `--strict means --fail-on should, which contradicts --fail-on ${failOn}: remove one of them.`,
    );
  }
  return failOn ?? (own.isSet("strict") ? "should" : "must");
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new KitError(`The baseline ${file} cannot be read: write one with --write-baseline.`);
  }
}

function write(file: string, content: string, how: (file: string, content: string) => void): void {
  try {
    how(file, content);
  } catch (error) {
    throw new KitError(`The report ${file} cannot be written: ${(error as Error).message}.`);
  }
}
