import type { AlsoSource } from "../../core/also-document.ts";
import { isoTime, type TenantClock } from "../../core/clock.ts";
import { KitError, VendorError } from "../../core/errors.ts";
import { json, jsonPieces } from "../../core/reply.ts";
import { snapshotText } from "../../core/snapshot.ts";
import type { Tenant, TenantSettings } from "../../core/tenant.ts";
import type { Call, Credential, Operation, Vendor } from "../../core/vendor.ts";
import {
  type ActionMove,
  type ClockMove,
  moveClock,
  redactorOf,
  type TenantHandle,
} from "../handles.ts";
import type { AdminHandles } from "./context.ts";
import { listReply } from "./list-reply.ts";
import type { OnTenant } from "./on-tenant.ts";

/** A tenant, and what a client needs to call it. */
export interface TenantView {
  readonly name: string;
  readonly settings: TenantSettings;
  readonly scenario: string;
  /** ISO 8601. */
  readonly time: string;
  readonly vendors: readonly {
    readonly name: string;
    readonly url: string;
    readonly credentials: readonly (Pick<Credential, "purpose" | "values"> & {
      /** Request headers with these credentials. With the first ones, where a client must sign with these. */
      readonly headers: Readonly<Record<string, string>>;
    })[];
    /** Request headers with the first of these credentials. */
    readonly headers: Readonly<Record<string, string>>;
    /** The environment variables that a client gets. */
    readonly environment: Readonly<Record<string, string>>;
    /** A shell command that makes the vendor's main call. */
    readonly sample: string;
    /** The kinds of rows that its inventory has. */
    readonly inventory: readonly string[];
  }[];
}

export interface ClockView {
  /** ISO 8601. */
  readonly time: string;
  readonly frozen: boolean;
}

/** The operations on tenants: create, clock, actions, snapshots. */
export function tenantOperations(
  { vendors, tenants, version, readTenantSettings }: AdminHandles,
  { onTenant, onEach, handle }: OnTenant,
): Record<string, Operation> {
  return {
    reset: async () =>
      json({
        reset: await onEach(undefined, async ({ name }) => {
          await tenants.reset([name]);
          return name;
        }),
      }),
    listTenants: async (call) => {
      const shown = (tenant: () => Tenant): TenantView => describe(handle(tenant()), call, vendors);
      return listReply({
        items: await tenants.list(),
        body: (some) => ({ tenants: some.map(shown) }),
        shown,
      });
    },
    createTenant: async (call) => {
      const { name, settings = {} } = (call.body ?? {}) as {
        name?: string;
        settings?: Record<string, unknown>;
      };
      const own = readTenantSettings(settings);
      refuseFiles(own.also ?? [], tenants.default.settings.also);
      const tenant = await tenants.create(name, own);
      return json(describe(handle(tenant), call, vendors), { status: 201 });
    },
    getTenant: onTenant((tenant, call) => json(describe(tenant, call, vendors))),
    deleteTenant: async ({ params }) => {
      const id = params["tenant"] ?? "";
      if (id === tenants.default.name) {
        throw new KitError("The tenant default cannot be deleted: reset it instead.");
      }
      if (await tenants.delete(id)) return json({ deleted: id });
      throw new VendorError({ kind: "not-found", what: "tenant", id });
    },
    resetTenant: onTenant(async ({ name }) => {
      await tenants.reset([name]);
      return json({ reset: [name] });
    }),
    getClock: onTenant(({ clock }) => json(clockView(clock))),
    moveClock: onTenant(({ clock }, { body }) => {
      moveClock(clock, body as ClockMove);
      return json(clockView(clock));
    }),
    listActions: onTenant(({ actions }) => json({ actions: actions.list() })),
    moveAction: onTenant(({ actions }, { params, body }) =>
      json(actions.move(params["action"] ?? "", (body ?? {}) as ActionMove)),
    ),
    takeSnapshot: onTenant((_handle, _call, tenant) =>
      jsonPieces(snapshotText(tenant, version, redactorOf(tenant, vendors).text)),
    ),
    restoreSnapshot: onTenant(async (tenant, { body }) => {
      await tenant.inTurns.restore(body);
      return json({ restored: tenant.name });
    }),
  };
}

/** A caller of the control API cannot make the server read files. */
function refuseFiles(asked: readonly AlsoSource[], started: readonly AlsoSource[]): void {
  const file = asked.find((one) => typeof one === "string" && !started.includes(one));
  if (file === undefined) return;
  throw new KitError(
    `The server was started without --also ${file}: restart it with that, or send the OpenAPI document itself.`,
  );
}

const describe = (
  { name, settings, scenario, clock, credentials }: TenantHandle,
  { origin }: Call,
  vendors: readonly Vendor[],
): TenantView => ({
  name,
  settings,
  scenario,
  time: isoTime(clock.now()),
  vendors: vendors.map((vendor) => {
    const own = credentials[vendor.name] ?? [];
    const url = origin();
    const [usual = { purpose: "", claims: [], values: {}, secrets: [] }] = own;
    const signed = (vendor.contract.traits ?? []).flatMap(({ as }) => as ?? []);
    const isSigned = (purpose: string): boolean => signed.some((one) => purpose.startsWith(one));
    return {
      name: vendor.name,
      url,
      credentials: own.map(({ purpose, values }) => ({
        purpose,
        values,
        headers: vendor.present(isSigned(purpose) ? usual : { values }),
      })),
      headers: vendor.present(usual),
      environment: vendor.contract.environment(url, own, undefined),
      sample: vendor.sample(url, usual),
      inventory: Object.keys(vendor.inventory),
    };
  }),
});

const clockView = (clock: TenantClock): ClockView => ({
  time: isoTime(clock.now()),
  frozen: "frozenAt" in clock.state(),
});
