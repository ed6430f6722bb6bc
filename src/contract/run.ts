import type { Severity } from "../core/basis.ts";
import type { Finding, Rule } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { WireForm } from "../core/tenant.ts";
import { judge, rulesFor, type VendorRules } from "./judge.ts";
import { leakFindings } from "./leaks.ts";
import { isNoRequest, noRequestFindings } from "./no-request.ts";
import type { Ended } from "./process.ts";
import { type CaseResult, outcomeOf } from "./result.ts";
import { foreignPath } from "./rules/unknown-path.ts";
import { isLong, stoodStill } from "./stalls.ts";
import { unjudged } from "./unjudged.ts";
import type { Worlds } from "./worlds.ts";

export interface RunSeen {
  readonly command: readonly string[];
  readonly ended: Ended;
  readonly durationMs: number;
  /** The longest time in milliseconds in which this process stood still meanwhile. */
  readonly stallMs: number;
  readonly worlds: Worlds;
  readonly vendors: readonly VendorRules[];
  readonly wire: WireForm;
  /** Findings of at least this severity make a result fail. */
  readonly failOn: Severity;
}

/** Judges a command: a result for its end, and one for each rule of the vendors that it called. */
export function judgeRun(seen: RunSeen): CaseResult[] {
  const { vendors } = seen;
  const worlds = seen.worlds.all();
  const exchanges = worlds.flat();
  const findings = worlds.flatMap((world) => judgeWorld(world, vendors));
  const called = vendors.filter(({ name }) => exchanges.some(({ vendor }) => vendor === name));
  const rules = [
    ...perRule([foreignPath], "none", findings, exchanges, seen),
    ...called.flatMap((vendor) =>
      perRule(rulesFor(vendor), vendor.name, findings, exchanges, seen),
    ),
  ];
  return [commandResult(seen, exchanges), ...rules];
}

/** Exchange ids are unique in a tenant only, so findings name a tenant other than `default`. */
function judgeWorld(world: readonly Exchange[], vendors: readonly VendorRules[]): Finding[] {
  const tenant = world[0]?.tenant ?? "default";
  const prefix = tenant === "default" ? "" : `tenant ${tenant}: `;
  return judge(world, vendors).map((finding) => ({ ...finding, what: prefix + finding.what }));
}

function perRule(
  rules: readonly Rule[],
  vendor: string,
  findings: readonly Finding[],
  exchanges: readonly Exchange[],
  { failOn, wire }: RunSeen,
): CaseResult[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return [...byId.values()].map(({ id, title }) => {
    const own = findings.filter((finding) => finding.rule === id && finding.vendor === vendor);
    const shown = new Set(own.flatMap((finding) => finding.exchanges));
    return {
      id,
      title,
      vendor,
      wire,
      outcome: outcomeOf(own, failOn),
      findings: own,
      exchanges: exchanges.filter(
        (exchange) => exchange.vendor === vendor && shown.has(exchange.id),
      ),
      output: { stdout: "", stderr: "" },
      durationMs: 0,
    };
  });
}

const MOST_CHARACTERS = 100;

/** A command in one line. */
const short = (command: readonly string[]): string => {
  const line = command.join(" ").replace(/\s+/g, " ");
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
};

/** The result for the command's end and output, and for whether it made calls. */
function commandResult(seen: RunSeen, exchanges: readonly Exchange[]): CaseResult {
  const { failOn, wire, durationMs } = seen;
  const common = {
    rule: "run.command",
    vendor: "none",
    basis: "documented",
    source: "The command's own verdict",
    exchanges: [],
  } as const;
  const findings: Finding[] = [];
  const what = brokenEnd(seen);
  if (what !== undefined) {
    const fix = "Read what it printed; fauxdr has passed it on.";
    findings.push({ ...common, severity: "must", fix, what });
  }
  findings.push(...leakFindings(seen.ended.leaks ?? [], "none"), ...noRequestFindings(exchanges));
  const reason = untold(seen, exchanges);
  const outcome = outcomeOf(findings, failOn);
  const hasCalled = !exchanges.every(isNoRequest);
  return {
    id: "run.command",
    title: "The command ends with exit code 0",
    vendor: "none",
    wire,
    outcome: reason === undefined || (hasCalled && outcome === "fail") ? outcome : "inconclusive",
    ...(reason !== undefined && { reason }),
    findings,
    exchanges,
    output: { stdout: "", stderr: "" },
    durationMs,
  };
}

/** What is wrong about the command's end. Undefined if nothing is, and if fauxdr itself made it late. */
function brokenEnd({ ended, command, stallMs }: RunSeen): string | undefined {
  if (ended.notStarted !== undefined || hasLostTime(ended, stallMs)) return undefined;
  if (ended.timedOut) return `${short(command)} did not end within its time limit`;
  if (ended.exitCode === 0) return undefined;
  const end = `ended with exit code ${ended.exitCode ?? "none: a signal ended it"}`;
  return `${short(command)} ${end}${isLong(stallMs) ? `. Perhaps because ${stoodStill(stallMs)}` : ""}`;
}

/** Whether the time limit, which this process measures, ended a command that waited for this process. */
const hasLostTime = ({ timedOut }: Ended, stallMs: number): boolean => timedOut && isLong(stallMs);

/** Why the command, or a part of its calls, could not be judged. Undefined if everything was. */
function untold(
  { ended, worlds, stallMs }: RunSeen,
  exchanges: readonly Exchange[],
): string | undefined {
  if (ended.notStarted !== undefined) {
    return `the command could not be started: ${ended.notStarted}`;
  }
  if (hasLostTime(ended, stallMs)) {
    return `the command did not end within its time limit, but ${stoodStill(stallMs)}`;
  }
  return unjudged(exchanges, worlds.dropped);
}
