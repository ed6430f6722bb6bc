import type { Dialect, Tenant } from "../core/tenant.ts";
import type { Service } from "../core/vendor.ts";
import { type Api, loadApi } from "./openapi.ts";

/** The documents of all services, each loaded in the dialects that are spoken. */
export interface Apis {
  ownerOf(path: string): Service | undefined;
  of(service: Service, tenant: Tenant): Api | Promise<Api>;
}

export async function loadApis(services: readonly Service[], dialect: Dialect): Promise<Apis> {
  const loaded = new Map<Service, Map<Dialect, Api | Promise<Api>>>();
  const owners: (readonly [Api, Service])[] = [];
  for (const service of services) {
    const api = await loadApi(service, dialect);
    loaded.set(service, new Map([[dialect, api]]));
    owners.push([api, service]);
  }
  return {
    ownerOf: (path) => owners.find(([api]) => api.owns(path))?.[1],
    of: (service, { settings }) => {
      const dialects = loaded.get(service) ?? new Map<Dialect, Api | Promise<Api>>();
      const api = dialects.get(settings.dialect) ?? loadApi(service, settings.dialect);
      dialects.set(settings.dialect, api);
      return api;
    },
  };
}
