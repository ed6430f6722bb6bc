export type { Action, Target } from "./core/action.ts";
export type { ClockState, TenantClock } from "./core/clock.ts";
export { KitError, type Problem, type Refusal } from "./core/errors.ts";
export type { Exchange, Journal, StoredBody } from "./core/journal.ts";
export type { Dialect, Tenant, TenantSettings } from "./core/tenant.ts";
export { type Mock, type MockOptions, startMock } from "./mock.ts";
export type { Settings } from "./settings.ts";
