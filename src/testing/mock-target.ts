import type { Target } from "../contract/target.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { Mock, TenantOptions } from "../mock.ts";
import type { TenantHandle } from "../server/handles.ts";
import type { Impostors } from "./impostors.ts";

/** A call that followed a redirect to another host, and left its credentials behind: it belongs to no tenant. */
const isBare = ({ refusal, request }: Exchange, { url, tlsUrl = url }: Mock): boolean =>
  refusal?.kind === "unauthenticated" &&
  refusal.flaw === "missing" &&
  ![url, tlsUrl].some((own) => new URL(own).host === request.headers["host"]);

/** A mock in this process as a target for the kit, over https if it is on. */
export function mockTarget(
  mock: Mock,
  environment: Target["environment"] = {},
  impostors?: Impostors,
): Target {
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
    strays: async () => mock.journal.entries().filter((exchange) => !isBare(exchange, mock)),
    verify: async (name, expectation) => tenant(name).verdict(expectation),
    ...(impostors && { impostor: impostors.open }),
    dropped: async (name) => tenant(name).journal.dropped,
  };
}
