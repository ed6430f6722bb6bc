import type { Contract, Flaw, Rule } from "../../core/contract.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { isOk, isReadable, isSame, nameOf } from "./reading.ts";

const TEXT: Omit<Rule, "severity" | "judge"> = {
  id: "destructive.twice",
  title: "A call that does something to machines is sent once for what it is to do",
  fix: "Before sending it again, look at what became of the first one; otherwise report that nobody knows.",
  basis: "documented",
  source:
    "RFC 9110, section 9.2.2: no automatic retry of a request that is not idempotent; the vendors' calls have no idempotency key",
};

/** The same call twice: grave where the client cannot know whether the first one took effect. */
export const twice = ({ destructive }: Contract): readonly Rule[] => {
  const only = (exchanges: readonly Exchange[]): readonly Exchange[] =>
    exchanges.filter(({ operation = "" }) => destructive.includes(operation));
  return [
    { ...TEXT, severity: "must", judge: (exchanges) => only(exchanges).flatMap(sentBlindly) },
    { ...TEXT, severity: "should", judge: (exchanges) => only(exchanges).flatMap(repeated) },
  ];
};

function sentBlindly(first: Exchange, index: number, calls: readonly Exchange[]): Flaw[] {
  if (!isLost(first)) return [];
  const again = calls.slice(index + 1).find((later) => isSame(later, first));
  if (!again) return [];
  const done = first.fault?.effect ? ", which had taken effect," : "";
  return [
    {
      exchanges: [first.id, again.id],
      what: `the reply to ${nameOf(first)}${done} was lost, and the call was sent again`,
    },
  ];
}

/** Another call in between is another intent: a host may be isolated, freed and isolated. */
function repeated(first: Exchange, index: number, calls: readonly Exchange[]): Flaw[] {
  const again = calls[index + 1];
  if (!again || !isSame(first, again) || ![first, again].every(wasAnswered)) return [];
  return [
    {
      exchanges: [first.id, again.id],
      what: `${nameOf(first)} was answered, and sent again unchanged`,
    },
  ];
}

const wasAnswered = (exchange: Exchange): boolean => isOk(exchange) && isReadable(exchange);

/** Of replies that went out whole: what breaks the connection leaves none, or one that is aborted. */
const UNREADABLE: readonly Fault["kind"][] = ["broken-json", "broken-gzip", "wrong-content-type"];

/** With these the server says that it did nothing, and asks to come again. */
const NOT_NOW: readonly number[] = [429, 503];

function isLost({ reply, aborted, fault, refusal }: Exchange): boolean {
  if (refusal) return false;
  if (!reply || aborted) return true;
  if (!fault) return false;
  if (UNREADABLE.includes(fault.kind)) return true;
  return fault.effect && reply.cause !== "ok" && !NOT_NOW.includes(reply.status);
}
