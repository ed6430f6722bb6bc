export type { ProgressMode, State } from "./core/actions/progress.ts";
export type { ClockState, TenantClock } from "./core/clock.ts";
export type { Finding } from "./core/contract.ts";
export { KitError, type Refusal, VerificationError } from "./core/errors.ts";
export type { Fault, FaultRule } from "./core/faults/fault.ts";
export type { LiveRule } from "./core/faults/faults.ts";
export type { InventoryRow } from "./core/inventory.ts";
export { toHar } from "./core/journal/har.ts";
export type { Exchange, Journal, StoredBody } from "./core/journal/journal.ts";
export type { Expectation, Miss, Pattern, Verdict } from "./core/journal/verify.ts";
export type { Condition, Difference, Where } from "./core/journal/where.ts";
export type { Scenario } from "./core/scenario.ts";
export type { Snapshot } from "./core/snapshot.ts";
export type { WireForm } from "./core/tenant.ts";
export type { Credential } from "./core/vendor.ts";
export { type Mock, type MockOptions, startMock, type TenantOptions } from "./mock.ts";
export type {
  ActionMove,
  Actions,
  ActionView,
  FaultRules,
  TenantHandle,
} from "./server/handles.ts";
export type { Inventory } from "./server/inventory.ts";
export type { FullTenantSettings as TenantSettings, Settings } from "./settings/table.ts";
