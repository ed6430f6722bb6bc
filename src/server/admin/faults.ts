import { VendorError } from "../../core/errors.ts";
import { FAULTS, type Fault, type FaultRule } from "../../core/faults/fault.ts";
import type { Expectation } from "../../core/journal/verify.ts";
import { json } from "../../core/reply.ts";
import { allScenarios } from "../../core/scenario.ts";
import type { Operation } from "../../core/vendor.ts";
import type { AdminHandles } from "./context.ts";
import type { OnTenant } from "./on-tenant.ts";
import { readInTurns } from "./read-journal.ts";

/** A reserved target, and the outcome that it forces. */
export interface TriggerView {
  readonly vendor: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A kind of fault, and the members that it needs and takes. */
export interface FaultKindView {
  readonly kind: Fault["kind"];
  readonly description: string;
  readonly effect: "always" | "as told";
  readonly needs: readonly string[];
  readonly takes: readonly string[];
}

/** A vendor's part of a scenario, or a scenario of every vendor. */
export interface ScenarioView {
  readonly vendor?: string;
  readonly name: string;
  readonly description: string;
}

/** The operations on triggers, faults and scenarios, and the one that verifies an expectation. */
export function faultOperations(
  { vendors, tenants }: AdminHandles,
  { onTenant }: OnTenant,
): Record<string, Operation> {
  return {
    listTriggers: () =>
      json({
        triggers: vendors.flatMap(({ name: vendor, triggers }) =>
          [...triggers].map(
            ([id, { name, description }]): TriggerView => ({ vendor, id, name, description }),
          ),
        ),
      }),
    listFaultKinds: () =>
      json({
        faults: Object.entries(FAULTS).map(
          ([kind, { description, effect, needs = [], takes = [] }]): FaultKindView => ({
            kind: kind as Fault["kind"],
            description,
            effect,
            needs,
            takes: ["delayMs", ...takes].filter((name) => !needs.includes(name)),
          }),
        ),
      }),
    listScenarios: () =>
      json({
        scenarios: allScenarios(vendors).map(
          ({ vendor, name, description }): ScenarioView => ({
            ...(vendor !== undefined && { vendor }),
            name,
            description,
          }),
        ),
      }),
    chooseScenario: onTenant(async (tenant, { body }) => {
      await tenants.reset([tenant.name], (body as { name: string }).name);
      return json({ name: tenant.name, scenario: tenant.scenario });
    }),
    listFaults: onTenant(({ faults }) => json({ faults: faults.list() })),
    addFault: onTenant(({ faults }, { body }) =>
      json(faults.add(body as FaultRule), { status: 201 }),
    ),
    clearFaults: onTenant(({ faults }) => {
      const cleared = faults.list().map(({ id }) => id);
      faults.clear();
      return json({ removed: cleared });
    }),
    removeFault: onTenant(({ faults }, { params }) => {
      const id = params["fault"] ?? "";
      if (faults.remove(id)) return json({ removed: [id] });
      throw new VendorError({ kind: "not-found", what: "fault rule", id });
    }),
    verify: onTenant(async (tenant, { body }) => {
      // What is read here is only looked through below.
      await readInTurns(tenant.journal);
      return json(tenant.verdict(body as Expectation));
    }),
  };
}
