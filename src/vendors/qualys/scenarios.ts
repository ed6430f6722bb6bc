import type { Scenario } from "../../core/scenario.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Asset, assets, demoted, events, triggers } from "./state.ts";
import { callLimit } from "./tokens.ts";
import { usersOf } from "./users.ts";

/** Too old to quarantine their host; for the Mac the documents name no such version. */
const OUTDATED: Readonly<Partial<Record<Asset["platform"], string>>> = {
  WINDOWS: "4.8.0.28",
  LINUX: "5.5.25.0",
};

/** One for the quarantine and two to poll: the third poll finds the token expired. */
const CALLS = 3;

export const scenarios: readonly Scenario[] = [
  {
    name: "fleet-offline",
    description:
      "no machine but the reserved ones is online: what is asked of the others stays queued",
    prepare: (tenant) => change(tenant, (asset) => ({ ...asset, online: false })),
  },
  {
    name: "outdated-agents",
    description:
      "every Windows and Linux agent but the reserved ones is too old: what is asked of it gets stuck or fails, see --old-agent",
    prepare: (tenant) =>
      change(tenant, (asset) => ({
        ...asset,
        agentVersion: OUTDATED[asset.platform] ?? asset.agentVersion,
      })),
  },
  {
    name: "empty-fleet",
    description: "no machines but the reserved ones, and no events of others",
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
    description:
      "the role of every user was taken away: all calls but the login are refused with 403",
    prepare: (tenant) => {
      for (const { name } of usersOf(tenant)) tenant.store.put(demoted, { name });
    },
  },
  {
    name: "token-expires-mid-poll",
    description: `the token of a login expires after ${CALLS} calls, and a new login helps; tokens that need no login stay good`,
    prepare: ({ store }) => store.put(callLimit, { calls: CALLS }),
  },
];

/** The assets that are not reserved. */
const ordinary = ({ store }: Tenant): Asset[] =>
  store.all(assets).filter(({ agentId }) => !triggers.has(agentId));

function change(tenant: Tenant, changed: (asset: Asset) => Asset): void {
  for (const asset of ordinary(tenant)) tenant.store.put(assets, changed(asset));
}
