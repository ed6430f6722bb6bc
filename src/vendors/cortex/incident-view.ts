import { isoTime } from "../../core/clock.ts";
import type { Tenant } from "../../core/tenant.ts";
import { briefAlert, namesIn } from "./alert-view.ts";
import { ALERT_SEVERITIES, type Alert, alertsOf } from "./alerts.ts";
import type { Incident } from "./incidents.ts";
import { speaks } from "./settings.ts";

type Row = Readonly<Record<string, unknown>>;

/** An incident as get_incidents shows it. Counts, hosts and the like follow from its alerts. */
export function incidentView(incident: Incident, tenant: Tenant): Row {
  const { id, own } = incident;
  const parts = partsOf(incident, tenant);
  const { found, rows, hosts, users } = parts;
  const count = (severity: string): number =>
    found.filter((alert) => alert.severity === severity).length;
  const sources = distinct(found.map(({ source }) => source));
  const tags = distinct(rows.flatMap((row) => String(row["tags"] ?? "").split(",")));
  const view: Record<string, unknown> = {
    incident_id: id,
    incident_name: null,
    creation_time: incident.created,
    modification_time: incident.modified,
    detection_time: null,
    status: incident.status,
    severity: severityOf(incident, found),
    description: describe(parts),
    assigned_user_mail: null,
    assigned_user_pretty_name: null,
    alert_count: found.length,
    low_severity_alert_count: count("low") + count("informational"),
    med_severity_alert_count: count("medium"),
    high_severity_alert_count: count("high"),
    critical_severity_alert_count: count("critical"),
    user_count: users.length,
    host_count: hosts.length,
    notes: null,
    resolve_comment: null,
    resolved_timestamp: incident.resolved ?? null,
    manual_severity: null,
    manual_description: null,
    xdr_url: addressOf(id, tenant),
    starred: false,
    hosts,
    users,
    incident_sources: sources,
    rule_based_score: null,
    ...(speaks("recorded", tenant) && { predicted_score: null }),
    manual_score: null,
    ...(speaks("recorded", tenant) && { aggregated_score: null }),
    wildfire_hits: found.filter(({ row }) => String(row["name"]).startsWith("WildFire")).length,
    alerts_grouping_status: "Enabled",
    mitre_tactics_ids_and_names: listOrNull(rows, "mitre_tactic_id_and_name"),
    mitre_techniques_ids_and_names: listOrNull(rows, "mitre_technique_id_and_name"),
    alert_categories: distinct(rows.map((row) => row["category"])),
    original_tags: tags,
    tags: tags.toSorted(),
    ...own,
  };
  view["severity"] = severityOf(incident, found);
  return view;
}

/** Recorded: the severity that an analyst sets is the one that is shown. */
export const severityOf = ({ own }: Incident, found: readonly Alert[]): unknown =>
  own["manual_severity"] ?? own["severity"] ?? highest(found);

/** The comments of an incident. Only a client shows them, so the document form has none. */
export const commentsOf = ({ comments = [] }: Incident): readonly Row[] =>
  comments.map(({ at, by, value }, index) => ({
    comment_id: String(index + 1),
    created_by: by,
    created_time: at,
    created_time_str: isoTime(at),
    value,
  }));

const addressOf = (id: string, tenant: Tenant): string => {
  const page = speaks("recorded", tenant) ? `incident-view?caseId=${id}` : `incident-view/${id}`;
  return `https://${tenant.name}.xdr.example.com/${page}`;
};

const distinct = (values: readonly unknown[]): unknown[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined && value !== "")),
];

const lower = (value: unknown): unknown =>
  typeof value === "string" ? value.toLowerCase() : value;

/** The name in lower case and the id of an endpoint; the name alone where there is no id. */
function hostOf({ host_name: name, endpoint_id: id }: Row): unknown {
  if (typeof name !== "string") return null;
  return id === null || id === undefined ? name.toLowerCase() : `${name.toLowerCase()}:${id}`;
}

const highest = (found: readonly Alert[]): string =>
  ALERT_SEVERITIES[
    Math.max(
      ALERT_SEVERITIES.indexOf("low"),
      ...found.map(({ severity }) => ALERT_SEVERITIES.indexOf(severity)),
    )
  ] ?? "low";

function listOrNull(rows: readonly Row[], name: string): unknown {
  const found = distinct(rows.flatMap((row) => namesIn(row[name])));
  return found.length > 0 ? found.toSorted() : null;
}

/** What most members follow from. */
interface Parts {
  readonly found: readonly Alert[];
  readonly rows: readonly Row[];
  readonly hosts: readonly unknown[];
  readonly users: readonly unknown[];
}

function partsOf({ id }: Incident, tenant: Tenant): Parts {
  const found = alertsOf(id, tenant);
  const rows = found.map((alert) => briefAlert(alert, tenant));
  const hosts = distinct(rows.map(hostOf));
  return { found, rows, hosts, users: distinct(rows.map(({ user_name: user }) => lower(user))) };
}

/** The description alone, for filters: a view of every incident of a large fleet takes too long. */
export const descriptionOf = (incident: Incident, tenant: Tenant): unknown =>
  incident.own["description"] ?? describe(partsOf(incident, tenant));

/** The summary that published incidents have, to the space. */
function describe({ found, rows, hosts, users }: Parts): string {
  const [first] = rows;
  if (!first) return "";
  const others = rows.filter(({ name }) => name !== first["name"]).length;
  const verb = found.every(({ row }) => row["action"] === "BLOCKED") ? "prevented" : "detected";
  const source = found[0]?.source;
  const name = `'${first["name"]}'`;
  const isList = rows.length > 1 && others === 0;
  const alerts = isList
    ? `${rows.length} ${name} alerts ${verb} by ${source}`
    : others > 0
      ? `${name} along with ${rows.length - 1} other alerts generated by ${source} detected`
      : `${name} generated by ${source} detected`;
  const where = amount(
    "on",
    "host",
    hosts.map((host) => String(host).replace(/:[0-9a-f]*$/, "")),
  );
  const who = amount("involving", "user", users);
  return [alerts, where, isList && who ? ` ${who}` : who].filter((part) => part).join(" ");
}

function amount(word: string, what: string, all: readonly unknown[]): string {
  if (all.length === 0) return "";
  return all.length === 1 ? `${word} ${what} ${all[0]}` : `${word} ${all.length} ${what}s`;
}
