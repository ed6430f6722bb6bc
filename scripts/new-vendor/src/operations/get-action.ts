import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { actions } from "../state.ts";
import { viewOf } from "../view.ts";

/** GET /acme/actions/{actionId} */
export const getAction: Operation = ({ params, tenant }) => {
  const { actionId = "" } = params;
  const action = tenant.store.get(actions, actionId);
  if (!action) throw new VendorError({ kind: "not-found", what: "action", id: actionId });
  const asked = { ...action, polls: action.polls + 1 };
  tenant.store.put(actions, asked);
  return json(viewOf(asked, tenant));
};
