import type { Target } from "../contract/target.ts";
import type { Mock, TenantOptions } from "../mock.ts";
import type { TenantHandle } from "../server/handles.ts";

/** A mock in this process as a target for the kit, over https if it is on. */
export function mockTarget(mock: Mock, environment: Target["environment"] = {}): Target {
  const tenants = new Map<string, TenantHandle>();
  const tenant = (name: string): TenantHandle => tenants.get(name) as TenantHandle;
  return {
    url: mock.tlsUrl ?? mock.url,
    environment: { FAUXDR_URL: mock.url, ...environment },
    createTenant: async (name, settings) => {
      const handle = await mock.tenant({ name, ...settings } as TenantOptions);
      tenants.set(name, handle);
      return handle.credentials;
    },
    exchanges: async (name) => tenant(name).journal.entries(),
    strays: async () => mock.journal.entries(),
    verify: async (name, expectation) => tenant(name).verdict(expectation),
    dropped: async (name) => tenant(name).journal.dropped,
  };
}
