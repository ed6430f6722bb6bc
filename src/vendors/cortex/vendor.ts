import { defineVendor, type Vendor } from "../../core/vendor.ts";
import { alerts } from "./alerts.ts";
import { authenticate, claim } from "./auth.ts";
import { contract } from "./contract.ts";
import { refuse } from "./errors.ts";
import { exampleOf } from "./examples.ts";
import { enlarge } from "./fleet.ts";
import { incidents } from "./incidents.ts";
import { inventory } from "./inventory.ts";
import { keysOf, purposeOf } from "./keys.ts";
import { getActionStatus } from "./operations/action-status.ts";
import { deleteEndpoints, getPolicy, updateAgentName } from "./operations/agents.ts";
import { getAlerts, getAlertsV2 } from "./operations/alerts.ts";
import { getEndpoint, getEndpoints } from "./operations/endpoints.ts";
import { getIncidentExtraData } from "./operations/extra-data.ts";
import { addTo, removeFrom } from "./operations/hashes.ts";
import { healthcheck, validateApiKey } from "./operations/health.ts";
import { getIncidents } from "./operations/incidents.ts";
import { isolateEndpoints, unisolateEndpoints } from "./operations/isolation.ts";
import { quarantineFiles } from "./operations/quarantine.ts";
import { getQuarantineStatus } from "./operations/quarantine-status.ts";
import { restoreFile } from "./operations/restore.ts";
import {
  downloadRetrievedFile,
  getFileRetrievalDetails,
  retrieveFiles,
} from "./operations/retrieval.ts";
import { abortScan, scanEndpoints } from "./operations/scan.ts";
import { updateIncident } from "./operations/update-incident.ts";
import { encode } from "./python.ts";
import { present, sample } from "./sample.ts";
import { scenarios } from "./scenarios.ts";
import { seedIncidents } from "./seed-incidents.ts";
import { settings } from "./settings.ts";
import {
  actions,
  demoted,
  endpoints,
  hashes,
  lastNonces,
  nonces,
  seedEndpoints,
  triggers,
} from "./state.ts";

export const cortex: Vendor<typeof settings> = defineVendor({
  name: "cortex",
  title: "Cortex XDR",
  emulates: "public_api/v1",
  spec: new URL("../../../specs/cortex/openapi.json", import.meta.url),
  claim,
  authenticate,
  operations: {
    quarantineFiles,
    quarantineFilesLegacy: quarantineFiles,
    restoreFile,
    restoreFileLegacy: restoreFile,
    getQuarantineStatus,
    getQuarantineStatusLegacy: getQuarantineStatus,
    getActionStatus,
    isolateEndpoints,
    unisolateEndpoints,
    getEndpoints,
    getEndpoint,
    scanEndpoints,
    scanEndpointsLegacy: scanEndpoints,
    abortScan,
    abortScanLegacy: abortScan,
    blocklistFiles: addTo("block"),
    blocklistFilesLegacy: addTo("block"),
    blocklistFilesAudits: addTo("block"),
    removeFromBlocklist: removeFrom("block"),
    removeFromBlocklistLegacy: removeFrom("block"),
    allowlistFiles: addTo("allow"),
    allowlistFilesLegacy: addTo("allow"),
    allowlistFilesAudits: addTo("allow"),
    removeFromAllowlist: removeFrom("allow"),
    retrieveFiles,
    retrieveFilesLegacy: retrieveFiles,
    getFileRetrievalDetails,
    downloadRetrievedFile,
    downloadRetrievedFileByPost: downloadRetrievedFile,
    getIncidents,
    getIncidentExtraData,
    updateIncident,
    getAlerts,
    getAlertsV2,
    deleteEndpoints,
    deleteEndpointsLegacy: deleteEndpoints,
    getPolicy,
    updateAgentName,
    validateApiKey,
    healthcheck,
  },
  refuse,
  encode,
  seed: (tenant) => {
    seedEndpoints(tenant);
    seedIncidents(tenant);
  },
  enlarge,
  actions,
  tables: [nonces, demoted, lastNonces, endpoints, hashes, actions, incidents, alerts],
  credentials: (tenant) =>
    [...keysOf(tenant).values()].map(({ id, key, advanced, standing }) => ({
      purpose: purposeOf({ advanced, standing }),
      claims: [id],
      values: { "x-xdr-auth-id": id, key },
      secrets: [key],
    })),
  triggers,
  scenarios,
  settings,
  inventory,
  sample,
  exampleOf,
  present,
  contract,
});
