import type { Tenant } from "../../core/tenant.ts";
import { alertValues } from "./alert-view.ts";
import { alertsOf } from "./alerts.ts";
import type { Incident } from "./incidents.ts";
import { speaks } from "./settings.ts";

type Row = Readonly<Record<string, unknown>>;

/** The file artifacts of an incident: one for each hash that its alerts name. None has a path. */
export function filesOf(incident: Incident, tenant: Tenant): readonly Row[] {
  if (incident.files) return incident.files;
  const found = new Map<string, Row>();
  for (const alert of alertsOf(incident.id, tenant)) {
    for (const [hash, file] of filesIn(alertValues(alert, tenant))) {
      const before = found.get(hash);
      found.set(
        hash,
        before ? { ...before, alert_count: Number(before["alert_count"]) + 1 } : file,
      );
    }
  }
  return [...found.values()];
}

/** The members of an alert that name a file: its prefix, and whether the file ran as a process. */
const NAMING = [
  ["action_file", "name", "sha256", false],
  ["action_process", "image_name", "image_sha256", true],
  ["actor_process", "image_name", "image_sha256", true],
  ["causality_actor_process", "image_name", "image_sha256", true],
  ["os_actor_process", "image_name", "image_sha256", true],
] as const;

/** The files in one alert, by hash. The first that a malware alert names is the malicious one. */
function filesIn(row: Row): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>();
  for (const [prefix, name, sha256, isProcess] of NAMING) {
    const hash = row[`${prefix}_${sha256}`];
    if (typeof hash !== "string" || found.has(hash)) continue;
    const status = row[`${prefix}_signature_status`];
    const isSigned = status === "Signed";
    const isMalicious = row["category"] === "Malware" && found.size === 0 && !isSigned;
    found.set(hash, {
      type: "HASH",
      alert_count: 1,
      is_manual: false,
      is_malicious: isMalicious,
      is_process: isProcess,
      file_name: row[`${prefix}_${name}`] ?? "",
      file_sha256: hash,
      file_signature_status: isSigned ? "SIGNATURE_SIGNED" : "SIGNATURE_UNAVAILABLE",
      file_signature_vendor_name: row[`${prefix}_signature_vendor`] ?? null,
      file_wildfire_verdict: isMalicious ? "MALWARE" : isSigned ? "BENIGN" : "UNKNOWN",
      low_confidence: false,
    });
  }
  return found;
}

/** The network artifacts of an incident: the hosts and addresses outside that its alerts name. */
export function networkOf(incident: Incident, tenant: Tenant): readonly Row[] {
  if (incident.network) return incident.network;
  const found = new Map<string, Row>();
  for (const { row } of alertsOf(incident.id, tenant)) {
    const domain = row["action_external_hostname"] ?? null;
    const address = row["action_remote_ip"] ?? null;
    if (domain === null && address === null) continue;
    const port = Number(row["action_remote_port"] ?? 0);
    const key = JSON.stringify([domain, address, port]);
    found.set(key, {
      type: domain === null ? "IP" : "DOMAIN",
      alert_count: Number(found.get(key)?.["alert_count"] ?? 0) + 1,
      is_manual: false,
      network_domain: domain,
      network_remote_ip: address,
      network_remote_port: speaks("text", tenant) ? String(port) : port,
      network_country: "UNKNOWN",
    });
  }
  return [...found.values()];
}
