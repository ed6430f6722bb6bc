import type { Exchange } from "./journal.ts";
import type { Difference, Subject } from "./where.ts";

/** The parts of an exchange's request that conditions look at. */
export function newSubject({ request }: Exchange): Subject {
  const { text: body, cut = false } = request.body;
  return { ...request, body, cut };
}

/** Nobody knows whether it fits. */
export const UNRECORDED: Difference = {
  where: "exchange",
  expected: "an exchange that was recorded",
  actual: "one that could not be recorded",
  hidden: true,
};
