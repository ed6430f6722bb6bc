import type { Flaw, Judge } from "./contract.ts";
import { atOnce } from "./in-turns.ts";
import type { Exchange } from "./journal/journal.ts";

/** The judge of a rule whose work can be interrupted after each piece. */
export const judgeInPieces = (pieces: NonNullable<Judge["pieces"]>): Judge =>
  Object.assign((exchanges: readonly Exchange[]) => atOnce(pieces(exchanges)), { pieces });

/** The judge of a rule that looks at each exchange alone. */
export const judgeEach = (each: (exchange: Exchange) => readonly Flaw[]): Judge =>
  judgeInPieces(function* (exchanges) {
    const flaws: Flaw[] = [];
    for (const exchange of exchanges) {
      for (const flaw of each(exchange)) flaws.push(flaw);
      yield;
    }
    return flaws;
  });
