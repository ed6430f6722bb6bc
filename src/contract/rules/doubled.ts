import type { Contract, Flaw, Rule } from "../../core/contract.ts";
import { callName, isTakenOn, keyOf } from "./reading.ts";

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
    /** Of this task: its requests, and by target the first call that names it. */
    let requests = new Set<string>();
    let firstOf = new Map<string, number>();
    for (const exchange of exchanges.filter(isTakenOn)) {
      const aim = aimOf(exchange);
      if (aim === undefined) continue;
      // A different action in between starts a new task: a machine may be isolated, released and isolated.
      if (aim.subject !== subject) {
        [subject, requests, firstOf] = [aim.subject, new Set(), new Map()];
      }
      const twice = aim.targets.filter((id) => firstOf.has(id));
      const key = keyOf(exchange);
      // A repeated list starts a new task too, and is not a batch.
      if (twice.length > 0 && !requests.has(key)) {
        const earlier = new Set(twice.flatMap((id) => firstOf.get(id) ?? []));
        flaws.push({
          exchanges: [...earlier, exchange.id],
          what: `${callName(exchange)} names ${twice.length} of ${aim.targets.length} targets that an earlier call has named: ${twice.slice(0, 3).join(", ")}`,
        });
      }
      requests.add(key);
      for (const id of aim.targets) if (!firstOf.has(id)) firstOf.set(id, exchange.id);
    }
    return flaws;
  },
});
