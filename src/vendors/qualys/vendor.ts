import { defineVendor, type Vendor } from "../../core/vendor.ts";
import { authenticate, claim, rateHeaders } from "./auth.ts";
import { contract } from "./contract.ts";
import { refuse } from "./errors.ts";
import { events } from "./events.ts";
import { exampleOf } from "./examples.ts";
import { enlarge } from "./fleet.ts";
import { incidents } from "./incidents.ts";
import { inventory } from "./inventory.ts";
import { countAssets, getAsset, listAssets, searchAssetsAfter } from "./operations/assets.ts";
import {
  countEvents,
  getEvent,
  listEvents,
  searchEventsAfter,
  searchIncidentEventsAfter,
} from "./operations/events.ts";
import { getRemediation } from "./operations/get-remediation.ts";
import { searchIncidentsAfter } from "./operations/incidents.ts";
import { login, loginWithClient } from "./operations/login.ts";
import { performAction } from "./operations/perform-action.ts";
import { quarantineHost } from "./operations/quarantine.ts";
import { countEventsInBuckets } from "./operations/time-buckets.ts";
import { present, sample } from "./sample.ts";
import { scenarios } from "./scenarios.ts";
import { settings } from "./settings.ts";
import { assets, demoted, remediations, seed, triggers } from "./state.ts";
import { callLimit, calls } from "./tokens.ts";
import { expiredToken, usersOf } from "./users.ts";

export const qualys: Vendor<typeof settings> = defineVendor({
  name: "qualys",
  title: "Qualys EDR",
  emulates: "non-versioned and v1 (May 2025)",
  spec: new URL("../../../specs/qualys/openapi.json", import.meta.url),
  claim,
  authenticate,
  operations: {
    login,
    loginOidc: loginWithClient,
    loginOAuth: loginWithClient,
    quarantineHost,
    performQuarantineHostAction: quarantineHost,
    quarantineHostV1: quarantineHost,
    performQuarantineHostActionV1: quarantineHost,
    performAction,
    performActionV1: performAction,
    getRemediation,
    getRemediationV1: getRemediation,
    listEvents,
    listEventsV1: listEvents,
    countEvents,
    countEventsV1: countEvents,
    getEvent,
    getEventV1: getEvent,
    searchEventsAfter,
    searchEventsAfterV1: searchEventsAfter,
    listAssets,
    listAssetsV1: listAssets,
    countAssets,
    countAssetsV1: countAssets,
    searchAssetsAfter,
    searchAssetsAfterV1: searchAssetsAfter,
    getAsset,
    getAssetV1: getAsset,
    searchIncidentsAfter,
    searchIncidentsAfterV1: searchIncidentsAfter,
    searchIncidentEventsAfter,
    searchIncidentEventsAfterV1: searchIncidentEventsAfter,
    countEventsInBuckets,
    countEventsInBucketsV1: countEventsInBuckets,
  },
  refuse,
  headers: rateHeaders,
  seed,
  enlarge,
  actions: remediations,
  tables: [demoted, assets, events, incidents, remediations, callLimit, calls],
  credentials: (tenant) => [
    ...usersOf(tenant).map(({ name, password, token, standing }) => ({
      purpose: standing === "good" ? "standard user" : "no permission (403)",
      claims: [name, token],
      values: { username: name, password, token },
      secrets: [password, token],
    })),
    {
      purpose: "expired (401)",
      claims: [expiredToken(tenant)],
      values: { token: expiredToken(tenant) },
      secrets: [expiredToken(tenant)],
    },
  ],
  triggers,
  scenarios,
  settings,
  inventory,
  sample,
  exampleOf,
  present,
  contract,
});
