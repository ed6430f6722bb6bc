import type { ContractCase, Finding } from "../core/contract.ts";
import { type ClientReport, isGood, wrongEnd } from "./client-report.ts";
import { crashIn } from "./crash.ts";
import type { Ended } from "./process.ts";

/** A broken promise, and how to keep it. */
export type Broken = Pick<Finding, "what" | "fix">;

/** Compares a client's end and its report with the case. */
export function brokenEnd(
  one: ContractCase,
  ended: Ended,
  report: ClientReport | undefined,
): Broken[] {
  const { outcomes } = one;
  const end = wrongEnd(ended, report, outcomes);
  const crash = crashIn(ended, report !== undefined);
  const broken: Broken[] = [];
  if (end !== undefined) {
    const code = outcomes.some(isGood) ? "exit code 0" : "an exit code other than 0";
    broken.push({ what: end, fix: `End with ${code}, as for: ${outcomes.join(" or ")}.` });
  }
  if (crash !== undefined) {
    broken.push({
      what: crash,
      fix: "Handle what the server sent, and end as failed instead of crashing.",
    });
  }
  for (const name of ["reason", "status"] as const) {
    const expected = one.says?.[name];
    const said = report?.[name];
    if (expected === undefined || said === undefined || said === expected) continue;
    broken.push({
      what: `it reported ${name} ${JSON.stringify(said)} instead of ${JSON.stringify(expected)}`,
      fix: `Report the ${name} that the server sent.`,
    });
  }
  return broken;
}

/**
 * Whether a client says which error it got, if the case requires that. A reason in its own words is enough. `silent`:
 * it reports nothing, which is allowed.
 */
export function tellsApart(
  { says, mustTell }: ContractCase,
  { stdout, stderr }: Ended,
  report: ClientReport | undefined,
): "told" | "untold" | "silent" {
  const status = says?.status;
  if (!mustTell || status === undefined || report?.status === status) return "told";
  if (names(stdout, status) || names(stderr, status)) return "told";
  if (!report) return "silent";
  const { reason = "" } = report;
  // Another number means another error.
  return reason === "" || /\d{3}/.test(reason) ? "untold" : "told";
}

/** Whether a text has this status, and not as a part of a longer number. */
export const names = (text: string, status: number): boolean =>
  new RegExp(`(?<!\\d)${status}(?!\\d)`).test(text);
