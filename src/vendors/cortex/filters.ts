import { derived } from "../../core/derived.ts";
import { type Problem, VendorError } from "../../core/errors.ts";
import { isEmpty } from "../../core/json/empty.ts";
import type { Tenant } from "../../core/tenant.ts";
import { speaks } from "./settings.ts";
import { type Endpoint, endpoints } from "./state.ts";
import { columnOf, isSteady } from "./view.ts";

/** A filter of get_endpoint and scan. The spec leaves the value's type open, because it depends on the field. */
export interface EndpointFilter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

type Test = (endpoint: Endpoint, tenant: Tenant) => boolean;

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

/** The endpoints that match every filter, in inventory order. Throws for invalid filters. */
export function matching(filters: readonly EndpointFilter[], tenant: Tenant): readonly Endpoint[] {
  const tests = testsOf(filters, speaks("wrapped", tenant));
  const all = tenant.store.all(endpoints);
  if (tests.length === 0) return all;
  const found = (): readonly Endpoint[] =>
    all.filter((endpoint) => tests.every((matches) => matches(endpoint, tenant)));
  const isKept = filters.every(({ field }) => isSteady(FIELDS[field]?.column ?? ""));
  // Clients ask for page after page with the same filters.
  return isKept ? derived(all, JSON.stringify(filters), found) : found();
}

/** The endpoint ids that filters name. */
export const endpointIdsIn = (filters: readonly EndpointFilter[]): string[] =>
  filters.flatMap(({ field, value }) =>
    field === "endpoint_id_list" ? [value].flat().filter((id) => typeof id === "string") : [],
  );

function testsOf(filters: readonly EndpointFilter[], isRecorded: boolean): readonly Test[] {
  const tests: Test[] = [];
  const problems: Problem[] = [];
  for (const [index, filter] of filters.entries()) {
    // Recorded: an empty value, including 0, counts as missing.
    const read =
      isRecorded && isEmpty(filter.value)
        ? wrongValue(filter.value, "is required")
        : TIMES.has(filter.field)
          ? timeTest(filter)
          : wordTest(filter);
    if (typeof read === "function") tests.push(read);
    else problems.push({ ...read, where: `/request_data/filters/${index}/${read.where}` });
  }
  const [problem, ...others] = problems;
  if (!problem) return tests;
  throw new VendorError({ kind: "invalid", problem, ...(others.length > 0 && { others }) });
}

const wrongValue = (value: unknown, what: string): Problem => ({
  where: "value",
  what,
  ...(isEmpty(value) && { kind: "missing" }),
});

/** The test of a filter on a time, or what is wrong with the filter. */
function timeTest({ field, operator, value }: EndpointFilter): Test | Problem {
  const compare = operator.toLowerCase();
  const bounds = compare === "in" ? [value].flat() : [value];
  if (bounds.length === 0 || !bounds.every(Number.isInteger)) {
    return wrongValue(value, "must be milliseconds since 1970, an integer");
  }
  const [bound = 0] = bounds as number[];
  const timeOf = columnOf(FIELDS[field]?.column ?? "");
  return (endpoint, tenant) => {
    const time = timeOf(endpoint, tenant) as number;
    if (compare === "gte") return time >= bound;
    if (compare === "lte") return time <= bound;
    return bounds.includes(time);
  };
}

/** The test of a filter on a text or a word, or what is wrong with the filter. */
function wordTest({ field, operator, value }: EndpointFilter): Test | Problem {
  const known = FIELDS[field];
  if (!known) return { where: "field", what: "is unknown" };
  const { column, words } = known;
  const compare = operator.toLowerCase();
  if (compare !== "in" && compare !== "eq") {
    return { where: "operator", what: `must be in for ${field}` };
  }
  const list = typeof value === "string" ? [value] : value;
  if (!Array.isArray(list) || list.some((entry) => typeof entry !== "string")) {
    return wrongValue(value, "must be a list of strings");
  }
  // An object also has inherited members, such as `constructor`.
  const isWord = (entry: string): boolean => !words || Object.hasOwn(words, entry.toLowerCase());
  if (!list.every(isWord)) {
    return { where: "value", what: `must hold only ${Object.keys(words ?? {}).join(", ")}` };
  }
  const wanted = new Set(list.map((entry) => words?.[entry.toLowerCase()] ?? entry));
  const read = columnOf(column);
  const isWanted = (entry: unknown): boolean => wanted.has(entry as string);
  return (endpoint, tenant) => {
    const value = read(endpoint, tenant);
    return Array.isArray(value) ? value.some(isWanted) : isWanted(value);
  };
}
