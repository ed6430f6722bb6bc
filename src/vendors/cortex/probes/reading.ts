import type { Probe, ProbeValues } from "../../../core/contract.ts";
import {
  advanced,
  FILE,
  type Headers,
  NO_INCIDENT,
  NOBODY,
  post,
  requestData,
  standard,
} from "./requests.ts";

const inventory = (headers: (known: ProbeValues) => Headers): Probe["ask"] => {
  return (known) => post("endpoints/get_endpoints", headers(known), {});
};

/** Probes that change nothing. */
export const readingProbes: readonly Probe[] = [
  {
    id: "cortex.probe.health",
    title: "The health check says that the tenant is available",
    operation: "healthcheck",
    causes: ["ok"],
    ask: (known) => ({
      method: "GET",
      path: "/public_api/v1/healthcheck",
      headers: standard(known),
    }),
  },
  {
    id: "cortex.probe.no-key",
    title: "A call without a key is refused",
    operation: "getEndpoints",
    causes: ["unauthenticated"],
    ask: inventory(() => ({})),
  },
  {
    id: "cortex.probe.wrong-key",
    title: "A key with another key's id is refused",
    operation: "getEndpoints",
    causes: ["unauthenticated"],
    ask: inventory((known) => ({ ...standard(known), authorization: "fauxdr-probe-no-key" })),
  },
  {
    id: "cortex.probe.unknown-path-without-key",
    title: "Credentials are checked before the path",
    causes: ["unauthenticated"],
    ask: () => post("fauxdr/probe", {}, {}),
  },
  {
    id: "cortex.probe.unknown-path",
    title: "An unknown path is refused",
    causes: ["no-operation"],
    ask: (known) => post("fauxdr/probe", standard(known), {}),
  },
  {
    id: "cortex.probe.advanced-key",
    title: "The signature of an advanced key is accepted",
    operation: "getEndpoints",
    causes: ["ok"],
    wants: ["CORTEX_ADVANCED_API_KEY_ID", "CORTEX_ADVANCED_API_KEY"],
    ask: inventory(advanced),
  },
  {
    id: "cortex.probe.wrong-signature",
    title: "An advanced key with a wrong signature is refused",
    operation: "getEndpoints",
    causes: ["unauthenticated"],
    wants: ["CORTEX_ADVANCED_API_KEY_ID", "CORTEX_ADVANCED_API_KEY"],
    ask: inventory((known) => ({ ...advanced(known), authorization: "0".repeat(64) })),
  },
  {
    id: "cortex.probe.endpoints",
    title: "The inventory is listed",
    operation: "getEndpoints",
    causes: ["ok"],
    ask: inventory(standard),
  },
  {
    id: "cortex.probe.slash",
    title: "A slash at the end of a path changes nothing",
    operation: "getEndpoints",
    causes: ["ok"],
    ask: (known) => post("endpoints/get_endpoints/", standard(known), {}),
  },
  {
    id: "cortex.probe.search",
    title: "Endpoints are searched, page by page",
    operation: "getEndpoint",
    causes: ["ok"],
    ask: (known) =>
      post("endpoints/get_endpoint", standard(known), {
        request_data: {
          search_from: 0,
          search_to: 5,
          sort: { field: "last_seen", keyword: "desc" },
        },
      }),
  },
  {
    id: "cortex.probe.search-nobody",
    title: "A search without matches returns an empty list",
    operation: "getEndpoint",
    causes: ["ok"],
    ask: (known) => {
      const filters = [{ field: "endpoint_id_list", operator: "in", value: [NOBODY] }];
      return post("endpoints/get_endpoint", standard(known), requestData({ filters }));
    },
  },
  {
    id: "cortex.probe.unknown-file",
    title: "The status of an unknown file is false, not an error",
    operation: "getQuarantineStatus",
    causes: ["ok"],
    ask: (known) =>
      post(
        "quarantine/status",
        standard(known),
        requestData({ files: [{ endpoint_id: NOBODY, ...FILE }] }),
      ),
  },
  {
    id: "cortex.probe.unknown-action",
    title: "The status of an action that was never created is refused",
    operation: "getActionStatus",
    causes: ["not-found"],
    ask: (known) =>
      post("actions/get_action_status", standard(known), requestData({ group_action_id: 1 })),
  },
  {
    id: "cortex.probe.incidents",
    title: "Incidents are searched, page by page",
    operation: "getIncidents",
    causes: ["ok"],
    ask: (known) =>
      post(
        "incidents/get_incidents",
        standard(known),
        requestData({
          search_from: 0,
          search_to: 5,
          sort: { field: "creation_time", keyword: "desc" },
        }),
      ),
  },
  {
    id: "cortex.probe.no-incidents",
    title: "A search for an unknown incident returns an empty list",
    operation: "getIncidents",
    causes: ["ok"],
    ask: (known) => {
      const filters = [{ field: "incident_id_list", operator: "in", value: [NO_INCIDENT] }];
      return post("incidents/get_incidents", standard(known), requestData({ filters }));
    },
  },
  {
    id: "cortex.probe.unknown-incident",
    title: "The details of an unknown incident are refused",
    operation: "getIncidentExtraData",
    causes: ["not-found"],
    ask: (known) =>
      post(
        "incidents/get_incident_extra_data",
        standard(known),
        requestData({ incident_id: NO_INCIDENT }),
      ),
  },
  {
    id: "cortex.probe.alerts",
    title: "Alerts are searched, page by page",
    operation: "getAlerts",
    causes: ["ok"],
    ask: (known) =>
      post(
        "alerts/get_alerts_multi_events",
        standard(known),
        requestData({ search_from: 0, search_to: 5 }),
      ),
  },
  {
    id: "cortex.probe.broken-json",
    title: "A body that is not JSON is refused, and the error says where it is invalid",
    operation: "getEndpoint",
    causes: ["malformed"],
    ask: (known) => post("endpoints/get_endpoint", standard(known), '{"request_data": '),
  },
  {
    id: "cortex.probe.not-an-object",
    title: "A JSON body that is not an object is refused",
    operation: "getQuarantineStatus",
    causes: ["not-an-object"],
    ask: (known) => post("quarantine/status", standard(known), '"text"'),
  },
  {
    id: "cortex.probe.missing-field",
    title: "A body without a required field is refused",
    operation: "getQuarantineStatus",
    causes: ["invalid", "failure"],
    ask: (known) => post("quarantine/status", standard(known), requestData({})),
  },
];
