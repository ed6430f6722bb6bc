import type { Exchange } from "./journal.ts";
import type { Difference, Subject } from "./where.ts";

/** The parts of an exchange's request that conditions check. */
export function newSubject({ request }: Exchange): Subject {
  const { text: body, cut = false } = request.body;
  return { ...request, body, cut };
}

/** For an exchange that could not be recorded: whether it matches is unknown. */
export const UNRECORDED: Difference = {
  where: "exchange",
  expected: "an exchange that was recorded",
  actual: "one that could not be recorded",
  hidden: true,
};
