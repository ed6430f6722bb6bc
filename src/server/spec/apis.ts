import { isKnownPath } from "../../core/known-calls.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";
import type { Service } from "../../core/vendor.ts";
import { wireWords } from "../../core/wire-words.ts";
import { type Api, loadApi } from "./api.ts";
import { readDefinition } from "./definition.ts";
import { knownCallsOf } from "./known-calls.ts";

/** The OpenAPI documents of all services. */
export interface Apis {
  /** The service that owns a path: its document has a path with the same first segment. */
  ownerOf(path: string): Service | undefined;
  /** The service's document in the tenant's wire form. Rejects if the document cannot be loaded. */
  of(service: Service, tenant: Tenant): Promise<Api>;
}

/** Reads the documents of all services. Each is loaded in a wire form at the first request that needs it. */
export function readApis(services: readonly Service[]): Apis {
  const definitions = new Map(services.map((service) => [service, readDefinition(service)]));
  const owners = new Map<string, Service>();
  // Calls that fauxdr does not serve may have other first segments. They still belong to the vendor.
  const known = services.map((service) => ({ service, calls: knownCallsOf(service) }));
  for (const [service, { paths }] of definitions) {
    for (const path of Object.keys(paths)) owners.set(firstSegment(path), service);
  }
  const loaded = new Map(services.map((service) => [service, loader(service)]));
  return {
    ownerOf: (path) =>
      owners.get(firstSegment(path)) ??
      known.find(({ calls }) => isKnownPath(calls(), path))?.service,
    of: (service, { settings }) => {
      const load = loaded.get(service);
      if (!load) throw new RangeError(`${service.name} is not one of the services`);
      return load(settings);
    },
  };
}

/** Loads a service's document once for each wire form. */
function loader(service: Service): (settings: TenantSettings) => Promise<Api> {
  const byWords = new Map<string, Promise<Api>>();
  /** Cached, so that a request need not check each setting of its tenant. */
  const bySettings = new WeakMap<TenantSettings, Promise<Api>>();
  return (settings) => {
    const known = bySettings.get(settings);
    if (known) return known;
    const words = wireWords(service.settings ?? {}, settings).join(" ");
    const api = byWords.get(words) ?? loadApi(service, settings);
    byWords.set(words, api);
    bySettings.set(settings, api);
    return api;
  };
}

function firstSegment(path: string): string {
  const end = path.indexOf("/", 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}
