import type { Scenario } from "../../core/scenario.ts";
import type { Tenant } from "../../core/tenant.ts";
import { eventScenarios } from "./event-worlds.ts";
import { events } from "./events.ts";
import { type Asset, assets, demoted, triggers } from "./state.ts";
import { callLimit } from "./tokens.ts";
import { usersOf } from "./users.ts";

/** Agent versions that are too old to quarantine their host. The documents name no minimum for the Mac. */
const OUTDATED: Readonly<Partial<Record<Asset["platform"], string>>> = {
  WINDOWS: "4.8.0.28",
  LINUX: "5.5.25.0",
};

/** One call for the quarantine and two polls: the token has expired at the third poll. */
const CALLS = 3;

export const scenarios: readonly Scenario[] = [
  {
    name: "fleet-offline",
    description: "only the reserved hosts are online: actions on the others stay queued",
    prepare: (tenant) => change(tenant, (asset) => ({ ...asset, online: false })),
  },
  {
    name: "outdated-agents",
    description:
      "all Windows and Linux agents but the reserved ones are too old: the action gets stuck or fails, see --old-agent",
    prepare: (tenant) =>
      change(tenant, (asset) => ({
        ...asset,
        agentVersion: OUTDATED[asset.platform] ?? asset.agentVersion,
      })),
  },
  {
    name: "empty-fleet",
    description: "only the reserved hosts and their events exist",
    prepare: (tenant) => {
      const { store } = tenant;
      for (const { agentId } of ordinary(tenant)) store.delete(assets, agentId);
      for (const { id, agentId } of store.all(events)) {
        if (!triggers.has(agentId)) store.delete(events, id);
      }
    },
  },
  {
    name: "no-permission",
    description: "all users have lost their role: every call but the login gets a 403",
    prepare: (tenant) => {
      for (const { name } of usersOf(tenant)) tenant.store.put(demoted, { name });
    },
  },
  {
    name: "token-expires-mid-poll",
    description: `a token from a login expires after ${CALLS} calls, and a new login helps; the fixed tokens do not expire`,
    prepare: ({ store }) => store.put(callLimit, { calls: CALLS }),
  },
  ...eventScenarios,
];

/** The assets that are not reserved. */
const ordinary = ({ store }: Tenant): Asset[] =>
  store.all(assets).filter(({ agentId }) => !triggers.has(agentId));

function change(tenant: Tenant, changed: (asset: Asset) => Asset): void {
  for (const asset of ordinary(tenant)) tenant.store.put(assets, changed(asset));
}
