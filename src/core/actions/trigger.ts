import { type Refusal, VendorError } from "../errors.ts";
import type { Fault } from "../faults/fault.ts";
import { refusalExample } from "../refusal-examples.ts";
import type { Store } from "../store.ts";
import type { Lifecycle } from "./progress.ts";

/**
 * A reserved target: a call that names it gets a fixed outcome. For clients that cannot set a header. Its id ends in
 * the number `code`, for every vendor.
 */
export interface Trigger {
  readonly name: string;
  readonly code: number;
  readonly description: string;
  readonly lifecycle: Lifecycle;
  readonly refusalOf?: (action: string) => Refusal;
  /** The fault that changes the reply. */
  readonly fault?: Fault;
  /** The refusal or fault applies to the first call only. */
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
  refusalOf: (action) =>
    refusalExample(kind, {
      why: `names the reserved target ${code}, which forces a ${code}`,
      action,
      method: "",
      path: "",
    }),
});

/** THE table of triggers. README, banner, control API and inventories use it. */
export const TRIGGERS: readonly Trigger[] = [
  lifecycle(1, "completes", "the action succeeds"),
  lifecycle(2, "fails", "the action fails"),
  lifecycle(3, "file-absent", "the action fails because the file is not there"),
  lifecycle(4, "partial", "the action succeeds in part"),
  lifecycle(5, "times-out", "the action times out"),
  lifecycle(6, "expires", "the agent never answers and the action expires"),
  lifecycle(7, "stays-pending", "the action is never picked up"),
  lifecycle(8, "stuck", "the action is picked up and never ends"),
  lifecycle(9, "is-cancelled", "the action is cancelled before it starts"),
  lifecycle(10, "is-aborted", "the action is aborted while it runs"),
  {
    ...lifecycle(104, "completes", ""),
    name: "resets",
    description:
      "the first call takes effect, but a connection reset cuts its reply; later calls succeed",
    fault: { kind: "CONNECTION_RESET_BY_PEER", afterBytes: 10, effect: true },
    once: true,
  },
  refusal("malformed", 400, "the call is refused: bad request"),
  refusal("unauthenticated", 401, "the call is refused: unauthorized"),
  refusal("unlicensed", 402, "the call is refused: no licence"),
  refusal("forbidden", 403, "the call is refused: no permission"),
  {
    ...refusal(
      "rate-limited",
      429,
      "the first call is refused by the rate limit; later calls succeed",
    ),
    once: true,
  },
  refusal("failure", 500, "the call fails with the vendor's own server error"),
];

/** Throws the refusal of the first trigger among the targets, if there is one. */
export function trip(triggers: Iterable<Trigger>, action: string, store: Store): void {
  for (const trigger of triggers) {
    if (trigger.refusalOf && isDue(trigger, store)) {
      throw new VendorError({ ...trigger.refusalOf(action), onRequest: true });
    }
  }
}

/** The fault of the first trigger among the targets that has one. */
export function faultOf(triggers: Iterable<Trigger>, store: Store): Fault | undefined {
  for (const trigger of triggers) if (trigger.fault && isDue(trigger, store)) return trigger.fault;
  return undefined;
}

const isDue = ({ name, once }: Trigger, store: Store): boolean =>
  !once || store.next(`trigger ${name}`) === 1;
