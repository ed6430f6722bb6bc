import type { Contract, Flaw, Rule } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName, isOk, nextSame } from "./reading.ts";

/** The same request always gets the same status. */
const HOPELESS: readonly number[] = [400, 401, 402, 403];

/** So do these kinds, although a wire form may use the status of a server error for them. */
const WRONG_FORM: readonly string[] = ["malformed", "not-an-object", "invalid"];

/** Only the text of such an error response shows that trying again is useless. */
const IN_TEXT_ONLY: Pick<Flaw, "basis" | "source"> = {
  basis: "observed",
  source:
    "replies of the vendor that give a wrong request the status of a failure, and name the mistake in their text",
};

export const hopelessRetry = ({ logins }: Contract): Rule => ({
  id: "retry.hopeless",
  severity: "must",
  basis: "documented",
  title: "A request that was refused for its content or credentials is not sent again unchanged",
  fix: "Do not retry 400, 401, 402 or 403; after a 401 log in first, if there is a login.",
  source:
    "The vendors' documents: these refusals name a mistake of the request or of its credentials",
  judge: (exchanges) => {
    /** By exchange: the number of logins before it. */
    const loginsBefore: number[] = [];
    let count = 0;
    for (const exchange of exchanges) {
      loginsBefore.push(count);
      if (logins.includes(exchange.operation ?? "") && isOk(exchange)) count++;
    }
    return exchanges.flatMap((exchange, index) => {
      const { id, reply, aborted } = exchange;
      if (!reply || aborted) return [];
      const isTold = HOPELESS.includes(reply.status);
      if (!isTold && !isWrongForm(exchange)) return [];
      const at = nextSame(exchanges)[index] ?? -1;
      const again = exchanges[at];
      if (!again || !isUnchanged(exchange, again)) return [];
      if (loginsBefore[at] !== loginsBefore[index + 1]) return [];
      return [
        {
          exchanges: [id, again.id],
          what: `${callName(exchange)} was refused with ${reply.status} and sent again${howChanged(exchange, again)}`,
          ...(!isTold && IN_TEXT_ONLY),
        },
      ];
    });
  },
});

/** Problems that fauxdr only assumes, or does not support, are not the client's mistake. */
function isWrongForm({ refusal }: Exchange): boolean {
  if (refusal === undefined || refusal.onRequest || !WRONG_FORM.includes(refusal.kind))
    return false;
  if (refusal.kind !== "invalid") return true;
  return [refusal.problem, ...(refusal.others ?? [])].some(
    ({ basis = "assumed", unserved }) => basis !== "assumed" && !unserved,
  );
}

/**
 * The journal has no credentials, so this compares their effect. A request that is accepted, or rejected for another
 * reason, has other credentials.
 */
function isUnchanged(first: Exchange, again: Exchange): boolean {
  if (first.fault) return true;
  return !isOk(again) && (again.fault !== undefined || reasonOf(first) === reasonOf(again));
}

/** Credentials cannot be compared, but the other headers can. */
function howChanged({ request: first }: Exchange, { request: again }: Exchange): string {
  const isSame = JSON.stringify(first.headers) === JSON.stringify(again.headers);
  return isSame ? " unchanged" : " with other headers, and refused for the same reason";
}

const reasonOf = ({ refusal, principal }: Exchange): string => JSON.stringify([refusal, principal]);
