export type { ClockState, TenantClock } from "./core/clock.ts";
export type { Finding } from "./core/contract.ts";
export { KitError, type Refusal, VerificationError } from "./core/errors.ts";
export type { Fault, FaultRule } from "./core/fault.ts";
export type { LiveRule } from "./core/faults.ts";
export { toHar } from "./core/har.ts";
export type { Exchange, Journal, StoredBody } from "./core/journal.ts";
export type { ProgressMode, State } from "./core/progress.ts";
export type { Scenario } from "./core/scenario.ts";
export type { Snapshot } from "./core/snapshot.ts";
export type { Dialect, TenantSettings } from "./core/tenant.ts";
export type { Credential } from "./core/vendor.ts";
export type { Expectation, Miss, Pattern, Verdict } from "./core/verify.ts";
export type { Condition, Difference, Where } from "./core/where.ts";
export { type Mock, type MockOptions, startMock, type TenantOptions } from "./mock.ts";
export type {
  ActionMove,
  Actions,
  ActionView,
  FaultRules,
  TenantHandle,
} from "./server/handles.ts";
export type { Settings } from "./settings.ts";
