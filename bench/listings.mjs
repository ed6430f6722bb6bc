import { HEADERS } from "./call.mjs";
import { bytesOf } from "./load.mjs";

const PAGE = { search_from: 0, search_to: 10 };
const in10 = (field, ...value) => ({ ...PAGE, filters: [{ field, operator: "in", value }] });

/** The bytes of a call to Cortex, with the first key of a tenant. */
const cortex = (path, request) => (_mock, tenant) => {
  const { values } = tenant.credentials.cortex[0];
  const own = { "x-xdr-auth-id": values["x-xdr-auth-id"], authorization: values.key };
  const body = JSON.stringify({ request_data: request });
  return bytesOf({ path: `/public_api/v1/${path}`, body, headers: { ...HEADERS, ...own } });
};

/** The bytes of a call to Qualys, with a token of the first user of a tenant. */
const qualys = (path) => async (mock, tenant) => {
  const { username, password } = tenant.credentials.qualys[0].values;
  const body = new URLSearchParams({ username, password, token: "true" });
  const token = await (await fetch(`${mock.url}/auth`, { method: "POST", body })).text();
  const lines = [`GET ${path} HTTP/1.1`, "host: 127.0.0.1", `authorization: Bearer ${token}`];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
};

/** Calls that list rows, ten at a time. Each gives the bytes of a call of a tenant. */
export const LISTINGS = {
  endpoints: cortex("endpoints/get_endpoint", PAGE),
  "endpoints by platform": cortex("endpoints/get_endpoint", in10("platform", "windows")),
  "endpoints by status of a scan": cortex("endpoints/get_endpoint", in10("scan_status", "none")),
  "endpoints by id": cortex("endpoints/get_endpoint", {
    ...PAGE,
    sort: { field: "endpoint_id", keyword: "ASC" },
  }),
  incidents: cortex("incidents/get_incidents", PAGE),
  "incidents by status": cortex("incidents/get_incidents", in10("status", "new")),
  alerts: cortex("alerts/get_alerts_multi_events", PAGE),
  "alerts by severity": cortex("alerts/get_alerts_multi_events", in10("severity", "high")),
  events: qualys("/ioc/events?pageSize=10"),
  "events by type": qualys("/ioc/events?pageSize=10&filter=type%3AFILE"),
  assets: qualys("/ioc/asset/all?pageSize=10"),
  "incidents of hosts": qualys("/ioc/incidents/searchAfter?pageSize=10"),
};
