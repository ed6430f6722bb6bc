import type { Contract } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";

/**
 * A contract that reads each exchange once, however many rules ask about it. Reads them now, in pieces, because it takes
 * long for a long journal.
 */
export function* remembering(
  contract: Contract,
  exchanges: readonly Exchange[],
): Iterable<unknown, Contract> {
  const { progressOf, createdBy, aimOf } = contract;
  const own = {
    progressOf: once(progressOf),
    createdBy: once(createdBy),
    ...(aimOf && { aimOf: once(aimOf) }),
  };
  for (const exchange of exchanges) {
    try {
      for (const read of Object.values(own)) read(exchange);
    } catch {
      // The rule that asks gets the same error, which then has its name.
    }
    yield;
  }
  // Not spread: a contract may make its cases when they are first asked for.
  return Object.assign(Object.create(contract) as Contract, own);
}

function once<Answer>(read: (exchange: Exchange) => Answer): (exchange: Exchange) => Answer {
  const known = new Map<Exchange, Answer>();
  return (exchange) => {
    if (!known.has(exchange)) known.set(exchange, read(exchange));
    return known.get(exchange) as Answer;
  };
}
