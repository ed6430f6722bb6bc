import { parseTime } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Event, Indicator } from "./events.ts";
import { speaks } from "./settings.ts";
import { type Asset, assets } from "./state.ts";
import { eventTime } from "./times.ts";

/** When the offline agents last reported. */
const LAST_HEARD = parseTime("2025-11-14T17:30:00Z") ?? 0;

/** In milliseconds. */
export function lastReported({ online, own }: Asset, { clock }: Tenant): number {
  const given = own?.["lastReportedTime"];
  const at = given === undefined ? undefined : parseTime(String(given));
  return at ?? (online ? clock.now() : LAST_HEARD);
}

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
    asset: asset === null ? null : { ...hostOf(event, tenant), ...(asset as object | undefined) },
  };
}

function scored({ score, ...rest }: Indicator, tenant: Tenant): Indicator {
  if (score === undefined) return rest;
  return { score: speaks("text", tenant) ? String(score) : Number(score), ...rest };
}

/** The host of an event. Historical rows have fewer members. */
function hostOf({ agentId, gone }: Event, { store }: Tenant): Readonly<Record<string, unknown>> {
  const asset = store.get(assets, agentId);
  if (!asset) return agentId === "" ? {} : { agentId };
  const { hostName, platform, interfaces } = asset;
  return {
    agentId,
    hostName,
    // A NetBIOS name.
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

/** An asset as the calls show it, in the order of the vendor's sample. */
export const assetView = (asset: Asset, tenant: Tenant): Readonly<Record<string, unknown>> => ({
  hostName: asset.hostName,
  lastReportedTime: eventTime(lastReported(asset, tenant)),
  edrFunctionalStatus: asset.online ? "Active" : "Inactive",
  productUpdateErrorCode: "0",
  downloadPercent: 100,
  avProfile: AV_PROFILE,
  operatingSystem: SYSTEMS[asset.platform][1],
  platform: SYSTEMS[asset.platform][0],
  isAVUpToDate: asset.online,
  lastLoggedOnUser: "jdoe",
  id: asset.agentId,
  isEDREnabled: true,
  interfaces: asset.interfaces,
  agentId: asset.agentId,
  agentVersion: asset.agentVersion,
  ...asset.own,
});

const AV_PROFILE = {
  name: "standard",
  id: "0f0e7c55-7d52-4b0e-9a39-1d2f4a5b6c7d",
  status: "ASSIGNED",
};
