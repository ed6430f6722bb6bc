import type { ContractCase } from "../../../core/contract.ts";
import type { Refusal } from "../../../core/errors.ts";
import type { FaultRule } from "../../../core/faults/fault.ts";
import type { Expectation } from "../../../core/journal/verify.ts";
import { type Input, SENT } from "./world.ts";

/**
 * A client's task: the members of FAUXDR_INPUT for the operation listEvents. The client acts on the hosts of the events
 * that it finds.
 */
export interface EventInput extends Omit<Input, "agentIds"> {
  /** Only events of so many seconds before now. */
  readonly sinceSeconds: number;
  /** Only events with this score or a higher one. An event without a score has none. */
  readonly minScore: number;
  /** Events per page. */
  readonly pageSize: number;
  /** With `wait`: when the quarantines have succeeded, end them again, and wait for that. */
  readonly release: boolean;
}

/** The hosts that have malicious events in the scenario busy-hour. */
export const BUSY = {
  newest: "9b37c024-3498-425a-aa42-929723ac5cd5",
  laptop: "9589ad4e-670a-460a-8d69-43184b3df1a7",
  desktop: "d966e68f-5b42-4e44-a911-739fe1d0d0b3",
  oldest: "6a767796-1ecb-4e81-a2d9-c020da92f6ae",
  suspicious: "4f084161-a5cc-4ace-a8e4-0358d9cc1e77",
} as const;

export const EVENT_SOURCES = {
  events:
    "Qualys EDR API, Fetch Events Using SearchAfter: the filter event.datetime, pageNumber from 0, pageSize 10 by default",
  ends: "published clients end at a page that is empty or not full: chronicle/content-hub QualysEDRManager.py, zarguell/qualys-ta-splunk iocpopulator.py",
  empty:
    "zarguell/qualys-ta-splunk: [] ends its paging, and code that it shares with other modules has a branch for 204",
  rows: "CiscoSecurity/tr-05-serverless-qualys-ioc code/api/observables.py and zarguell/qualys-ta-splunk iocpopulator.py: what they do without",
  scores:
    "CiscoSecurity/tr-05-serverless-qualys-ioc code/tests/unit/data/sha256.json: a score is text, from 0 to 10",
  ours: "no public source: that a row can be so is assumed",
} as const;

type Given = Omit<
  ContractCase,
  "basis" | "operation" | "input" | "needs" | "wireForms" | "severity"
> &
  Partial<Pick<ContractCase, "basis" | "severity" | "wireForms">> & {
    readonly input?: Partial<EventInput>;
  };

/** A case of the task that begins with events, with defaults for missing members. */
export const eventCase = ({
  input,
  settings,
  basis = "documented",
  severity = "must",
  wireForms = ["document"],
  ...rest
}: Given): ContractCase => ({
  ...rest,
  severity,
  basis,
  wireForms,
  operation: "listEvents",
  needs: ["reads-events", ...(input?.wait === true ? ["waits"] : [])],
  settings: { progress: "polls", ...settings },
  input: { ...HOUR, ...input },
});

const HOUR: EventInput = {
  sinceSeconds: 3600,
  minScore: 8,
  pageSize: 100,
  action: "QUARANTINE_HOST",
  comment: "Malicious events in the last hour",
  user: "Jane Doe",
  userId: "jdoe",
  version: "v1",
  wait: false,
  release: false,
  pollSeconds: 0.12,
  giveUpSeconds: 8,
};

/** Expects a quarantine or a release of an agent, so many times. */
export const acts = (
  action: Input["action"],
  agentId: string,
  count: Pick<Expectation, "times" | "atLeast">,
): Expectation => ({
  where: {
    "/assetActionParameter/assetActions/*/agentId": agentId,
    "/assetActionParameter/assetActions/*/action": action,
  },
  ...count,
});

/** Expects no quarantine call at all. */
export const NONE: Expectation = { where: SENT, times: 0 };

/** Refuses the second page, whichever call the client reads the events with. */
export const refuseSecondPage = (refusal: Refusal["kind"]): readonly FaultRule[] =>
  READS.map((operation) => ({ operation, nth: 2, fault: { kind: "refusal", refusal } }));

const READS = ["listEvents", "listEventsV1", "searchEventsAfter", "searchEventsAfterV1"];
