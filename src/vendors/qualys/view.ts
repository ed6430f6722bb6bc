import { parseTime } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Event, Indicator } from "./events.ts";
import { type Asset, assets } from "./state.ts";
import { eventTime } from "./times.ts";

/** When the offline agents last reported. */
const LAST_HEARD = parseTime("2025-11-14T17:30:00Z") ?? 0;

export const lastReported = ({ online }: Asset, { clock }: Tenant): number =>
  online ? clock.now() : LAST_HEARD;

const SYSTEMS: Readonly<Record<Asset["platform"], readonly [name: string, full: string]>> = {
  WINDOWS: ["Windows", "Microsoft Windows 11 Enterprise"],
  LINUX: ["Linux", "Red Hat Enterprise Linux 9.4"],
  MAC: ["Mac", "macOS 14.5"],
};

const CUSTOMER = "58b888be-a90f-e3be-838d-88877aee572b";

/** An event as the calls show it. An indicator's score is a string in the documents and a number in recordings. */
export function eventView(event: Event, tenant: Tenant): Readonly<Record<string, unknown>> {
  const { type, indicator2, asset, ...rest } = event.row;
  return {
    id: event.id,
    dateTime: eventTime(event.at),
    type,
    ...rest,
    ...(indicator2 && { indicator2: indicator2.map((found) => scored(found, tenant)) }),
    asset: { ...hostOf(event, tenant), ...(asset as object | undefined) },
  };
}

function scored({ score, ...rest }: Indicator, { settings }: Tenant): Indicator {
  if (score === undefined) return rest;
  return { score: settings.dialect === "documented" ? String(score) : Number(score), ...rest };
}

/** The host of an event. Historical rows say less about it. */
function hostOf({ agentId, gone }: Event, { store }: Tenant): Readonly<Record<string, unknown>> {
  const asset = store.get(assets, agentId);
  if (!asset) return { agentId };
  const { hostName, platform, interfaces } = asset;
  return {
    agentId,
    hostName,
    // A name of Windows networks.
    netBiosName: platform === "WINDOWS" ? hostName.toUpperCase().slice(0, 15) : null,
    fullOSName: SYSTEMS[platform][1],
    platform,
    customerId: CUSTOMER,
    interfaces: interfaces.map(({ ipAddress, macAddress }) => ({ ipAddress, macAddress })),
    ...(!gone && {
      lastLoggedOnUser: platform === "WINDOWS" ? ".\\User01" : "root",
      assetType: "HOST",
      tags: [TAG],
    }),
  };
}

const TAG = { name: "Cloud Agent", id: 15_342_001, uuid: "7d3c1a52-6a0e-4c0f-9f53-0c6a2a1e8b11" };

/** An asset as the calls show it. */
export const assetView = (asset: Asset, tenant: Tenant): Readonly<Record<string, unknown>> => ({
  id: asset.agentId,
  agentId: asset.agentId,
  agentVersion: asset.agentVersion,
  hostName: asset.hostName,
  platform: SYSTEMS[asset.platform][0],
  operatingSystem: SYSTEMS[asset.platform][1],
  lastReportedTime: eventTime(lastReported(asset, tenant)),
  lastLoggedOnUser: "jdoe",
  edrFunctionalStatus: asset.online ? "Active" : "Inactive",
  isEDREnabled: true,
  interfaces: asset.interfaces,
});
