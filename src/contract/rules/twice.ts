import type { Contract, Flaw, Rule } from "../../core/contract.ts";
import type { Fault } from "../../core/faults/fault.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName, isOk, isReadable, isSame, nextSame } from "./reading.ts";

const TEXT: Omit<Rule, "severity" | "judge"> = {
  id: "destructive.twice",
  title: "A call that acts on machines is sent once for each task",
  fix: "Before sending it again, check whether the first one took effect; otherwise report that this is unknown.",
  basis: "documented",
  source:
    "RFC 9110, section 9.2.2: no automatic retry of a request that is not idempotent; the vendors' calls have no idempotency key",
};

/** Identical calls. Severe if the client cannot know whether the first one took effect. */
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
  const again = calls[nextSame(calls)[index] ?? -1];
  if (!again) return [];
  const done = first.fault?.effect ? ", which had taken effect," : "";
  return [
    {
      exchanges: [first.id, again.id],
      what: `the reply to ${callName(first)}${done} was lost, and the call was sent again`,
    },
  ];
}

/** A different action in between starts a new task: a host may be isolated, released and isolated. */
function repeated(first: Exchange, index: number, calls: readonly Exchange[]): Flaw[] {
  const again = calls[index + 1];
  if (!again || !isSame(first, again) || ![first, again].every(wasAnswered)) return [];
  return [
    {
      exchanges: [first.id, again.id],
      what: `${callName(first)} was answered, and sent again unchanged`,
    },
  ];
}

const wasAnswered = (exchange: Exchange): boolean => isOk(exchange) && isReadable(exchange);

/** Faults whose reply is sent completely, but cannot be read. */
const UNREADABLE: readonly Fault["kind"][] = ["broken-json", "broken-gzip", "wrong-content-type"];

/** With these the server says that it did nothing, and that the client may try again. */
const NOT_NOW: readonly number[] = [429, 503];

function isLost({ reply, aborted, fault, refusal }: Exchange): boolean {
  if (refusal) return false;
  if (!reply || aborted) return true;
  if (!fault) return false;
  if (UNREADABLE.includes(fault.kind)) return true;
  return fault.effect && reply.cause !== "ok" && !NOT_NOW.includes(reply.status);
}
