import type { Contract, Flaw, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName, isSame, isTakenOn } from "./reading.ts";

/** Batches that overlap. The rule `destructive.twice` judges identical calls. */
export const doubled = ({ aimOf }: Contract): Rule => ({
  id: "targets.doubled",
  severity: "should",
  basis: "documented",
  title: "Batches of the same task name each target once",
  fix: "Split the list of targets so that each is in one call, and remove duplicates.",
  source: "The vendors' documents: every call creates an action for each target that it names",
  judge: (exchanges) => {
    if (aimOf === undefined) return [];
    const flaws: Flaw[] = [];
    let subject: string | undefined;
    let batches: Exchange[] = [];
    let seen = new Set<string>();
    for (const exchange of exchanges.filter(isTakenOn)) {
      const aim = aimOf(exchange);
      if (aim === undefined) continue;
      // A different action in between starts a new task: a machine may be isolated, released and isolated.
      if (aim.subject !== subject) [subject, batches, seen] = [aim.subject, [], new Set()];
      const twice = aim.targets.filter((id) => seen.has(id));
      // A repeated list starts a new task too, and is not a batch.
      const isRepeated = (): boolean => batches.some((batch) => isSame(batch, exchange));
      if (twice.length > 0 && batches.length > 0 && !isRepeated()) {
        flaws.push({
          exchanges: [...batches.map(({ id }) => id), exchange.id],
          what: `${callName(exchange)} names ${twice.length} of ${aim.targets.length} targets that an earlier call has named: ${twice.slice(0, 3).join(", ")}`,
        });
      }
      batches.push(exchange);
      for (const id of aim.targets) seen.add(id);
    }
    return flaws;
  },
});
