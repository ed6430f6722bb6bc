import { paceOf, stateOf } from "../../core/actions/action.ts";
import { isTerminal, type State } from "../../core/actions/progress.ts";
import { json, type Reply } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import { touch } from "./incidents.ts";
import { speaks } from "./settings.ts";
import { actions, type CortexAction, type Endpoint, type Kind, lifecycleOf } from "./state.ts";
import { replyFault } from "./targets.ts";

/** Store list: the endpoints of all actions on a hash. */
const ENDPOINTS_OF_HASH = "cortex.endpoints of hash";

/** What is done, and the incident that the request names. */
interface Detail extends Pick<CortexAction, "path" | "hash" | "files"> {
  readonly incident_id?: unknown;
}

/** Creates an action on endpoints: stores it, and adds it to the history of its subject on each endpoint. */
export function createAction(
  tenant: Tenant,
  kind: Kind,
  targets: readonly Endpoint[],
  { incident_id, ...detail }: Detail = {},
): CortexAction {
  const { store, clock, settings, number } = tenant;
  // Clients read ids as integers. Each tenant has its own range, so that another tenant's id is unknown.
  const id = String(number * 10_000_000 + 1000 + store.next("cortex.actions"));
  const incident = touch(incident_id, tenant);
  const action: CortexAction = {
    id,
    kind,
    at: clock.now(),
    polls: 0,
    pace: paceOf(settings),
    targets: targets.map((endpoint) => ({
      id: endpoint.id,
      lifecycle: lifecycleOf(endpoint, kind, tenant, detail.hash),
    })),
    ...detail,
    ...(incident !== undefined && { incident }),
  };
  store.put(actions, action);
  const history = historyOf(kind, detail.hash);
  for (const endpoint of targets) {
    const isFirst = store.append(history, endpoint.id, id) === 1;
    if (isFirst && detail.hash !== undefined) {
      store.append(ENDPOINTS_OF_HASH, detail.hash, endpoint.id);
    }
  }
  return action;
}

/**
 * The reply to a created action. `status` is always 1: an action that cannot be created is an error response instead.
 * `named` are the endpoints that the request names, where they differ from the action's targets.
 */
export function sentReply(
  { id, targets }: CortexAction,
  tenant: Tenant,
  named: readonly string[] = targets.map((target) => target.id),
): Reply {
  const count = targets.length;
  const reply = speaks("text", tenant)
    ? { action_id: id, status: "1", endpoints_count: String(count) }
    : { action_id: Number(id), status: 1, endpoints_count: count };
  return json({ reply }, { fault: replyFault(named, tenant) });
}

const SUBJECTS: Readonly<Record<Kind, string>> = {
  quarantine: "file",
  restore: "file",
  isolate: "isolation",
  unisolate: "isolation",
  scan: "scan",
  abort_scan: "abort",
  file_retrieval: "retrieval",
};

/** The store list of the actions on an endpoint (or on a file there), oldest first. Its key is the endpoint's id. */
const historyOf = (kind: Kind, hash = ""): string => `cortex.history ${SUBJECTS[kind]} ${hash}`;

/** The actions on one subject of an endpoint, with their state there, newest first. */
function* history(
  tenant: Tenant,
  kind: Kind,
  endpoint: string,
  hash?: string,
): Generator<{ action: CortexAction; state: State }> {
  const ids = tenant.store.list(historyOf(kind, hash), endpoint);
  for (let index = ids.length - 1; index >= 0; index--) {
    const action = tenant.store.get(actions, ids[index] ?? "");
    const target = action?.targets.find(({ id }) => id === endpoint);
    if (action && target) yield { action, state: stateOf(action, target, tenant) };
  }
}

/** Whether a file is in quarantine on an endpoint: the last successful action decides. */
export function isQuarantined(
  tenant: Tenant,
  endpoint: string,
  hash: string,
  path?: string,
): boolean {
  for (const { action, state } of history(tenant, "quarantine", endpoint, hash)) {
    if (state !== "succeeded") continue;
    if (action.kind === "restore") return false;
    if (path === undefined || action.path === path) return true;
  }
  return false;
}

/** Whether a restore of this hash is in progress on an endpoint, so that a second one would have nothing to do. */
export function isBeingRestored(tenant: Tenant, endpoint: string, hash: string): boolean {
  const [newest] = history(tenant, "restore", endpoint, hash);
  return newest?.action.kind === "restore" && !isTerminal(newest.state);
}

/** The endpoints of all actions on this hash. */
export const endpointsOfHash = ({ store }: Tenant, hash: string): readonly string[] =>
  store.list(ENDPOINTS_OF_HASH, hash);

export interface Isolation {
  readonly status:
    | "AGENT_ISOLATED"
    | "AGENT_UNISOLATED"
    | "AGENT_PENDING_ISOLATION"
    | "AGENT_PENDING_ISOLATION_CANCELLATION";
  /** When the endpoint was isolated, in milliseconds since 1970. Null unless it is isolated. */
  readonly since: number | null;
}

export function isolationOf(tenant: Tenant, endpoint: string): Isolation {
  for (const { action, state } of history(tenant, "isolate", endpoint)) {
    const isolating = action.kind === "isolate";
    if (!isTerminal(state)) {
      return {
        status: isolating ? "AGENT_PENDING_ISOLATION" : "AGENT_PENDING_ISOLATION_CANCELLATION",
        since: null,
      };
    }
    if (state === "succeeded") {
      return isolating
        ? { status: "AGENT_ISOLATED", since: action.at }
        : { status: "AGENT_UNISOLATED", since: null };
    }
  }
  return { status: "AGENT_UNISOLATED", since: null };
}

/** The last scan of an endpoint. */
export function lastScan(
  tenant: Tenant,
  endpoint: string,
): { action: CortexAction; state: State } | undefined {
  const [newest] = history(tenant, "scan", endpoint);
  return newest;
}

/** Counts a status call, if the tenant's actions advance with status calls. */
export function countPoll(action: CortexAction, { store }: Tenant): CortexAction {
  if (action.pace.mode !== "polls") return action;
  const counted = { ...action, polls: action.polls + 1 };
  store.put(actions, counted);
  return counted;
}
