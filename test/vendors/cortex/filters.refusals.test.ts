import { ENDPOINT } from "../../support/cortex.ts";
import { badData, refuses, subject } from "../../support/cortex-suites.ts";

const at = "/request_data/filters/0";
const LIST = `${at}/value must be a list of strings.`;
const TIME = `${at}/value must be milliseconds since 1970, an integer.`;

const LISTS = [
  "dist_name",
  "ip_list",
  "group_name",
  "alias",
  "hostname",
  "username",
  "public_ip_list",
];
const WORDS = {
  endpoint_status: "connected, disconnected, lost, uninstalled",
  platform: "windows, linux, macos, android",
  isolate: "isolated, unisolated",
  scan_status:
    "none, pending, in_progress, pending_cancellation, canceled, aborted, success, error, timeout",
};
const NO_LISTS = [null, true, 5, 1.5, {}, { in: [] }, [5], [null], [true], [["connected"]], [{}]];
const NO_TIMES = [null, true, {}, [], "1769860800000", "", [1_769_860_800_000], 1.5];
const NO_WORDS = ["", "on", "linux ", "constructor", "__proto__", "valueof"];
const OPERATORS = "in, IN, gte, lte, eq";
const FIELDS =
  "endpoint_id_list, endpoint_status, dist_name, first_seen, last_seen, ip_list, group_name, platform, alias, isolate, hostname, public_ip_list, username, scan_status";

const good = { field: "hostname", operator: "in", value: ["dc-01"] };

const row = (field: string, operator: string, value: unknown, extra: string) =>
  [
    `${field} ${operator} ${JSON.stringify(value)}`,
    { filters: [{ field, operator, value }] },
    extra,
  ] as const;

const rows = badData([
  ...["endpoint_id_list", ...LISTS, ...Object.keys(WORDS)].flatMap((field) => [
    ...NO_LISTS.map((value) => row(field, "in", value, LIST)),
    row(field, "gte", ["x"], `${at}/operator must be in for ${field}.`),
    row(field, "lte", 5, `${at}/operator must be in for ${field}.`),
  ]),
  ...Object.entries(WORDS).flatMap(([field, words]) =>
    NO_WORDS.map((word) => row(field, "in", [word], `${at}/value must hold only ${words}.`)),
  ),
  ...["first_seen", "last_seen"].flatMap((field) => [
    ...NO_TIMES.map((value) => row(field, "gte", value, TIME)),
    ...NO_TIMES.map((value) => row(field, "eq", value, TIME)),
    ...[null, true, {}, [], "5", ["5"], [5, "5"], [[5]], 1.5].map((value) =>
      row(field, "in", value, TIME),
    ),
  ]),
  row("endpoint_name", "in", ["x"], `${at}/field must be one of: ${FIELDS}.`),
  row("constructor", "in", ["x"], `${at}/field must be one of: ${FIELDS}.`),
  row("hostname", "contains", ["x"], `${at}/operator must be one of: ${OPERATORS}.`),
  row("hostname", "In", ["x"], `${at}/operator must be one of: ${OPERATORS}.`),
  ...[null, "x", 5, []].map(
    (filter) =>
      [
        `the filter ${JSON.stringify(filter)}`,
        { filters: [filter] },
        `${at} must be object.`,
      ] as const,
  ),
  ...["field", "operator", "value"].map(
    (name) =>
      [
        `a filter without its ${name}`,
        { filters: [{ ...good, [name]: undefined }] },
        `${at}/${name} is required.`,
      ] as const,
  ),
  [
    "a filter with more to it",
    { filters: [{ ...good, x: 1 }] },
    `${at}/x is not a field of this call.`,
  ],
  [
    "two filters that are wrong: both of them",
    {
      filters: [
        { ...good, value: 5 },
        { field: "last_seen", operator: "gte", value: "now" },
      ],
    },
    LIST,
    "/request_data/filters/1/value must be milliseconds since 1970, an integer.",
  ],
  [
    "a filter that is wrong behind one that matches nobody",
    {
      filters: [
        { ...good, value: ["nobody"] },
        { ...good, value: 5 },
      ],
    },
    "/request_data/filters/1/value must be a list of strings.",
  ],
]);

const data = { filters: [{ field: "endpoint_id_list", operator: "in", value: [ENDPOINT] }] };
refuses(subject("getEndpoint", "endpoints/get_endpoint", data), rows);

// The scans take the same filters: a field of each kind shows that they are judged alike.
const some = rows.filter(({ what }) => /^(hostname|platform|last_seen|a|the) /.test(what));
refuses(subject("scanEndpoints", "endpoints/scan", data), some);
refuses(subject("abortScan", "endpoints/abort_scan", data), some);
