import type { Setting, SettingsTable, Values } from "../core/setting.ts";
import type { TenantSettings } from "../core/tenant.ts";
import { TENANT_SETTINGS } from "../core/tenant-settings.ts";
import { type VendorSettings, vendors } from "../vendors/index.ts";
import {
  checkCertificateNames,
  checkHosts,
  checkOrigins,
  checkStore,
  checkStorePrefix,
  checkToken,
  checkUpstream,
  MEMORY,
} from "./checks.ts";
import { joinSettings } from "./join.ts";

/** The settings of a server, the same for all its tenants. */
const SERVER_SETTINGS = {
  host: {
    kind: "text",
    // Node would take an empty one for all interfaces.
    check: (value: string): string | undefined =>
      value === "" ? "must be an address or a host name" : undefined,
    default: "127.0.0.1",
    doc: "address to listen on",
  },
  port: {
    kind: "integer",
    min: 0,
    max: 65_535,
    default: 4620,
    doc: "port to listen on; 0 picks a free one",
  },
  tls: {
    kind: "switch",
    default: false,
    doc: "serve https as well, with a certificate signed by a CA generated at startup",
  },
  tlsPort: {
    kind: "integer",
    min: 0,
    max: 65_535,
    default: 4621,
    doc: "port for https; 0 picks a free one",
  },
  tlsNames: {
    kind: "text",
    check: (list: string): string | undefined => checkCertificateNames(list),
    default: "",
    doc: "more host names and addresses for the certificate, separated by commas",
  },
  tlsCert: {
    kind: "text",
    default: "",
    doc: "file with your own certificate and its chain (PEM), to use with --tls instead of a generated one",
  },
  tlsKey: { kind: "text", default: "", doc: "file with the private key of --tls-cert (PEM)" },
  caOut: {
    kind: "text",
    default: "",
    doc: "file to write the CA certificate into that clients must trust (PEM), once listening",
  },
  adminToken: {
    kind: "text",
    check: (token: string): string | undefined => checkToken(token),
    secret: true,
    default: "",
    doc: "token that calls of the control API must send as Authorization: Bearer; empty: no token needed",
  },
  allowedHosts: {
    kind: "text",
    check: (list: string): string | undefined => checkHosts(list),
    default: "",
    doc: "host names besides local ones that the control API answers under, separated by commas, or *",
  },
  corsOrigins: {
    kind: "text",
    check: (list: string): string | undefined => checkOrigins(list),
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
    doc: "format of the ready line and of the request log",
  },
  log: {
    kind: "choice",
    choices: ["requests", "none"],
    default: "requests",
    doc: "requests: log one line for each request; none: log nothing",
  },
  bodyLimitBytes: {
    kind: "integer",
    min: 1,
    max: 1_073_741_824,
    default: 1_048_576,
    doc: "largest request body in bytes; a larger one is refused with 413",
  },
  openBodiesBytes: {
    kind: "integer",
    min: 1,
    max: 17_179_869_184,
    default: 67_108_864,
    doc: "most bytes of all request bodies that are being received; requests beyond that are refused with 503",
  },
  tenantLimit: {
    kind: "integer",
    min: 1,
    max: 1_000_000,
    default: 1000,
    doc: "most tenants of the server; one more is refused",
  },
  upstream: {
    kind: "text",
    check: (url: string): string | undefined => checkUpstream(url),
    default: "",
    doc: "URL of a real server to pass calls on to; fauxdr then judges client and server, and answers nothing",
  },
  store: {
    kind: "text",
    check: (place: string): string | undefined => checkStore(place),
    secret: true,
    default: MEMORY as string,
    doc: "where tenants are kept: memory, or a Redis that several servers share, as redis://host:6379/0",
  },
  storePrefix: {
    kind: "text",
    check: (prefix: string): string | undefined => checkStorePrefix(prefix),
    default: "fauxdr",
    doc: "what the names of all keys and channels in the store begin with",
  },
  storeIdleSeconds: {
    kind: "integer",
    min: 0,
    max: 31_536_000,
    default: 0,
    doc: "seconds without a call after which a tenant is removed from the store; 0: never",
  },
  storeTenants: {
    kind: "integer",
    min: 1,
    max: 1_000_000,
    default: 100,
    doc: "tenants of the store that this server keeps in memory; it drops the least recently called first",
  },
} as const;

/** The settings of a tenant: those that every tenant has, and those of the vendors. */
export type FullTenantSettings = TenantSettings & VendorSettings;

/** All settings: of a server, and of its tenants. */
export type Settings = Values<typeof SERVER_SETTINGS> & FullTenantSettings;

const general = { ...SERVER_SETTINGS, ...TENANT_SETTINGS };

const ofVendors = joinSettings(general, vendors) as Readonly<Record<keyof VendorSettings, Setting>>;

/** The settings that may differ from tenant to tenant. */
export const TENANT_TABLE: SettingsTable = { ...TENANT_SETTINGS, ...ofVendors };

/**
 * THE table of settings. The key is the name in a configuration file and for a tenant; the flag is the same name in
 * kebab case (`--ready-file`), the environment variable in capitals (`FAUXDR_READY_FILE`).
 */
export const SETTINGS: Readonly<Record<keyof Settings, Setting>> = { ...general, ...ofVendors };

export const NAMES: readonly (keyof Settings)[] = Object.keys(SETTINGS) as (keyof Settings)[];

/** The settings in groups, as the help and the docs list them. `vendor` is a title. */
export const SECTIONS: readonly { readonly vendor?: string; readonly settings: SettingsTable }[] = [
  { settings: general },
  ...vendors.map(({ title, settings }) => ({ vendor: title, settings })),
];
