import { type Refusal, VendorError } from "./errors.ts";
import type { Course } from "./progress.ts";
import type { Store } from "./store.ts";

/**
 * A reserved target that makes something happen to whoever aims at it: for clients that cannot set a header.
 * `code` is the number that its id ends in, with every vendor.
 */
export interface Trigger {
  readonly name: string;
  readonly code: number;
  readonly description: string;
  readonly course: Course;
  readonly refuse?: (action: string) => Refusal;
  /** The refusal strikes the first call only. */
  readonly once?: boolean;
}

const course = (code: number, name: Course, description: string): Trigger => ({
  name,
  code,
  description,
  course: name,
});

const refusal = (code: number, description: string, refuse: Trigger["refuse"]): Trigger => ({
  name: `refuses-${code}`,
  code,
  description,
  course: "completes",
  ...(refuse && { refuse }),
});

const principal = "the caller";

/** THE table of triggers. The README, the banner, the control API and the inventories are made from it. */
export const TRIGGERS: readonly Trigger[] = [
  course(1, "completes", "the action succeeds"),
  course(2, "fails", "the action fails"),
  course(3, "file-absent", "the action fails because the file is not there"),
  course(4, "partial", "the action succeeds in part"),
  course(5, "times-out", "the action runs into its time limit"),
  course(6, "expires", "the agent never answers and the action expires"),
  course(7, "stays-pending", "the action is never picked up"),
  course(8, "stuck", "the action is picked up and never ends"),
  course(9, "is-cancelled", "the action is cancelled before it starts"),
  course(10, "is-aborted", "the action is aborted while it runs"),
  refusal(400, "the call is refused as a bad request", () => ({
    kind: "invalid",
    problem: { where: "", what: "refused because the request names the reserved target 400" },
  })),
  refusal(401, "the call is refused as unauthorized", () => ({
    kind: "unauthenticated",
    reason: "refused because the request names the reserved target 401",
  })),
  refusal(402, "the call is refused for want of a licence", () => ({
    kind: "unlicensed",
    principal,
  })),
  refusal(403, "the call is refused for want of a permission", (action) => ({
    kind: "forbidden",
    principal,
    permission: action,
  })),
  {
    ...refusal(429, "the first call is refused as one too many, later ones go through", () => ({
      kind: "rate-limited",
      limit: 10,
      windowSeconds: 1,
      retryAfterSeconds: 1,
    })),
    once: true,
  },
  refusal(500, "the call is refused with the vendor's own failure", () => ({
    kind: "failure",
    reason: "refused because the request names the reserved target 500",
  })),
];

/** Plays the refusal of the first trigger among the targets, if there is one. */
export function trip(triggers: Iterable<Trigger>, action: string, store: Store): void {
  for (const { refuse, once, name } of triggers) {
    if (refuse && !(once && store.next(`trigger ${name}`) > 1))
      throw new VendorError(refuse(action));
  }
}
