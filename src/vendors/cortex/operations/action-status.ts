import { stateOf } from "../../../core/actions/action.ts";
import type { State } from "../../../core/actions/progress.ts";
import { type Problem, VendorError } from "../../../core/errors.ts";
import { isEmpty } from "../../../core/json/empty.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { countPoll } from "../actions.ts";
import { reasonOf } from "../error-reasons.ts";
import { speaks } from "../settings.ts";
import { actions, type CortexAction, endpoints } from "../state.ts";

const STATUS: Readonly<Record<State, string>> = {
  pending: "PENDING",
  running: "IN_PROGRESS",
  aborting: "PENDING_ABORT",
  succeeded: "COMPLETED_SUCCESSFULLY",
  partial: "COMPLETED_PARTIAL",
  failed: "FAILED",
  "timed-out": "TIMEOUT",
  expired: "EXPIRED",
  cancelled: "CANCELLED",
  aborted: "ABORTED",
};

/** POST actions/get_action_status: the status of an action on each of its endpoints. */
export const getActionStatus: Operation = ({ body, tenant }) => {
  const action = countPoll(actionOf(body, "actions - get_action_status", tenant), tenant);
  const states = action.targets.map((target) => ({
    ...target,
    state: stateOf(action, target, tenant),
  }));
  const data = Object.fromEntries(states.map(({ id, state }) => [id, STATUS[state]]));
  const failed = action.kind === "scan" ? [] : states.filter(({ state }) => state === "failed");
  // Only recordings show errorReasons; no page does.
  if (failed.length === 0 || speaks("document", tenant)) {
    return json({ reply: { data } });
  }
  const errorReasons = Object.fromEntries(
    failed.map(({ id, lifecycle }) => [
      id,
      reasonOf(action, lifecycle, tenant.store.get(endpoints, id)),
    ]),
  );
  return json({ reply: { data, errorReasons } });
};

/** The action of a request's `group_action_id`, an integer or its digits. Throws when there is none. */
export function actionOf(body: unknown, call: string, { store }: Tenant): CortexAction {
  const { group_action_id: id } = (body as { request_data: { group_action_id: unknown } })
    .request_data;
  if (typeof id !== "number" && typeof id !== "string") {
    const problem: Problem = {
      where: "/request_data/group_action_id",
      what: "must be an integer",
      ...(isEmpty(id) && { kind: "missing" }),
    };
    throw new VendorError({ kind: "invalid", problem });
  }
  const action = store.get(actions, String(id));
  if (!action) throw new VendorError({ kind: "not-found", what: "action", id: String(id), call });
  return action;
}
