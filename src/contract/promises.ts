import type { ContractCase, Finding } from "../core/contract.ts";
import { type ClientReport, isGood, wrongEnd } from "./client-report.ts";
import { crashIn } from "./crash.ts";
import type { Ended } from "./process.ts";

/** A promise that is not kept, and how to keep it. */
export type Broken = Pick<Finding, "what" | "fix">;

/** What is wrong with how a client ends and with what it says, by what the case promises. */
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
      fix: "Handle what the server sent here and end as failed; an exception that ends the client is no handling.",
    });
  }
  for (const name of ["reason", "status"] as const) {
    const expected = one.says?.[name];
    const said = report?.[name];
    if (expected === undefined || said === undefined || said === expected) continue;
    broken.push({
      what: `it said ${name} ${JSON.stringify(said)} where ${JSON.stringify(expected)} is right`,
      fix: `Report the ${name} that the server sent.`,
    });
  }
  return broken;
}

/**
 * Of a case in which the client must tell an error from others: whether it does. A reason in words of its own is taken for
 * telling. `silent`: it reports nothing at all, and a client need not.
 */
export function tellsApart(
  { says, mustTell }: ContractCase,
  { stdout, stderr }: Ended,
  report: ClientReport | undefined,
): "told" | "untold" | "silent" {
  const status = says?.status;
  if (!mustTell || status === undefined || report?.status === status) return "told";
  // Digits beside it would make it another number.
  const number = new RegExp(`(?<!\\d)${status}(?!\\d)`);
  if (number.test(stdout) || number.test(stderr)) return "told";
  if (!report) return "silent";
  const { reason = "" } = report;
  // Another number tells of another error.
  return reason === "" || /\d{3}/.test(reason) ? "untold" : "told";
}
