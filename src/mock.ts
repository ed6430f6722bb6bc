import { judge, judging } from "./contract/judge.ts";
import { verdictOn } from "./contract/verdict.ts";
import type { Finding } from "./core/contract.ts";
import { KitError } from "./core/errors.ts";
import { inTurns } from "./core/in-turns.ts";
import type { Exchange } from "./core/journal/journal.ts";
import { createAdmin } from "./server/admin/service.ts";
import { createApp } from "./server/app.ts";
import { createFeed } from "./server/feed.ts";
import { handleOf, type TenantHandle } from "./server/handles.ts";
import { foreignCheck } from "./server/local-only.ts";
import { createRecorder } from "./server/recorder.ts";
import type { SharedPlace } from "./server/shared/place.ts";
import { replicated } from "./server/shared/replica.ts";
import { shareTenants } from "./server/shared/shared-tenants.ts";
import { createTenants } from "./server/tenants.ts";
import { listen } from "./server/wire/listen.ts";
import { loadIdentity } from "./server/wire/tls.ts";
import { listOf, MEMORY } from "./settings/checks.ts";
import { fromObject, readSettings, readTenantSettings, tenantSettingsOf } from "./settings/read.ts";
import type { FullTenantSettings, Settings } from "./settings/table.ts";
import { vendors } from "./vendors/index.ts";
import { version } from "./version.ts";

const judged = (exchanges: readonly Exchange[]): readonly Finding[] => judge(exchanges, vendors);

/** A running fauxdr. It is also the handle of its tenant `default`. */
export interface Mock extends TenantHandle, AsyncDisposable {
  /** The base URL of all vendors and of the control API: `http://127.0.0.1:4620`. */
  readonly url: string;
  readonly port: number;
  /** The same over https, if the setting `tls` is on. */
  readonly tlsUrl?: string;
  /** The CA certificate (PEM) that clients must trust for `tlsUrl`. Undefined if you gave your own certificate. */
  readonly ca?: string;
  /** The contract kit's findings for exchanges of one tenant, by default those of the tenant `default`. */
  findings(exchanges?: readonly Exchange[]): readonly Finding[];
  /** Creates a tenant. Missing settings are those of the mock. */
  tenant(options?: TenantOptions): Promise<TenantHandle>;
  close(): Promise<void>;
}

/** Any tenant settings, and a name. */
export interface TenantOptions extends Partial<FullTenantSettings> {
  /** Generated if it is missing. */
  readonly name?: string;
}

/** Any settings, and two options of a mock in this process. */
export interface MockOptions extends Partial<Settings> {
  /** Called with each exchange after it has ended. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Lets the process end even if the mock was not closed, for example after a failed test. */
  readonly unref?: boolean;
}

/** What a mock may do to the real server of the setting `upstream`, and what it must hide. */
export interface RealServer {
  /** Ids of the machines that calls may act on. */
  readonly targets: readonly string[];
  /** Real credentials, which nothing may store or print. */
  readonly secrets: readonly string[];
}

const NO_SERVER: RealServer = { targets: [], secrets: [] };

/** Starts a mock in this process, by default on free ports. Rejects with a KitError for an invalid setting. */
export function startMock({ onExchange, unref, ...given }: MockOptions = {}): Promise<Mock> {
  const settings = readSettings([
    fromObject({ port: 0, tlsPort: 0, ...given }, "startMock's options"),
  ]);
  return serve(settings, onExchange, undefined, unref);
}

/**
 * Starts a mock with complete settings. If other servers share its tenants at a `place`, library handles cannot take
 * part in transactions: use the control API.
 */
export async function serve(
  settings: Settings,
  onExchange?: (exchange: Exchange) => void,
  place?: SharedPlace,
  unref = false,
  real: RealServer = NO_SERVER,
): Promise<Mock> {
  const { host, port, tlsPort, adminToken, store } = settings;
  if (store !== MEMORY && !place) {
    throw new KitError("Only `fauxdr serve` can share a store: leave the setting store out here.");
  }
  if (settings.upstream !== "" && place) {
    throw new KitError(
      "A shared store and an upstream cannot be used together: remove one of them.",
    );
  }
  const tlsNames = listOf(settings.tlsNames);
  const identity = await loadIdentity({ ...settings, tlsNames });
  const ca = identity?.ca;
  const limit = settings.tenantLimit;
  const own = await createTenants(vendors, tenantSettingsOf(settings), {
    ...(place && { keeping: replicated(place.server) }),
    limit,
  });
  const feed = createFeed();
  // Watchers see all exchanges; the log shows only this server's exchanges.
  const ownFeed = place ? createFeed(feed) : feed;
  if (onExchange) ownFeed.watch({ ended: onExchange });
  const shared =
    place &&
    (await shareTenants(own, place, {
      vendors,
      limit,
      loaded: settings.storeTenants,
      seen: feed.told,
      isWatched: () => feed.isWatched,
    }));
  const tenants = shared ?? own;
  const recorder = createRecorder({
    vendors,
    secrets: [adminToken, ...real.secrets],
    feed: ownFeed,
  });
  // A token protects better than the name of a host.
  const foreign = foreignCheck(adminToken ? ["*"] : listOf(settings.allowedHosts));
  const app = await createApp({
    vendors,
    admin: createAdmin({
      vendors,
      tenants,
      version,
      readTenantSettings,
      watch: feed.watch,
      judge: (exchanges) => inTurns(judging(exchanges, vendors)),
      verdict: (journals, failOn, vendor) =>
        inTurns(
          verdictOn(
            journals,
            vendors.filter(({ name }) => vendor === undefined || name === vendor),
            failOn,
          ),
        ),
      adminToken,
      foreign,
      ca,
    }),
    foreign,
    upstream:
      settings.upstream === ""
        ? undefined
        : { url: new URL(settings.upstream), targets: real.targets },
    tenants,
    bodyLimitBytes: settings.bodyLimitBytes,
    openBodiesBytes: settings.openBodiesBytes,
    corsOrigins: listOf(settings.corsOrigins),
    recorder,
  });
  const listening = await listen({
    app,
    host,
    port,
    unref,
    ...(identity && { tls: { port: tlsPort, cert: identity.cert, key: identity.key } }),
    onGarbage: (status, reason) =>
      // No caller waits for this, so an error has nowhere to go.
      void tenants
        .on(tenants.default, () => recorder.garbage(tenants.default, status, reason))
        .catch(() => {}),
  });
  const close = async (): Promise<void> => {
    await listening.close();
    // Stores the ends of the last exchanges.
    await shared?.settled();
  };
  // Not spread: that would read the handle's getters only once.
  return Object.assign(handleOf(tenants.default, vendors, version), listening, {
    ...(ca !== undefined && { ca }),
    findings: (exchanges: readonly Exchange[] = tenants.default.journal.entries()) =>
      judged(exchanges),
    tenant: async ({ name, ...own }: TenantOptions = {}) =>
      handleOf(await tenants.create(name, readTenantSettings(own)), vendors, version),
    close,
    [Symbol.asyncDispose]: close,
  });
}
