import { check } from "../../../src/contract/check.ts";
import type { Client } from "../../../src/contract/client.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import type { Target } from "../../../src/contract/target.ts";
import type { WireForm } from "../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { mockTarget } from "../../../src/testing/mock-target.ts";
import { qualys } from "../../../src/vendors/qualys/vendor.ts";

interface Drive {
  /** How the ids of the cases begin; all of them where none is given. */
  readonly cases?: readonly string[];
  readonly isChosen?: (id: string, wire: WireForm) => boolean;
  readonly limitMs?: number;
  /** The client finds its hosts in the events, where it is told to. */
  readonly readsEvents?: boolean;
  /** A mock of its own where it is not given. */
  readonly target?: Target;
}

/** Drives a client through the cases, as `fauxdr check` does. */
export async function drive(
  client: Client,
  {
    cases,
    isChosen = startingWith(cases),
    limitMs = 20_000,
    readsEvents = false,
    target,
  }: Drive = {},
): Promise<CaseResult[]> {
  await using mock = target ? undefined : await startMock();
  return await check({
    target: target ?? mockTarget(mock as Mock),
    vendors: [qualys],
    isChosen,
    client,
    profile: { "reads-events": readsEvents },
    failOn: "must",
    limitMs,
    jobs: 4,
    onResult: () => {},
  });
}

const startingWith =
  (prefixes: Drive["cases"]) =>
  (id: string): boolean =>
    prefixes?.some((prefix) => id.startsWith(prefix)) ?? true;

/** What is wrong with a client, one line for each finding or case that could not be tested. */
export const flawsIn = (results: readonly CaseResult[]): string[] =>
  results.flatMap(({ id, outcome, reason, findings, output }) => [
    ...(outcome === "inconclusive" ? [`${id}: inconclusive, ${reason}`] : []),
    ...findings.map(
      ({ rule, severity, what }) => `${id}: ${severity} ${rule}: ${what}\n${output.stderr}`,
    ),
  ]);
