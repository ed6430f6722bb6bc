import { check } from "../../src/contract/check.ts";
import type { Client } from "../../src/contract/client.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import type { Target } from "../../src/contract/target.ts";
import type { Profile } from "../../src/contract/traits.ts";
import type { WireForm } from "../../src/core/tenant.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { cortex } from "../../src/vendors/cortex/vendor.ts";

export interface Run {
  readonly client: Client;
  /** All cases where it is not given. */
  readonly isChosen?: (id: string, wire: WireForm) => boolean;
  /** The traits that its author declares. */
  readonly profile?: Profile;
  /** For one case. */
  readonly limitMs?: number;
  /** A mock of its own where it is not given. */
  readonly target?: Target;
}

/** Drives a client through the vendor's cases, four at a time. */
export async function runCases({
  client,
  isChosen = () => true,
  limitMs = 30_000,
  profile = {},
  target,
}: Run): Promise<readonly CaseResult[]> {
  await using mock = target ? undefined : await startMock();
  return await check({
    target: target ?? mockTarget(mock as Mock),
    vendors: [cortex],
    client,
    failOn: "must",
    isChosen,
    limitMs,
    profile,
    jobs: 4,
    onResult: () => {},
  });
}
