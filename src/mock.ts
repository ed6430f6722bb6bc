import type { Exchange } from "./core/journal.ts";
import type { Tenant } from "./core/tenant.ts";
import { createAdmin } from "./server/admin.ts";
import { createApp } from "./server/app.ts";
import { listen } from "./server/listen.ts";
import { recordGarbage } from "./server/recorder.ts";
import { createTenants } from "./server/tenants.ts";
import { fromObject, readSettings, type Settings } from "./settings.ts";
import { vendors } from "./vendors/index.ts";
import { version } from "./version.ts";

/** A running fauxdr. */
export interface Mock extends AsyncDisposable {
  /** Where every vendor and the control API answer: `http://127.0.0.1:4620`. */
  readonly url: string;
  readonly port: number;
  /** The tenant `default`: its journal, clock, store and settings. */
  readonly tenant: Tenant;
  close(): Promise<void>;
}

/** Any of the settings; besides, who is told of each exchange. */
export interface MockOptions extends Partial<Settings> {
  readonly onExchange?: (exchange: Exchange) => void;
}

/** Starts a mock in this process, on a free port unless one is given. Throws a KitError that says what to do. */
export async function startMock({ onExchange, ...given }: MockOptions = {}): Promise<Mock> {
  const settings = readSettings([fromObject({ port: 0, ...given }, "startMock's options")]);
  return serve(settings, onExchange);
}

/** Starts a mock with settings that are complete. */
export async function serve(
  settings: Settings,
  onExchange: (exchange: Exchange) => void = () => {},
): Promise<Mock> {
  const tenants = createTenants(vendors, settings);
  const app = await createApp({
    vendors,
    admin: createAdmin({ vendors, tenants, version }),
    tenants,
    bodyLimitBytes: settings.bodyLimitBytes,
    onExchange,
  });
  const listening = await listen({
    app,
    host: settings.host,
    port: settings.port,
    onGarbage: (status, reason) => onExchange(recordGarbage(tenants.default, status, reason)),
  });
  return {
    ...listening,
    tenant: tenants.default,
    [Symbol.asyncDispose]: () => listening.close(),
  };
}
