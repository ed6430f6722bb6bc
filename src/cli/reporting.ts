import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { readBaseline, writeBaseline } from "../contract/baseline.ts";
import { json } from "../contract/report/json.ts";
import { junit } from "../contract/report/junit.ts";
import { markdown } from "../contract/report/markdown.ts";
import { createReport } from "../contract/report/report.ts";
import { terminal } from "../contract/report/terminal.ts";
import type { CaseResult } from "../contract/result.ts";
import { KitError } from "../core/errors.ts";
import type { Flags, Own } from "./command-line.ts";

/** The flags of every command that reports results. */
export const REPORTING: Flags = {
  strict: { type: "boolean", doc: "findings of severity should fail as well" },
  "fail-on-assumed": {
    type: "boolean",
    doc: "fail when the run relied on assumed behaviour (see fauxdr ledger)",
  },
  baseline: {
    type: "string",
    doc: "file of known failures; one that now passes is a failure",
  },
  "write-baseline": { type: "string", doc: "file to write the current failures into" },
  junit: { type: "string", doc: "file to write JUnit XML into" },
  json: { type: "string", doc: "file to write the whole result into, as JSON" },
  markdown: {
    type: "string",
    doc: "file to write a summary into; it also goes to $GITHUB_STEP_SUMMARY",
  },
  verbose: { type: "boolean", doc: "list what passed as well" },
};

export interface Reporting {
  readonly strict: boolean;
  /** Prints the report, writes the files that were asked for, and returns the exit code. `all`: no case was left out. */
  readonly deliver: (results: readonly CaseResult[], all: boolean) => number;
}

/** Reads the flags and the baseline first, so that a mistake in them stops the command before a long run. */
export function reporting(own: Own, title: string): Reporting {
  const strict = own.isSet("strict");
  const known = own.text("baseline");
  const baseline = known === undefined ? {} : readBaseline(read(known), known);
  return {
    strict,
    deliver: (results, all) => {
      const failOnAssumed = own.isSet("fail-on-assumed");
      const report = createReport(results, { title, strict, failOnAssumed, baseline, all });
      const shown = failOnAssumed ? report : { ...report, assumed: [] };
      process.stdout.write(terminal(shown, { verbose: own.isSet("verbose") }));
      const files: readonly (readonly [file: string | undefined, content: () => string])[] = [
        [own.text("junit"), () => junit(report)],
        [own.text("json"), () => json(report)],
        [own.text("markdown"), () => markdown(shown)],
        [own.text("write-baseline"), () => writeBaseline(results, strict)],
      ];
      for (const [file, content] of files) {
        if (file !== undefined) write(file, content(), writeFileSync);
      }
      const summary = process.env["GITHUB_STEP_SUMMARY"];
      if (summary) write(summary, markdown(shown), appendFileSync);
      // The new baseline lists these failures, so they no longer fail the command.
      if (own.text("write-baseline") !== undefined && report.exitCode === 1) return 0;
      return report.exitCode;
    },
  };
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
