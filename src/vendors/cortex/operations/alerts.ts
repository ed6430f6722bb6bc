import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { alertInLists, alertWithEvents, externalId, storedAt } from "../alert-view.ts";
import { ALERT_SEVERITIES, type Alert, alerts } from "../alerts.ts";
import { type Field, matchingAll, pageOf, sorted } from "../search.ts";

/** The largest total that the vendor reports. */
const MOST = 9_999;

/** Documented: these calls take seconds too. A number below this is seconds: as milliseconds it would be in 1973. */
const SECONDS_BELOW = 100_000_000_000;

const TIME = {
  operators: ["gte", "lte"],
  type: "time",
  as: (value: unknown) => (Number(value) < SECONDS_BELOW ? Number(value) * 1000 : value),
} as const;
const ONE_OF = { operators: ["in"], type: "text" } as const;

const FIELDS: Readonly<Record<string, Field<Alert>>> = {
  alert_id_list: { operators: ["in"], type: "id", as: String, of: ({ id }) => id },
  alert_source: { ...ONE_OF, of: ({ source }) => source },
  severity: { ...ONE_OF, of: ({ severity }) => severity },
  external_id_list: { ...ONE_OF, of: externalId },
  creation_time: { ...TIME, of: ({ at }) => at },
  server_creation_time: { ...TIME, of: storedAt },
};

const RANKS: Readonly<Record<string, (alert: Alert) => number>> = {
  creation_time: ({ at }) => at,
  severity: ({ severity }) => ALERT_SEVERITIES.indexOf(severity),
};

/** POST alerts/get_alerts_multi_events: a page of the alerts that match all filters. */
const search =
  (show: (alert: Alert, tenant: Tenant) => object): Operation =>
  ({ body, tenant }) => {
    const inOrder = sorted(tenant.store.all(alerts), body, RANKS, "creation_time");
    const matching = matchingAll(inOrder, body, FIELDS, tenant);
    const page = pageOf(matching, body);
    return json({
      reply: {
        total_count: Math.min(matching.length, MOST),
        result_count: page.length,
        alerts: page.map((alert) => show(alert, tenant)),
      },
    });
  };

export const getAlerts: Operation = search(alertWithEvents);
export const getAlertsV2: Operation = search(alertInLists);
