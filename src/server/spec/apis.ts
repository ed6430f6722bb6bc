import { isKnownPath } from "../../core/known-calls.ts";
import type { Tenant, WireForm } from "../../core/tenant.ts";
import type { Service } from "../../core/vendor.ts";
import { type Api, loadApi } from "./api.ts";
import { readDefinition } from "./definition.ts";
import { knownCallsOf } from "./known-calls.ts";

/** The OpenAPI documents of all services. */
export interface Apis {
  /** The service that owns a path: its document has a path with the same first segment. */
  ownerOf(path: string): Service | undefined;
  /** The service's document in the tenant's wire. Rejects if the document cannot be loaded. */
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
  const loaded = new Map<Service, Partial<Record<WireForm, Promise<Api>>>>();
  for (const service of services) loaded.set(service, {});
  return {
    ownerOf: (path) =>
      owners.get(firstSegment(path)) ??
      known.find(({ calls }) => isKnownPath(calls(), path))?.service,
    of: (service, { settings: { wire } }) => {
      const apis = loaded.get(service);
      if (!apis) throw new RangeError(`${service.name} is not one of the services`);
      apis[wire] ??= loadApi(service, wire);
      return apis[wire];
    },
  };
}

function firstSegment(path: string): string {
  const end = path.indexOf("/", 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}
