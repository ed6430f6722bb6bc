import { inTurns } from "../../core/in-turns.ts";
import type { Exchange, Journal } from "../../core/journal/journal.ts";

/**
 * Reads exchanges, newest first, until `isEnough`, and returns them oldest first. In turns with other calls: exchanges
 * that nobody has read yet are built now, which takes long for thousands.
 */
export async function readInTurns(
  { newestFirst }: Pick<Journal, "newestFirst">,
  isEnough: (exchange: Exchange) => boolean = () => false,
): Promise<Exchange[]> {
  const found: Exchange[] = [];
  const reading = function* (): Iterable<unknown, void> {
    for (const exchange of newestFirst()) {
      if (isEnough(exchange)) return;
      yield found.push(exchange);
    }
  };
  await inTurns(reading());
  return found.reverse();
}
