import { isKnownPath } from "../../core/known-calls.ts";
import type { Dialect, Tenant } from "../../core/tenant.ts";
import type { Service } from "../../core/vendor.ts";
import { readDefinition } from "./definition.ts";
import { knownCallsOf } from "./known-calls.ts";
import { type Api, loadApi } from "./openapi.ts";

/** The documents of all services. */
export interface Apis {
  /** Whose part of the world a path is in: its first segment is one of the service's document. */
  ownerOf(path: string): Service | undefined;
  /** A promise until it is loaded. */
  of(service: Service, tenant: Tenant): Api | Promise<Api>;
}

/** Reads the documents of all services; each is loaded in a dialect when somebody first asks for it. */
export function readApis(services: readonly Service[]): Apis {
  const owners = new Map<string, Service>();
  // Calls that fauxdr does not serve are under other first segments too, and the vendor's all the same.
  const known = services.map((service) => ({ service, calls: knownCallsOf(service) }));
  const loaders = new Map<Service, (dialect: Dialect) => Api | Promise<Api>>();
  for (const service of services) {
    const definition = readDefinition(service);
    for (const path of Object.keys(definition.paths)) owners.set(firstSegment(path), service);
    const apis: Partial<Record<Dialect, Api | Promise<Api>>> = {};
    const load = async (dialect: Dialect): Promise<Api> => {
      const api = await loadApi(service, dialect, definition);
      apis[dialect] = api;
      return api;
    };
    loaders.set(service, (dialect) => (apis[dialect] ??= load(dialect)));
  }
  return {
    ownerOf: (path) =>
      owners.get(firstSegment(path)) ??
      known.find(({ calls }) => isKnownPath(calls(), path))?.service,
    of: (service, { settings }) => {
      const load = loaders.get(service);
      if (!load) throw new RangeError(`${service.name} was not among the services`);
      return load(settings.dialect);
    },
  };
}

function firstSegment(path: string): string {
  const end = path.indexOf("/", 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}
