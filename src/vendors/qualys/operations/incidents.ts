import type { Operation } from "../../../core/vendor.ts";
import { type Fields, parseFilter } from "../filter.ts";
import { type Incident, incidentsOf, incidentView, sourceOf } from "../incidents.ts";
import { compareIds, searchAfter } from "./search-after.ts";

const FIELDS: Fields<Incident> = {
  "incident.detectedon": { kind: "moment", read: ({ detectedOn }) => detectedOn },
  "incident.updatedon": { kind: "moment", read: ({ updatedOn }) => updatedOn },
  "incident.source": { kind: "keyword", read: sourceOf },
};

/** GET /ioc/incidents/searchAfter: the newest first. */
export const searchIncidentsAfter: Operation = (call) => {
  const { query, tenant } = call;
  const matches = parseFilter(query["filter"] as string | undefined, FIELDS, tenant.clock.now());
  const all = incidentsOf(tenant);
  return searchAfter(call, {
    rows: matches ? all.filter(matches) : all,
    order: newestFirst,
    positionOf: ({ detectedOn: at, id }) => ({ at, id }),
    keyAt: ({ at: detectedOn, id }) => ({ detectedOn, id }),
    show: (incident) => incidentView(incident, tenant),
  });
};

type Key = Pick<Incident, "detectedOn" | "id">;

const newestFirst = (a: Key, b: Key): number =>
  b.detectedOn - a.detectedOn || compareIds(a.id, b.id);
