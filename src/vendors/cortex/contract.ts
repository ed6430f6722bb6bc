import type { ActionProgress, Aim, Contract, ContractCase } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { busyCases } from "./cases/busy.ts";
import { certificateCases } from "./cases/certificates.ts";
import { endingCases } from "./cases/endings.ts";
import { errorCases } from "./cases/errors.ts";
import { incidentCases } from "./cases/incidents.ts";
import { pollingCases } from "./cases/polling.ts";
import { quarantineCases } from "./cases/quarantine.ts";
import { refusalCases } from "./cases/refusals.ts";
import { replyCases } from "./cases/replies.ts";
import { restoreCases } from "./cases/restore.ts";
import { signingCases } from "./cases/signing.ts";
import { sizeCases } from "./cases/sizes.ts";
import { targetCases } from "./cases/targets.ts";
import { transportCases } from "./cases/transport.ts";
import { advancedTwin } from "./keys.ts";
import { doingProbes } from "./probes/doing.ts";
import { readingProbes } from "./probes/reading.ts";
import { replyOf, requestData } from "./rules/bodies.ts";
import { hashRules } from "./rules/hash.ts";
import { incidentRules } from "./rules/incidents.ts";
import { signatureRules } from "./rules/signature.ts";
import { targetRules } from "./rules/targets.ts";

let cases: readonly ContractCase[] | undefined;

const allCases = (): readonly ContractCase[] => [
  ...quarantineCases,
  ...targetCases,
  ...sizeCases(),
  ...refusalCases,
  ...errorCases,
  ...replyCases,
  ...transportCases,
  ...busyCases,
  ...endingCases,
  ...pollingCases,
  ...signingCases,
  ...restoreCases,
  ...certificateCases,
  ...incidentCases,
];

/** Adapts a case: polling needs the trait `waits`, and clients that sign get an advanced key with the same standing. */
const fitting = (one: ContractCase): ContractCase => ({
  ...one,
  ...(one.input["wait"] === true && { needs: [...(one.needs ?? []), "waits"] }),
  ...(one.as !== undefined && { variants: { signs: { as: advancedTwin(one.as) } } }),
});

/**
 * What the contract kit knows about the vendor. A case of `quarantineFiles` has these input members: `endpoints` (ids),
 * `filePath`, `fileHash`, `wait` (whether to poll until the action ends), `pollSeconds` (between two polls) and
 * `giveUpSeconds` (for the whole task). `IncidentInput` in cases/incidents.ts is the task of a client that begins
 * with incidents.
 */
export const contract: Contract = {
  destructive: [
    "quarantineFiles",
    "quarantineFilesLegacy",
    "restoreFile",
    "restoreFileLegacy",
    "isolateEndpoints",
    "unisolateEndpoints",
    "scanEndpoints",
    "scanEndpointsLegacy",
    "abortScan",
    "abortScanLegacy",
    "retrieveFiles",
    "retrieveFilesLegacy",
    "deleteEndpoints",
    "deleteEndpointsLegacy",
  ],
  changing: ["updateIncident", "updateAgentName"],
  logins: [],
  sameAs: [
    ["quarantineFiles", "quarantineFilesLegacy"],
    ["getQuarantineStatus", "getQuarantineStatusLegacy"],
    ["restoreFile", "restoreFileLegacy"],
    ["scanEndpoints", "scanEndpointsLegacy"],
    ["abortScan", "abortScanLegacy"],
    ["retrieveFiles", "retrieveFilesLegacy"],
    ["deleteEndpoints", "deleteEndpointsLegacy"],
  ],
  traits: [
    {
      id: "signs",
      title: "signs its calls with an advanced key",
      usual: false,
      seenIn: (exchanges) =>
        exchanges.length === 0
          ? undefined
          : exchanges.some(({ request }) => request.headers["x-xdr-nonce"] !== undefined),
      as: "advanced key",
    },
    {
      id: "restores",
      title: "restores files, where FAUXDR_OPERATION is restoreFile",
      usual: false,
    },
    {
      id: "reads-incidents",
      title: "begins with incidents, where FAUXDR_OPERATION is getIncidents",
      usual: false,
    },
    { id: "waits", title: "follows an action to its end", usual: true },
  ],
  aimOf,
  progressOf,
  createdBy: (exchange) => {
    const id = replyOf(exchange)?.["action_id"];
    return id === undefined ? undefined : String(id);
  },
  rules: [...targetRules, ...hashRules, ...signatureRules, ...incidentRules],
  // Made when they are first asked for: a server needs none.
  get cases() {
    cases ??= allCases().map(fitting);
    return cases;
  },
  probes: [...readingProbes, ...doingProbes],
  environment: (url, credentials, purpose = "standard key") => {
    const [id, key] = pair(credentials, purpose);
    const isAdvanced = purpose.startsWith("advanced key");
    const [advancedId, advancedKey] = pair(
      credentials,
      isAdvanced ? purpose : advancedTwin(purpose),
    );
    return {
      CORTEX_URL: url,
      CORTEX_API_KEY_ID: id,
      CORTEX_API_KEY: key,
      CORTEX_ADVANCED_API_KEY_ID: advancedId,
      CORTEX_ADVANCED_API_KEY: advancedKey,
    };
  },
};

/** With any other status, known or not, a client may continue to poll. */
const FINAL =
  /^(COMPLETED_SUCCESSFULLY|COMPLETED_PARTIAL|FAILED|TIMEOUT|EXPIRED|CANCELLED|ABORTED)$/;

function progressOf(exchange: Exchange): ActionProgress | undefined {
  if (exchange.operation !== "getActionStatus") return undefined;
  const data = replyOf(exchange)?.["data"];
  if (typeof data !== "object" || data === null) return undefined;
  return {
    action: String(requestData(exchange)?.["group_action_id"]),
    ended: Object.values(data).every((status) => FINAL.test(String(status))),
  };
}

/** What a call does, and to which endpoints. */
function aimOf(exchange: Exchange): Aim | undefined {
  const { operation = "" } = exchange;
  const data = requestData(exchange);
  if (!data || !LISTED.test(operation)) return undefined;
  const { filters, endpoint_id: one, file_path: path, file_hash: hash } = data;
  const lists = (Array.isArray(filters) ? filters : []).map(
    (filter: { readonly value?: unknown } | null) => filter?.value,
  );
  const targets = [one, ...lists.flat()].filter((id) => typeof id === "string");
  return { subject: JSON.stringify([operation.replace(/Legacy$/, ""), path, hash]), targets };
}

/** Operations that take a list of endpoints and do the same to each. */
const LISTED =
  /^((quarantineFiles|restoreFile|deleteEndpoints)(Legacy)?|isolateEndpoints|unisolateEndpoints)$/;

const pair = (
  credentials: Parameters<Contract["environment"]>[1],
  purpose: string,
): readonly [id: string, key: string] => {
  const values = credentials.find((credential) => credential.purpose === purpose)?.values;
  return [values?.["x-xdr-auth-id"] ?? "", values?.["key"] ?? ""];
};
