import { isoTime, type TenantClock } from "../core/clock.ts";
import { KitError, type Refusal, VendorError } from "../core/errors.ts";
import { json, type Reply } from "../core/reply.ts";
import type { Tenant, TenantSettings } from "../core/tenant.ts";
import type { Call, Operation, Service, Vendor } from "../core/vendor.ts";
import {
  type ActionMove,
  type ClockMove,
  handleOf,
  moveClock,
  type TenantHandle,
} from "./handles.ts";
import { foreignPage } from "./local-only.ts";
import type { Tenants } from "./tenants.ts";

/** What the control API steers. */
export interface AdminHandles {
  readonly vendors: readonly Vendor[];
  readonly tenants: Tenants;
  readonly version: string;
  /** Checks a tenant's settings; throws a KitError that names the one that does not fit. */
  readonly readTenantSettings: (
    values: Readonly<Record<string, unknown>>,
  ) => Partial<TenantSettings>;
}

/** The control API, as a service like any vendor: its document is specs/admin/openapi.yaml. */
export function createAdmin(handles: AdminHandles): Service {
  const { vendors, tenants, version, readTenantSettings } = handles;

  const describe = (tenant: TenantHandle, { headers }: Call): Reply["value"] => ({
    name: tenant.name,
    settings: tenant.settings,
    time: isoTime(tenant.clock.now()),
    vendors: vendors.map(({ name }) => ({
      name,
      url: `http://${headers["host"]}`,
      credentials: (tenant.credentials[name] ?? []).map(({ purpose, values }) => ({
        purpose,
        values,
      })),
    })),
  });

  const handle = (tenant: Tenant): TenantHandle => handleOf(tenant, vendors, version);

  const onTenant =
    (operation: (tenant: TenantHandle, call: Call) => Reply): Operation =>
    (call) => {
      const name = call.params["tenant"] ?? "";
      const tenant = tenants.get(name);
      if (!tenant) throw new VendorError({ kind: "not-found", what: "tenant", id: name });
      return operation(handle(tenant), call);
    };

  return {
    name: "admin",
    title: "fauxdr control API",
    spec: new URL("../../specs/admin/openapi.json", import.meta.url),
    authenticate: (request) => {
      const foreign = foreignPage(request);
      if (foreign) throw new VendorError({ kind: "forbidden", principal: foreign, permission: "" });
      return { id: "admin" };
    },
    operations: sayWhy({
      getHealth: () =>
        json({
          status: "ok",
          version,
          vendors: vendors.map(({ name, title }) => ({ name, title })),
        }),
      listRequests: () =>
        json({
          dropped: tenants.all().reduce((sum, { journal }) => sum + journal.dropped, 0),
          requests: tenants.all().flatMap(({ journal }) => journal.entries()),
        }),
      listTriggers: () =>
        json({
          triggers: vendors.flatMap(({ name: vendor, triggers }) =>
            [...triggers].map(([id, { name, description }]) => ({ vendor, id, name, description })),
          ),
        }),
      reset: () => {
        for (const tenant of tenants.all()) tenant.reset();
        return json({ reset: tenants.all().map(({ name }) => name) });
      },
      listTenants: (call) =>
        json({ tenants: tenants.all().map((tenant) => describe(handle(tenant), call)) }),
      createTenant: async (call) => {
        const { name, settings = {} } = (call.body ?? {}) as {
          name?: string;
          settings?: Record<string, unknown>;
        };
        const tenant = await tenants.create(name, readTenantSettings(settings));
        return json(describe(handle(tenant), call), { status: 201 });
      },
      getTenant: onTenant((tenant, call) => json(describe(tenant, call))),
      deleteTenant: onTenant((tenant) => {
        if (tenants.delete(tenant.name)) return json({ deleted: tenant.name });
        throw new KitError("The tenant default stays: reset it instead.");
      }),
      resetTenant: onTenant((tenant) => {
        tenant.reset();
        return json({ reset: [tenant.name] });
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
      takeSnapshot: onTenant((tenant) => json(tenant.snapshot())),
      restoreSnapshot: onTenant((tenant, { body }) => {
        tenant.restore(body);
        return json({ restored: tenant.name });
      }),
    }),
    refuse: (refusal) =>
      json({ error: sentence(refusal) }, { status: STATUS[refusal.kind], cause: refusal.kind }),
  };
}

const clockView = (clock: TenantClock): { time: string; frozen: boolean } => ({
  time: isoTime(clock.now()),
  frozen: "frozenAt" in clock.state(),
});

/** Misuse of a handle is the caller's mistake here, not ours: its sentence goes out with a 400. */
function sayWhy(operations: Readonly<Record<string, Operation>>): Record<string, Operation> {
  const named = Object.entries(operations).map(([id, operation]) => {
    const explained: Operation = async (call) => {
      try {
        return await operation(call);
      } catch (error) {
        if (!(error instanceof KitError || error instanceof RangeError)) throw error;
        throw new VendorError({ kind: "malformed", reason: error.message });
      }
    };
    return [id, explained] as const;
  });
  return Object.fromEntries(named);
}

const STATUS: Readonly<Record<Refusal["kind"], number>> = {
  malformed: 400,
  misshapen: 400,
  invalid: 400,
  unauthenticated: 401,
  unlicensed: 403,
  forbidden: 403,
  "no-target": 404,
  "not-found": 404,
  conflict: 409,
  "rate-limited": 429,
  "too-large": 413,
  failure: 500,
  "no-operation": 404,
  "wrong-method": 405,
};

function sentence(refusal: Refusal): string {
  switch (refusal.kind) {
    case "malformed":
      return refusal.reason;
    case "misshapen":
    case "invalid":
      return `${refusal.problem.where || "the body"} ${refusal.problem.what}`;
    case "forbidden":
      return `${refusal.principal} may not steer this server`;
    case "not-found":
      return `there is no ${refusal.what} ${refusal.id}`;
    case "too-large":
      return `the body is larger than ${refusal.limitBytes} bytes`;
    case "no-operation":
      return `${refusal.method} ${refusal.path} is no call of the control API; the nearest is ${refusal.nearest}`;
    case "wrong-method":
      return `${refusal.path} takes ${refusal.allowed.join(" or ")}, not ${refusal.method}`;
    default:
      return refusal.kind;
  }
}
