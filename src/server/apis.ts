import type { Dialect, Tenant } from "../core/tenant.ts";
import type { Service } from "../core/vendor.ts";
import { readDefinition } from "./definition.ts";
import { type Api, loadApi } from "./openapi.ts";

/** The documents of all services. */
export interface Apis {
  /** Whose part of the world a path is in: its first segment is one of the service's document. */
  ownerOf(path: string): Service | undefined;
  of(service: Service, tenant: Tenant): Promise<Api>;
}

/** Reads the documents of all services; each is loaded in a dialect when somebody first asks for it. */
export function readApis(services: readonly Service[]): Apis {
  const owners = new Map<string | undefined, Service>();
  const loaders = new Map<Service, (dialect: Dialect) => Promise<Api>>();
  for (const service of services) {
    const definition = readDefinition(service);
    for (const path of Object.keys(definition.paths)) owners.set(path.split("/")[1], service);
    const apis: Partial<Record<Dialect, Promise<Api>>> = {};
    loaders.set(service, (dialect) => (apis[dialect] ??= loadApi(service, dialect, definition)));
  }
  return {
    ownerOf: (path) => owners.get(path.split("/", 2)[1]),
    of: (service, { settings }) => {
      const load = loaders.get(service);
      if (!load) throw new RangeError(`${service.name} was not among the services`);
      return load(settings.dialect);
    },
  };
}
