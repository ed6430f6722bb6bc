import type { Severity } from "../core/basis.ts";
import type { Finding, RunningVerdict } from "../core/contract.ts";
import type { FaultRule } from "../core/faults/fault.ts";
import type { LiveRule } from "../core/faults/faults.ts";
import type { InventoryRow } from "../core/inventory.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { Expectation, Verdict } from "../core/journal/verify.ts";
import type { LedgerRow } from "../core/ledger.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Example, Vendor } from "../core/vendor.ts";
import type { FaultKindView, ScenarioView, TriggerView } from "../server/admin/faults.ts";
import type { RequestFilter } from "../server/admin/requests.ts";
import type { ClockView, TenantView } from "../server/admin/tenants.ts";
import type { RelatedView } from "../server/admin/try.ts";
import type { ActionMove, ActionView, ClockMove } from "../server/handles.ts";
import type { FullTenantSettings } from "../settings/table.ts";

type StreamFilter = Omit<RequestFilter, "after" | "limit">;

/**
 * The control API: a method for each of its operations, under the operation's name. First come the names in the path,
 * then the body or the query. Every method rejects with a ControlError.
 */
export interface ControlClient {
  getHealth(): Promise<{
    readonly status: "ok";
    readonly version: string;
    readonly vendors: readonly Pick<Vendor, "name" | "title" | "emulates">[];
  }>;
  /** The certificate (PEM) that clients of the https port must trust. */
  getCa(): Promise<string>;
  /** The contract kit's findings about the clients, by tenant. */
  listFindings(filter?: Pick<RequestFilter, "tenant">): Promise<{
    readonly findings: readonly (Finding & { readonly tenant: string })[];
  }>;
  /** Resolves if the clients passed. Rejects with a ControlError (409) that says why they did not. */
  getVerdict(
    filter?: Pick<RequestFilter, "vendor"> & { readonly failOn?: Severity },
  ): Promise<RunningVerdict & { readonly verdict: "passed" }>;
  /** The basis of each reply and behaviour. */
  getLedger(filter?: Pick<RequestFilter, "vendor">): Promise<{
    readonly rows: readonly LedgerRow[];
  }>;
  /** A vendor's OpenAPI document, prose and provenance included. */
  getDocument(vendor: string): Promise<Readonly<Record<string, unknown>>>;
  /** `dropped`: the number of exchanges that full journals have dropped. */
  listRequests(filter?: RequestFilter): Promise<{
    readonly dropped: number;
    readonly requests: readonly Exchange[];
  }>;
  clearRequests(filter?: Pick<RequestFilter, "tenant">): Promise<{
    readonly cleared: readonly string[];
  }>;
  /**
   * Exchanges as they happen, each one when it begins (`open`) and when it ends. Resolves once the server sends them, so
   * that none is missed from then on. Ends with the signal, or with a `break`.
   */
  streamRequests(filter?: StreamFilter, signal?: AbortSignal): Promise<AsyncIterable<Exchange>>;
  /** An HTTP Archive 1.2. */
  exportHar(filter?: RequestFilter): Promise<Readonly<Record<string, unknown>>>;
  listFaultKinds(): Promise<{ readonly faults: readonly FaultKindView[] }>;
  listScenarios(): Promise<{ readonly scenarios: readonly ScenarioView[] }>;
  listTriggers(): Promise<{ readonly triggers: readonly TriggerView[] }>;
  /** Puts every tenant back into its first state. */
  reset(): Promise<{ readonly reset: readonly string[] }>;
  listTenants(): Promise<{ readonly tenants: readonly TenantView[] }>;
  createTenant(tenant?: {
    readonly name?: string;
    readonly settings?: Partial<FullTenantSettings>;
  }): Promise<TenantView>;
  getTenant(tenant: string): Promise<TenantView>;
  deleteTenant(tenant: string): Promise<{ readonly deleted: string }>;
  resetTenant(tenant: string): Promise<{ readonly reset: readonly string[] }>;
  getClock(tenant: string): Promise<ClockView>;
  moveClock(tenant: string, step: ClockMove): Promise<ClockView>;
  listActions(tenant: string): Promise<{ readonly actions: readonly ActionView[] }>;
  moveAction(tenant: string, action: string, step?: ActionMove): Promise<ActionView>;
  takeSnapshot(tenant: string): Promise<Snapshot>;
  restoreSnapshot(tenant: string, snapshot: Snapshot): Promise<{ readonly restored: string }>;
  chooseScenario(
    tenant: string,
    scenario: { readonly name: string },
  ): Promise<{ readonly name: string; readonly scenario: string }>;
  listFaults(tenant: string): Promise<{ readonly faults: readonly LiveRule[] }>;
  addFault(tenant: string, rule: FaultRule): Promise<LiveRule>;
  clearFaults(tenant: string): Promise<{ readonly removed: readonly string[] }>;
  removeFault(tenant: string, fault: string): Promise<{ readonly removed: readonly string[] }>;
  /** Rows of a vendor's inventory, such as Qualys' `events`, as the vendor's calls show them. */
  listInventory(
    tenant: string,
    vendor: string,
    kind: string,
  ): Promise<{ readonly rows: readonly InventoryRow[] }>;
  /** Adds a row, or replaces the row with the same id. Missing members are filled in. Resolves with the whole row. */
  addToInventory(
    tenant: string,
    vendor: string,
    kind: string,
    row: InventoryRow,
  ): Promise<InventoryRow>;
  removeFromInventory(
    tenant: string,
    vendor: string,
    kind: string,
    id: string,
  ): Promise<{ readonly removed: readonly string[] }>;
  /** Values with which a call of the operation works in the tenant now, to try it. */
  getExample(tenant: string, vendor: string, operation: string): Promise<Example>;
  /** The calls of the action that this request created or asked for. */
  listRelated(tenant: string, request: string): Promise<RelatedView>;
  /** Resolves with the verdict, even if it is `failed`. */
  verify(tenant: string, expectation: Expectation): Promise<Verdict>;
}

/** Where each operation is. A new one is a line here and a method above. */
export const PATHS: {
  readonly [Operation in keyof ControlClient]: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;
} = {
  getHealth: "GET /health",
  getCa: "GET /ca.pem",
  listFindings: "GET /findings",
  getVerdict: "GET /verdict",
  getLedger: "GET /ledger",
  getDocument: "GET /documents/{vendor}",
  listRequests: "GET /requests",
  clearRequests: "DELETE /requests",
  streamRequests: "GET /requests/stream",
  exportHar: "GET /requests/har",
  listFaultKinds: "GET /faults",
  listScenarios: "GET /scenarios",
  listTriggers: "GET /triggers",
  reset: "POST /reset",
  listTenants: "GET /tenants",
  createTenant: "POST /tenants",
  getTenant: "GET /tenants/{tenant}",
  deleteTenant: "DELETE /tenants/{tenant}",
  resetTenant: "POST /tenants/{tenant}/reset",
  getClock: "GET /tenants/{tenant}/clock",
  moveClock: "POST /tenants/{tenant}/clock",
  listActions: "GET /tenants/{tenant}/actions",
  moveAction: "POST /tenants/{tenant}/actions/{action}/move",
  takeSnapshot: "GET /tenants/{tenant}/snapshot",
  restoreSnapshot: "PUT /tenants/{tenant}/snapshot",
  chooseScenario: "PUT /tenants/{tenant}/scenario",
  listFaults: "GET /tenants/{tenant}/faults",
  addFault: "POST /tenants/{tenant}/faults",
  clearFaults: "DELETE /tenants/{tenant}/faults",
  removeFault: "DELETE /tenants/{tenant}/faults/{fault}",
  listInventory: "GET /tenants/{tenant}/inventory/{vendor}/{kind}",
  addToInventory: "POST /tenants/{tenant}/inventory/{vendor}/{kind}",
  removeFromInventory: "DELETE /tenants/{tenant}/inventory/{vendor}/{kind}/{id}",
  getExample: "GET /tenants/{tenant}/examples/{vendor}/{operation}",
  listRelated: "GET /tenants/{tenant}/requests/{request}/related",
  verify: "POST /tenants/{tenant}/verify",
};
