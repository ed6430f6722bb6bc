import { type Rate, spend } from "../../../core/rate.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { flatAlert } from "../alert-view.ts";
import { alertsOf } from "../alerts.ts";
import { filesOf, networkOf } from "../artifacts.ts";
import { commentsOf, incidentView } from "../incident-view.ts";
import { readInFull } from "../incidents.ts";
import { settingsOf, speaks } from "../settings.ts";
import { incidentOf } from "./incidents.ts";

/** Documented for this call alone. */
const RATE: Rate = { name: "cortex.extra data", limit: 10, windowSeconds: 60 };

/** The documented default of `alerts_limit`. */
const MOST_ALERTS = 1000;

interface ExtraDataRequest {
  readonly request_data: { readonly incident_id: string | number; readonly alerts_limit?: number };
}

/** POST incidents/get_incident_extra_data: an incident with its alerts and artifacts. */
export const getIncidentExtraData: Operation = ({ body, tenant }) => {
  if (settingsOf(tenant).rateLimit !== "off") spend(RATE, tenant);
  const { incident_id, alerts_limit = MOST_ALERTS } = (body as ExtraDataRequest).request_data;
  const listed = incidentOf(incident_id, "get_incident_extra_data", tenant);
  const incident = readInFull(listed, tenant);
  const comments = speaks("recorded", tenant) ? commentsOf(incident) : [];
  const found = alertsOf(incident.id, tenant);
  const shown = found.slice(0, alerts_limit);
  return json({
    reply: {
      incident: { ...incidentView(incident, tenant), ...(comments.length > 0 && { comments }) },
      alerts: {
        total_count: found.length,
        data: shown.map((alert) => flatAlert(alert, tenant)),
      },
      network_artifacts: all(networkOf(incident, tenant)),
      file_artifacts: all(filesOf(incident, tenant)),
    },
  });
};

const all = (data: readonly unknown[]): object => ({ total_count: data.length, data });
