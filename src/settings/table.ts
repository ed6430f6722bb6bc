import { parseTime } from "../core/clock.ts";
import { readFaultRules } from "../core/faults/read-fault.ts";
import { ORDINARY } from "../core/scenario.ts";
import { DIALECTS, type TenantSettings } from "../core/tenant.ts";
import { checkNames, checkOrigins, checkStore, checkToken, MEMORY } from "./checks.ts";
import type { Setting } from "./setting.ts";

/** Everything that can be set, wherever it is set. */
export interface Settings extends TenantSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly tlsPort: number;
  readonly tlsNames: string;
  readonly tlsCert: string;
  readonly tlsKey: string;
  readonly caOut: string;
  readonly adminToken: string;
  readonly corsOrigins: string;
  readonly readyFile: string;
  readonly logFormat: "text" | "json";
  readonly log: "requests" | "none";
  readonly bodyLimitBytes: number;
  readonly store: string;
}

const DAY = 86_400;
const MIB = 1024 * 1024;

/**
 * THE table of settings. The key is the name in a configuration file and for a tenant; the flag is the same name in
 * kebab case (`--ready-file`), the environment variable in capitals (`FAUXDR_READY_FILE`).
 */
export const SETTINGS: { readonly [Name in keyof Settings]: Setting<Settings[Name]> } = {
  host: {
    kind: "text",
    // Node would take an empty one for all interfaces.
    check: (value) => (value === "" ? "takes an address or a host name" : undefined),
    default: "127.0.0.1",
    doc: "address to listen on",
  },
  port: { kind: "integer", min: 0, max: 65_535, default: 4620, doc: "port; 0 takes a free one" },
  tls: {
    kind: "switch",
    default: false,
    doc: "serve https as well, with a certificate that is made at the start",
  },
  tlsPort: {
    kind: "integer",
    min: 0,
    max: 65_535,
    default: 4621,
    doc: "port for https; 0 takes a free one",
  },
  tlsNames: {
    kind: "text",
    check: checkNames,
    default: "",
    doc: "more host names and addresses for the certificate, separated by commas",
  },
  tlsCert: {
    kind: "text",
    default: "",
    doc: "file with a certificate of your own (PEM, with its chain), shown with --tls instead of the made one",
  },
  tlsKey: { kind: "text", default: "", doc: "file with the key of --tls-cert (PEM)" },
  caOut: {
    kind: "text",
    default: "",
    doc: "file to write once listening: the certificate of the CA that clients must trust (PEM)",
  },
  adminToken: {
    kind: "text",
    check: checkToken,
    secret: true,
    default: "",
    doc: "what calls of the control API must send as Authorization: Bearer; without it, nothing",
  },
  corsOrigins: {
    kind: "text",
    check: checkOrigins,
    default: "",
    doc: "origins of web pages that may call the vendors, separated by commas, or *",
  },
  readyFile: {
    kind: "text",
    default: "",
    doc: "file to write once listening: JSON with url, tlsUrl, pid and version",
  },
  logFormat: {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    doc: "form of the ready line and of the request log",
  },
  log: {
    kind: "choice",
    choices: ["requests", "none"],
    default: "requests",
    doc: "one line a request, or none",
  },
  bodyLimitBytes: {
    kind: "integer",
    min: 1,
    max: 1024 * MIB,
    default: 10 * MIB,
    doc: "largest request body in bytes; a larger one is refused with 413",
  },
  store: {
    kind: "text",
    check: checkStore,
    secret: true,
    default: MEMORY,
    doc: "where tenants are kept: memory, or a Redis that several servers share, as redis://host:6379/0",
  },
  dialect: {
    kind: "choice",
    choices: DIALECTS,
    default: "documented",
    doc: "wire form of the answers: what the vendor's documents print, or what recordings show",
    tenant: true,
  },
  seed: {
    kind: "text",
    default: "fauxdr",
    doc: "seed of every id and choice; the same seed gives the same bytes",
    tenant: true,
  },
  clock: {
    kind: "text",
    check: (value) =>
      value === "real" || parseTime(value) !== undefined
        ? undefined
        : 'takes "real" or a moment such as 2026-01-31T12:00:00Z',
    default: "real",
    doc: "real, or the moment at which the clock stands still",
    tenant: true,
  },
  progress: {
    kind: "choice",
    choices: ["time", "polls", "manual"],
    default: "time",
    doc: "what moves an action on: the clock, status calls, or the control API",
    tenant: true,
  },
  stepSeconds: {
    kind: "integer",
    min: 0,
    max: DAY,
    default: 1,
    doc: "seconds an action stays pending, and again in progress (progress=time)",
    tenant: true,
  },
  timeoutSeconds: {
    kind: "integer",
    min: 1,
    max: 365 * DAY,
    default: 600,
    doc: "seconds until an action in progress times out (progress=time)",
    tenant: true,
  },
  expirySeconds: {
    kind: "integer",
    min: 1,
    max: 365 * DAY,
    default: DAY,
    doc: "seconds until an action that no agent picked up expires (progress=time)",
    tenant: true,
  },
  stepPolls: {
    kind: "integer",
    min: 1,
    max: 1000,
    default: 1,
    doc: "status calls for one step (progress=polls); a time-out takes 5 times as many, an expiry 10 times",
    tenant: true,
  },
  oldAgent: {
    kind: "choice",
    choices: ["stuck", "fails"],
    default: "stuck",
    doc: "what an action does on an agent that is older than the call's prerequisite",
    tenant: true,
  },
  signatureWindowSeconds: {
    kind: "integer",
    min: 1,
    max: 365 * DAY,
    default: 900,
    doc: "seconds by which a signed request's timestamp may differ from the clock, either way",
    tenant: true,
  },
  refuseNonceReuse: {
    kind: "switch",
    default: false,
    doc: "refuse a signed request whose nonce was used before",
    tenant: true,
  },
  rateLimit: {
    kind: "choice",
    choices: ["off", "429", "409"],
    default: "off",
    doc: "refuse calls over the vendor's rate with 429, or with 409 where its older documents have that",
    tenant: true,
  },
  fleet: {
    kind: "integer",
    min: 0,
    max: 100_000,
    default: 0,
    doc: "machines to make up, for each vendor, beside those of the fixtures",
    tenant: true,
  },
  scenario: {
    kind: "text",
    default: ORDINARY,
    doc: "state to start in; GET /__admin/scenarios lists them",
    tenant: true,
  },
  faults: {
    kind: "json",
    read: readFaultRules,
    default: [],
    doc: "fault rules to start with: a JSON array",
    tenant: true,
  },
  journalEntries: {
    kind: "integer",
    min: 1,
    max: 1_000_000,
    default: 10_000,
    doc: "exchanges the journal keeps; the oldest go first, and are counted",
    tenant: true,
  },
  journalBodyBytes: {
    kind: "integer",
    min: 0,
    max: 10 * MIB,
    default: 65_536,
    doc: "characters of a body the journal keeps",
    tenant: true,
  },
};

export const NAMES: readonly (keyof Settings)[] = Object.keys(SETTINGS) as (keyof Settings)[];
