import { paceOf, stateOf } from "../../core/actions/action.ts";
import { isTerminal, type State } from "../../core/actions/progress.ts";
import { json, type Reply } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import { actions, type CortexAction, type Endpoint, type Kind, lifecycleOf } from "./state.ts";
import { replyFault } from "./targets.ts";

/** The endpoints that a hash was looked for on. */
const ENDPOINTS_OF_HASH = "cortex.endpoints of hash";

type Detail = Pick<CortexAction, "path" | "hash" | "files">;

/** Sends an action to endpoints: puts it into the state, and into the history of whatever it is about. */
export function createAction(
  tenant: Tenant,
  kind: Kind,
  targets: readonly Endpoint[],
  detail: Detail = {},
): CortexAction {
  const { store, clock, settings, number } = tenant;
  // Clients read ids as integers. Those of two tenants differ, so that a foreign id is an unknown one.
  const id = String(number * 10_000_000 + 1000 + store.next("cortex.actions"));
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
 * The reply that says an action was sent. `status` is 1: an action that cannot be made is refused instead. `named` are
 * the endpoints that the request names, if those are not just its targets.
 */
export function sent(
  { id, targets }: CortexAction,
  tenant: Tenant,
  named: readonly string[] = targets.map((target) => target.id),
): Reply {
  const count = targets.length;
  const reply =
    tenant.settings.dialect === "documented"
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

/** The list of the actions that concern an endpoint (or a file on it), oldest first, by the endpoint's id. */
const historyOf = (kind: Kind, hash = ""): string => `cortex.history ${SUBJECTS[kind]} ${hash}`;

/** The actions on one subject and where they stand on that endpoint, newest first. */
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

/** Whether a file lies in quarantine on an endpoint: the last action that came to a good end decides. */
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

/** Where a restore of this hash is under way, so that a second one would have nothing to do. */
export function isBeingRestored(tenant: Tenant, endpoint: string, hash: string): boolean {
  const [newest] = history(tenant, "restore", endpoint, hash);
  return newest?.action.kind === "restore" && !isTerminal(newest.state);
}

/** The endpoints that any action with this hash went to. */
export const endpointsOfHash = ({ store }: Tenant, hash: string): readonly string[] =>
  store.list(ENDPOINTS_OF_HASH, hash);

export interface Isolation {
  readonly status:
    | "AGENT_ISOLATED"
    | "AGENT_UNISOLATED"
    | "AGENT_PENDING_ISOLATION"
    | "AGENT_PENDING_ISOLATION_CANCELLATION";
  /** Milliseconds since 1970, of an endpoint that is isolated. */
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

/** Counts a status call where those move an action on. */
export function countRead(action: CortexAction, { store }: Tenant): CortexAction {
  if (action.pace.mode !== "polls") return action;
  const counted = { ...action, polls: action.polls + 1 };
  store.put(actions, counted);
  return counted;
}
