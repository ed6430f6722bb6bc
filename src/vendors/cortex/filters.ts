import { type Problem, VendorError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Endpoint, endpoints } from "./state.ts";
import { fullView } from "./view.ts";

/** A filter of get_endpoint and scan. The spec leaves the value's type open, because it depends on the field. */
export interface EndpointFilter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

type View = Readonly<Record<string, unknown>>;

/** The reply field that a filter compares, and the filter's lower-case words for the upper-case ones of the reply. */
const FIELDS: Readonly<
  Record<string, { column: string; words?: Readonly<Record<string, string>> }>
> = {
  endpoint_id_list: { column: "endpoint_id" },
  endpoint_status: {
    column: "endpoint_status",
    words: {
      connected: "CONNECTED",
      disconnected: "DISCONNECTED",
      lost: "LOST",
      uninstalled: "UNINSTALLED",
    },
  },
  dist_name: { column: "installation_package" },
  ip_list: { column: "ip" },
  public_ip_list: { column: "public_ip" },
  group_name: { column: "group_name" },
  platform: {
    column: "os_type",
    words: {
      windows: "AGENT_OS_WINDOWS",
      linux: "AGENT_OS_LINUX",
      macos: "AGENT_OS_MAC",
      android: "AGENT_OS_ANDROID",
    },
  },
  alias: { column: "alias" },
  isolate: {
    column: "is_isolated",
    words: { isolated: "AGENT_ISOLATED", unisolated: "AGENT_UNISOLATED" },
  },
  hostname: { column: "endpoint_name" },
  username: { column: "users" },
  scan_status: {
    column: "scan_status",
    words: {
      none: "SCAN_STATUS_NONE",
      pending: "SCAN_STATUS_PENDING",
      in_progress: "SCAN_STATUS_IN_PROGRESS",
      pending_cancellation: "SCAN_STATUS_PENDING_CANCELLATION",
      canceled: "SCAN_STATUS_CANCELED",
      aborted: "SCAN_STATUS_ABORTED",
      success: "SCAN_STATUS_SUCCESS",
      error: "SCAN_STATUS_ERROR",
      timeout: "SCAN_STATUS_TIMEOUT",
    },
  },
  first_seen: { column: "first_seen" },
  last_seen: { column: "last_seen" },
};

const TIMES = new Set(["first_seen", "last_seen"]);

/** The endpoints that match every filter, in inventory order, with their view. */
export function matching(
  filters: readonly EndpointFilter[],
  tenant: Tenant,
): readonly { endpoint: Endpoint; view: View }[] {
  const tests = filters.map(test);
  return tenant.store
    .all(endpoints)
    .map((endpoint) => ({ endpoint, view: fullView(endpoint, tenant) }))
    .filter(({ view }) => tests.every((matches) => matches(view)));
}

/** The endpoint ids that filters name. */
export const endpointIdsIn = (filters: readonly EndpointFilter[]): string[] =>
  filters.flatMap(({ field, value }) =>
    field === "endpoint_id_list" ? [value].flat().filter((id) => typeof id === "string") : [],
  );

function test({ field, operator, value }: EndpointFilter, index: number): (view: View) => boolean {
  const throwInvalid = (part: string, what: string): never => {
    const problem: Problem = { where: `/request_data/filters/${index}/${part}`, what };
    throw new VendorError({ kind: "invalid", problem });
  };
  const { column, words } = FIELDS[field] ?? throwInvalid("field", "is unknown");
  const compare = operator.toLowerCase();
  if (TIMES.has(field)) {
    if (compare !== "gte" && compare !== "lte")
      throwInvalid("operator", `must be gte or lte for ${field}`);
    if (!Number.isInteger(value))
      throwInvalid("value", "must be milliseconds since 1970, an integer");
    const bound = value as number;
    return (view) =>
      compare === "gte" ? (view[column] as number) >= bound : (view[column] as number) <= bound;
  }
  if (compare !== "in" && compare !== "eq") throwInvalid("operator", `must be in for ${field}`);
  const list = typeof value === "string" ? [value] : value;
  if (!Array.isArray(list) || list.some((entry) => typeof entry !== "string")) {
    throwInvalid("value", "must be a list of strings");
  }
  const wanted = new Set(
    (list as string[]).map((entry) => {
      if (!words) return entry;
      const word: unknown = words[entry.toLowerCase()];
      // An object also has inherited members, such as `constructor`.
      return typeof word === "string"
        ? word
        : throwInvalid("value", `must hold only ${Object.keys(words).join(", ")}`);
    }),
  );
  return (view) => [view[column]].flat().some((entry) => wanted.has(entry as string));
}
