import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { alertsOf } from "../alerts.ts";
import { noIncident } from "../errors.ts";
import { descriptionOf, incidentView, severityOf } from "../incident-view.ts";
import { type Incident, incidents } from "../incidents.ts";
import { type Field, matchingAll, pageOf, sorted } from "../search.ts";
import { speaks } from "../settings.ts";

/** The largest total that the vendor reports. */
const MOST = 10_000;

const TIME = { operators: ["gte", "lte"], type: "time" } as const;
const ONE_OF = { operators: ["in"], type: "text" } as const;

const FIELDS: Readonly<Record<string, Field<Incident>>> = {
  modification_time: { ...TIME, of: ({ modified }) => modified },
  creation_time: { ...TIME, of: ({ created }) => created },
  incident_id_list: { ...ONE_OF, of: ({ id }) => id },
  incident_id: { ...ONE_OF, operators: ["eq", "in"], of: ({ id }) => id },
  description: {
    ...ONE_OF,
    operators: ["in", "contains"],
    of: descriptionOf,
    isChanging: true,
  },
  alert_sources: { ...ONE_OF, of: sourcesOf, isChanging: true },
  status: { ...ONE_OF, operators: ["eq", "neq", "in"], of: ({ status }) => status },
  starred: {
    operators: ["eq", "neq"],
    type: "switch",
    of: ({ own }) => own["starred"] ?? false,
  },
  severity: { ...ONE_OF, of: shownSeverity, isChanging: true },
};

const RANKS: Readonly<Record<string, (incident: Incident) => number>> = {
  creation_time: ({ created }) => created,
  modification_time: ({ modified }) => modified,
  incident_id: ({ id }) => Number(id),
};

/** POST incidents/get_incidents: a page of the incidents that match all filters. */
export const getIncidents: Operation = ({ body, tenant }) => {
  const inOrder = sorted(tenant.store.all(incidents), body, RANKS, "creation_time");
  const matching = matchingAll(inOrder, body, FIELDS, tenant);
  const page = pageOf(matching, body);
  const reply = {
    total_count: Math.min(matching.length, MOST),
    result_count: page.length,
    incidents: page.map((incident) => incidentView(incident, tenant)),
  };
  if (speaks("recorded", tenant)) return json({ reply });
  return json({ reply: { ...reply, restricted_incident_ids: [] } });
};

/** The products that raised the alerts. */
function sourcesOf({ id, own }: Incident, tenant: Tenant): unknown {
  return own["incident_sources"] ?? alertsOf(id, tenant).map(({ source }) => source);
}

function shownSeverity(incident: Incident, tenant: Tenant): unknown {
  return severityOf(incident, alertsOf(incident.id, tenant));
}

/** The incident with this id, a number or its digits. Throws when there is none. */
export function incidentOf(id: string | number, call: string, { store }: Tenant): Incident {
  const incident = store.get(incidents, String(id));
  if (incident) return incident;
  throw new VendorError(noIncident(String(id), call));
}
