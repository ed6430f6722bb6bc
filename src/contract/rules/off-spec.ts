import type { Flaw, Rule } from "../../core/contract.ts";
import type { Problem, Refusal } from "../../core/errors.ts";
import { callName } from "./reading.ts";

type Place = Omit<Flaw, "exchanges">;

export const offSpec: Rule = {
  id: "request.off-spec",
  severity: "must",
  basis: "documented",
  title: "A request matches the vendor's documents",
  fix: "Send method, path, content type and body as the operation's description says.",
  source: "The vendor's description of the call, named in fauxdr ledger",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      if (!refusal || refusal.onRequest) return [];
      return placesIn(refusal).map(({ what, ...rest }) => ({
        exchanges: [id],
        what: `${callName(exchange)}: ${what}`,
        ...rest,
      }));
    }),
};

/** What is wrong at each place. Empty if the request's form is not the reason of the refusal. */
function placesIn(refusal: Refusal): readonly Place[] {
  switch (refusal.kind) {
    case "malformed":
      return [unreadable(refusal)];
    case "not-an-object":
    case "invalid": {
      const others = refusal.kind === "invalid" ? (refusal.others ?? []) : [];
      return [refusal.problem, ...others]
        .filter(({ unserved, basis }) => !unserved && basis !== "yours")
        .map(placeOf);
    }
    case "wrong-method": {
      const methods = refusal.allowed.join(", ");
      const fix = `Send ${methods} to this path.`;
      return [{ what: `the path takes ${methods}, not ${refusal.method}`, fix }];
    }
    default:
      return [];
  }
}

const CHOICE = "A choice of fauxdr; no public source says what the vendor does";

function unreadable({
  reason,
  fault,
  basis = "documented",
}: Extract<Refusal, { kind: "malformed" }>): Place {
  const at = fault ? ` (${fault.message}, line ${fault.line}, column ${fault.column})` : "";
  return {
    what: `the body cannot be read: ${reason}${at}`,
    basis,
    source:
      basis === "assumed" ? CHOICE : "RFC 8259: what a JSON text is; RFC 9112: how long a body is",
    fix: "Write the body with a JSON library, and send all of it.",
  };
}

function placeOf({ where, what, basis = "assumed", source }: Problem): Place {
  const place = where || "the body";
  return {
    what: `${place} ${what}`,
    basis,
    ...(basis === "assumed" ? { source: CHOICE } : source !== undefined && { source }),
    fix: `Change ${place} as described, or leave it out if the call has no such field.`,
  };
}
