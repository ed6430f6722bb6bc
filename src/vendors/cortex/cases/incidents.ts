import type { ContractCase } from "../../../core/contract.ts";
import type { FaultRule } from "../../../core/faults/fault.ts";
import type { Expectation } from "../../../core/journal/verify.ts";
import { WIRE_FORMS } from "../../../core/tenant.ts";
import { INCIDENTS } from "../incident-scenarios.ts";

const { ana, bruno, newest, oldest } = INCIDENTS;

/**
 * A client's task: the members of FAUXDR_INPUT for the operation getIncidents. The client finds the malicious files of
 * incidents, and quarantines them where their alerts have seen them.
 */
interface IncidentInput {
  /** Only incidents with this status. */
  readonly status: string;
  /** Only incidents that were changed so many minutes before now. */
  readonly sinceMinutes: number;
  /** Only incidents with this severity. */
  readonly severity: string;
  /** Whether to follow the quarantines to their end, and to resolve the incident when all have succeeded. */
  readonly wait: boolean;
  /** The status to resolve it with. */
  readonly resolveAs: string;
  readonly pollSeconds: number;
  readonly giveUpSeconds: number;
}

const TASK: IncidentInput = {
  status: "new",
  sinceMinutes: 300,
  severity: "high",
  wait: false,
  resolveAs: "resolved_true_positive",
  pollSeconds: 0.12,
  giveUpSeconds: 15,
};

const PAGES = {
  list: "Cortex XDR REST API, Get all Incidents",
  details: "Cortex XDR REST API, Get Extra Incident Data",
  update: "Cortex XDR REST API, Update an Incident",
} as const;

type Given = Pick<ContractCase, "id" | "title" | "source" | "outcomes"> &
  Partial<ContractCase> & { readonly input?: Partial<IncidentInput> };

/** A case of the task that begins with incidents, with defaults for missing members. */
const incidentCase = ({ input, settings, ...rest }: Given): ContractCase => ({
  severity: "must",
  basis: "documented",
  wireForms: WIRE_FORMS,
  ...rest,
  operation: "getIncidents",
  needs: ["reads-incidents", ...(input?.wait === true ? ["waits"] : [])],
  settings: { progress: "polls", ...settings },
  input: { ...TASK, ...input },
});

/** A quarantine of this file. */
const quarantine = (
  file: Readonly<Record<string, string>>,
  count: Pick<Expectation, "times">,
): Expectation => ({ where: file, ...count });

const NO_QUARANTINE: Expectation = {
  where: { "/request_data/file_hash": { exists: true }, "/request_data/filters": { exists: true } },
  times: 0,
};

const resolved = (count: Pick<Expectation, "times">): Expectation => ({
  operation: "updateIncident",
  where: {
    "/request_data/update_data/status": {
      oneOf: ["resolved_true_positive", "RESOLVED_TRUE_POSITIVE"],
    },
  },
  ...count,
});

const onExtraData = (fault: FaultRule["fault"]): readonly FaultRule[] => [
  { operation: "getIncidentExtraData", nth: 1, fault },
];

/** Cases of a client that begins with incidents. */
export const incidentCases: readonly ContractCase[] = [
  incidentCase({
    id: "cortex.incidents.files",
    title: "The malicious file of an incident is quarantined where its alerts have seen it",
    source: PAGES.details,
    outcomes: ["accepted"],
    targets: [ana, bruno],
    wire: [
      quarantine(
        { "/request_data/file_path": "C:\\Users\\ana\\Downloads\\invoice.exe" },
        { times: 1 },
      ),
      quarantine(
        { "/request_data/file_path": "C:\\Users\\bruno\\Downloads\\invoice.exe" },
        { times: 1 },
      ),
    ],
    fix: "Take the hash from file_artifacts, and path and endpoint from each alert that names this hash: an artifact has no path.",
  }),
  incidentCase({
    id: "cortex.incidents.resolved",
    title: "When all quarantines of an incident have succeeded, it is resolved",
    source: PAGES.update,
    input: { wait: true },
    outcomes: ["completed"],
    targets: [ana, bruno],
    wire: [resolved({ times: 1 }), { operation: "getActionStatus", atLeast: 3 }],
    fix: "Send update_incident with a documented status word, once all actions have ended as COMPLETED_SUCCESSFULLY.",
  }),
  incidentCase({
    id: "cortex.incidents.pages",
    title: "Incidents are read to the last page",
    source: PAGES.list,
    settings: { scenario: "many-incidents" },
    outcomes: ["accepted"],
    targets: [ana, bruno, newest, oldest],
    fix: "Move search_from and search_to by at most 100 until a page is empty or not full, or total_count is reached.",
  }),
  incidentCase({
    id: "cortex.incidents.last-hour",
    title: "Only incidents of the given time are acted on",
    source: `${PAGES.list}: times are milliseconds`,
    input: { sinceMinutes: 60 },
    settings: { scenario: "many-incidents" },
    outcomes: ["accepted"],
    targets: [ana, bruno, newest],
    fix: "Compare modification_time with milliseconds since 1970, not with seconds.",
  }),
  incidentCase({
    id: "cortex.incidents.nothing",
    title: "Without incidents nothing is done, and that is no error",
    basis: "observed",
    severity: "should",
    source: "elastic/integrations packages/panw_cortex_xdr: a recorded reply without incidents",
    input: { sinceMinutes: 1 },
    outcomes: ["accepted", "completed"],
    wire: [NO_QUARANTINE],
  }),
  incidentCase({
    id: "cortex.incidents.odd",
    title:
      "An incident without hosts, a host without an id, or a file without a path does not stop a client",
    basis: "recorded",
    severity: "should",
    source: "demisto/content: Packs/CortexXDR, rapid7/insightconnect-plugins: rows of tenants",
    settings: { scenario: "odd-incidents" },
    // Whether a client mentions what it could not do is its own choice.
    outcomes: ["accepted", "completed", "partial"],
    targets: [ana, bruno],
    fix: "hosts may be null, and an entry a name alone: take the endpoint from the alerts, and act on what has an id and a path.",
  }),
  incidentCase({
    id: "cortex.incidents.resolved-meanwhile",
    title: "An incident that somebody has resolved since it was listed is left alone",
    basis: "assumed",
    severity: "info",
    source: "no public source: what a client should do then is its own choice",
    settings: { scenario: "resolved-meanwhile" },
    outcomes: ["accepted", "completed", "partial"],
    wire: [NO_QUARANTINE],
    evidence: { getIncidents: 1, getIncidentExtraData: 1 },
    fix: "Look at the status of the incident again when you read its details.",
  }),
  incidentCase({
    id: "cortex.incidents.resolved-afterwards",
    title: "An incident that somebody has resolved during the quarantine keeps that status",
    basis: "assumed",
    severity: "info",
    source: "no public source: whether to replace another user's status is a client's own choice",
    input: { wait: true },
    settings: { scenario: "resolved-afterwards" },
    outcomes: ["completed", "partial"],
    targets: [ana, bruno],
    wire: [resolved({ times: 0 })],
    evidence: { getIncidents: 1, getIncidentExtraData: 1 },
    fix: "Read the incident again before you resolve it. The call replaces any status, a resolution too.",
  }),
  incidentCase({
    id: "cortex.incidents.rate-limited",
    title: "Details over the rate limit are read later, or the task is reported as failed",
    source: `${PAGES.details}: 10 requests a minute`,
    severity: "should",
    settings: { faults: onExtraData({ kind: "refusal", refusal: "rate-limited" }) },
    outcomes: ["accepted", "failed", "refused", "partial"],
    fix: "Wait and read the same incident again; an incident that was not read is not one without files.",
  }),
  incidentCase({
    id: "cortex.incidents.quarantine-fails",
    title: "An incident whose file could not be quarantined is not resolved",
    basis: "assumed",
    source: "no public source: that an incident stays open then is the sense of the task",
    severity: "info",
    input: { wait: true },
    settings: { scenario: "file-not-found" },
    outcomes: ["failed", "partial"],
    wire: [resolved({ times: 0 })],
  }),
];
