import { type Refusal, VendorError } from "../errors.ts";
import type { Fault } from "../faults/fault.ts";
import { exampleOf } from "../refusal-examples.ts";
import type { Store } from "../store.ts";
import type { Lifecycle } from "./progress.ts";

/**
 * A reserved target that makes something happen to whoever aims at it: for clients that cannot set a header.
 * `code` is the number that its id ends in, with every vendor.
 */
export interface Trigger {
  readonly name: string;
  readonly code: number;
  readonly description: string;
  readonly lifecycle: Lifecycle;
  readonly refuse?: (action: string) => Refusal;
  /** What happens to the reply. */
  readonly fault?: Fault;
  /** Refusal or fault strike the first call only. */
  readonly once?: boolean;
}

const lifecycle = (code: number, name: Lifecycle, description: string): Trigger => ({
  name,
  code,
  description,
  lifecycle: name,
});

const refusal = (kind: Refusal["kind"], code: number, description: string): Trigger => ({
  name: `refuses-${code}`,
  code,
  description,
  lifecycle: "completes",
  refuse: (action) =>
    exampleOf(kind, {
      why: `refused because the request names the reserved target ${code}`,
      action,
      method: "",
      path: "",
    }),
});

/** THE table of triggers. The README, the banner, the control API and the inventories are made from it. */
export const TRIGGERS: readonly Trigger[] = [
  lifecycle(1, "completes", "the action succeeds"),
  lifecycle(2, "fails", "the action fails"),
  lifecycle(3, "file-absent", "the action fails because the file is not there"),
  lifecycle(4, "partial", "the action succeeds in part"),
  lifecycle(5, "times-out", "the action runs into its time limit"),
  lifecycle(6, "expires", "the agent never answers and the action expires"),
  lifecycle(7, "stays-pending", "the action is never picked up"),
  lifecycle(8, "stuck", "the action is picked up and never ends"),
  lifecycle(9, "is-cancelled", "the action is cancelled before it starts"),
  lifecycle(10, "is-aborted", "the action is aborted while it runs"),
  {
    ...lifecycle(104, "completes", ""),
    name: "resets",
    description:
      "the first call takes effect and its reply is cut by a reset, later ones go through",
    fault: { kind: "CONNECTION_RESET_BY_PEER", afterBytes: 10, effect: true },
    once: true,
  },
  refusal("invalid", 400, "the call is refused as a bad request"),
  refusal("unauthenticated", 401, "the call is refused as unauthorized"),
  refusal("unlicensed", 402, "the call is refused for want of a licence"),
  refusal("forbidden", 403, "the call is refused for want of a permission"),
  {
    ...refusal(
      "rate-limited",
      429,
      "the first call is refused as one too many, later ones go through",
    ),
    once: true,
  },
  refusal("failure", 500, "the call is refused with the vendor's own failure"),
];

/** Plays the refusal of the first trigger among the targets, if there is one. */
export function trip(triggers: Iterable<Trigger>, action: string, store: Store): void {
  for (const trigger of triggers) {
    if (trigger.refuse && isDue(trigger, store)) {
      throw new VendorError({ ...trigger.refuse(action), onRequest: true });
    }
  }
}

/** The fault that the first trigger among the targets has for the reply, if there is one. */
export function faultOf(triggers: Iterable<Trigger>, store: Store): Fault | undefined {
  for (const trigger of triggers) if (trigger.fault && isDue(trigger, store)) return trigger.fault;
  return undefined;
}

const isDue = ({ name, once }: Trigger, store: Store): boolean =>
  !once || store.next(`trigger ${name}`) === 1;
