import { VendorError } from "../../../core/errors.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { change, type Incident, incidents, isResolved } from "../incidents.ts";
import { done } from "./done.ts";
import { incidentOf } from "./incidents.ts";

interface UpdateRequest {
  readonly request_data: {
    readonly incident_id: string | number;
    readonly update_data: UpdateData;
  };
}

interface UpdateData {
  readonly status?: string;
  readonly manual_severity?: string;
  readonly assigned_user_mail?: string;
  readonly assigned_user_pretty_name?: string;
  readonly resolve_comment?: string;
  readonly notes?: string;
  readonly comment?: { readonly value: string };
}

/** The users of every tenant, by mail address. */
const USERS: ReadonlyMap<string, string> = new Map([
  ["ada@fauxdr.example", "Ada Analyst"],
  ["sam@fauxdr.example", "Sam Responder"],
]);

/** POST incidents/update_incident: changes what the request names, and keeps the rest. */
export const updateIncident: Operation = ({ body, tenant, principal }) => {
  const { incident_id, update_data } = (body as UpdateRequest).request_data;
  const incident = incidentOf(incident_id, "update_incident", tenant);
  const { status: word, comment } = update_data;
  const status = word?.toLowerCase() ?? incident.status;
  const own = {
    ...ownChanges(update_data, isResolved(status)),
    ...assignment(update_data, tenant),
  };
  const at = tenant.clock.now();
  const added = comment ? [{ at, by: principal.id, value: comment.value }] : [];
  if (word === undefined && added.length === 0 && Object.keys(own).length === 0)
    return done(tenant);
  const comments = [...(incident.comments ?? []), ...added];
  change(
    incident,
    { status, own: { ...incident.own, ...own }, ...(comments.length > 0 && { comments }) },
    tenant,
  );
  return done(tenant);
};

/** A severity, or a mail address, of nobody. */
const isNone = (value: string): boolean => value === "" || value.toLowerCase() === "none";

function ownChanges(
  { manual_severity: severity, resolve_comment, notes }: UpdateData,
  resolved: boolean,
): Incident["own"] {
  return {
    ...(severity !== undefined && {
      manual_severity: isNone(severity) ? null : severity.toLowerCase(),
    }),
    // Documented: a comment on the resolution is for resolved incidents only.
    ...(resolve_comment !== undefined && resolved && { resolve_comment }),
    ...(notes !== undefined && { notes }),
  };
}

/** Documented: the pretty name changes only together with the mail address. */
function assignment(
  { assigned_user_mail: mail, assigned_user_pretty_name: name }: UpdateData,
  tenant: Tenant,
): Incident["own"] {
  if (mail === undefined) return {};
  if (isNone(mail)) return { assigned_user_mail: null, assigned_user_pretty_name: null };
  const known = USERS.get(mail) ?? assigneeName(mail, tenant);
  if (known === undefined) {
    throw new VendorError({
      kind: "conflict",
      reason: `${mail} is not a valid Cortex XDR email address.`,
    });
  }
  return { assigned_user_mail: mail, assigned_user_pretty_name: name ?? known };
}

/** The name of a user who is in an incident that a test has put in. */
function assigneeName(mail: string, { store }: Tenant): string | undefined {
  const own = store.all(incidents).find((one) => one.own["assigned_user_mail"] === mail)?.own;
  return own && String(own["assigned_user_pretty_name"] ?? mail);
}
