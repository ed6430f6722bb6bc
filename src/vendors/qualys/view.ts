import { parseTime } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Asset, assets, type Event } from "./state.ts";
import { eventTime } from "./times.ts";

export const timeOf = ({ at }: Event): number => parseTime(at) ?? 0;

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
export function eventView(
  event: Event,
  { store, settings }: Tenant,
): Readonly<Record<string, unknown>> {
  const asset = store.get(assets, event.agentId);
  const score = settings.dialect === "documented" ? event.score : Number(event.score);
  const fullPath = `${event.path}${event.fileName}`;
  return {
    id: event.id,
    dateTime: eventTime(timeOf(event)),
    eventSource: "EDR",
    type: event.type,
    action: event.action,
    score: event.score,
    indicator2: event.family
      ? [
          {
            score,
            sha256: event.sha256,
            familyName: event.family,
            verdict: Number(event.score) >= 8 ? "MALICIOUS" : "SUSPICIOUS",
            threatName: `Worm.${event.family}`,
            category: "Worm",
          },
        ]
      : [],
    asset: asset && {
      agentId: asset.agentId,
      hostName: asset.hostName,
      netBiosName: asset.hostName.toUpperCase().slice(0, 15),
      platform: asset.platform,
      fullOSName: SYSTEMS[asset.platform][1],
      customerId: CUSTOMER,
      interfaces: asset.interfaces.map(({ ipAddress, macAddress }) => ({ ipAddress, macAddress })),
    },
    ...(event.type === "FILE"
      ? {
          file: {
            fullPath,
            path: event.path,
            fileName: event.fileName,
            extension: event.fileName.split(".").at(-1) ?? "",
            createdDate: eventTime(timeOf(event)),
            sha256: event.sha256,
            md5: event.sha256.slice(0, 32),
          },
        }
      : {
          process: {
            processName: event.fileName,
            pid: event.pid ?? 0,
            parentPid: 1,
            userName: "root",
            arguments: "",
            fullPath,
          },
        }),
  };
}

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
