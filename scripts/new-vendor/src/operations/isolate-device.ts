import { type Action, paceOf, stateOf } from "../../../core/actions/action.ts";
import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { settingsOf } from "../settings.ts";
import { actions, devices, triggers } from "../state.ts";
import { viewOf } from "../view.ts";

/** POST /acme/devices/{deviceId}/isolate */
export const isolateDevice: Operation = ({ params, tenant }) => {
  const { store, clock, settings } = tenant;
  const { deviceId = "" } = params;
  if (!store.get(devices, deviceId)) {
    throw new VendorError({ kind: "no-target", action: "isolate", targets: [deviceId] });
  }
  if (settingsOf(tenant).acmeRefuseRepeats && isBeingIsolated(deviceId, tenant)) {
    throw new VendorError({
      kind: "conflict",
      action: "isolate",
      reason: `The device ${deviceId} is being isolated already.`,
    });
  }
  const action: Action = {
    id: `acme-action-${store.next("acme.actions")}`,
    kind: "isolate",
    at: clock.now(),
    polls: 0,
    pace: paceOf(settings),
    targets: [{ id: deviceId, lifecycle: triggers.get(deviceId)?.lifecycle ?? "completes" }],
  };
  store.put(actions, action);
  return json(viewOf(action, tenant));
};

const isBeingIsolated = (deviceId: string, tenant: Tenant): boolean =>
  tenant.store
    .all(actions)
    .some((action) =>
      action.targets.some(
        (target) =>
          target.id === deviceId &&
          ["pending", "running"].includes(stateOf(action, target, tenant)),
      ),
    );
