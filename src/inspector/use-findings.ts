import { useState } from "preact/hooks";
import type { ControlClient } from "../client.ts";
import { compareSeverity, type Severity } from "../core/basis.ts";
import type { Finding } from "../core/contract.ts";
import { useOneAtATime } from "./one-at-a-time.ts";

/** A finding, and the tenant whose requests it is about. */
export type Told = Finding & { readonly tenant: string };

/** All findings, and the same by request. */
export interface Findings {
  /** False until the server has answered, so that no findings are not taken for none. */
  readonly isRead: boolean;
  readonly all: readonly Told[];
  /** By the key of a row of the feed, the most severe first. */
  readonly of: ReadonlyMap<string, readonly Told[]>;
}

/** The findings of one rule. */
export interface Group {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: readonly Told[];
}

const NOTHING: Findings = { isRead: false, all: [], of: new Map() };

/** The findings by rule: the most severe first, then the most frequent. */
export function groupsOf(findings: readonly Told[]): readonly Group[] {
  const groups = new Map<string, Told[]>();
  for (const finding of findings) {
    const known = groups.get(finding.rule);
    if (known) known.push(finding);
    else groups.set(finding.rule, [finding]);
  }
  return [...groups]
    .map(([rule, own]): Group => {
      const sorted = own.toSorted((a, b) => compareSeverity(a.severity, b.severity));
      return { rule, severity: sorted[0]?.severity ?? "info", findings: sorted };
    })
    .toSorted(
      (a, b) => compareSeverity(a.severity, b.severity) || b.findings.length - a.findings.length,
    );
}

function byRequest(all: readonly Told[]): Findings["of"] {
  const of = new Map<string, Told[]>();
  for (const finding of all) {
    for (const id of finding.exchanges) {
      const key = `${finding.tenant} ${id}`;
      const known = of.get(key);
      if (known) known.push(finding);
      else of.set(key, [finding]);
    }
  }
  for (const own of of.values()) own.sort((a, b) => compareSeverity(a.severity, b.severity));
  return of;
}

/** Reads the findings again after changes. */
export function useFindings(client: ControlClient, version: number): Findings {
  const [findings, setFindings] = useState(NOTHING);
  useOneAtATime(async () => {
    // The requests come first: judging them takes the server some time.
    if (version === 0) return;
    // No error here: the feed's state already shows that the server has stopped.
    const { findings: all } = await client.listFindings().catch(() => ({ findings: undefined }));
    if (all) setFindings({ isRead: true, all, of: byRequest(all) });
  }, [client, version]);
  return findings;
}
