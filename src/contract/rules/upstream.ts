import type { Basis } from "../../core/basis.ts";
import type { Rule } from "../../core/contract.ts";
import { callName } from "./reading.ts";

/** How the server behind `--upstream` differs from the vendor's document. It says nothing against the client. */
export const upstreamDrift: Rule = {
  id: "upstream.drift",
  severity: "must",
  basis: "documented",
  title: "The server behind --upstream answers as the vendor's document says",
  fix: "Where the server is the vendor's, the document in specs/ is wrong; otherwise the server is.",
  source: "The vendor's document in specs/, at this operation",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) =>
      (exchange.upstream?.drifts ?? []).map(({ where, what, basis }) => ({
        exchanges: [exchange.id],
        what: `${callName(exchange)} ${where}: ${what}`,
        basis: basis as Basis,
      })),
    ),
};

/** The client got an error response that is not the server's, so what it did with the real one was not seen. */
export const upstreamHeldBack: Rule = {
  id: "upstream.held-back",
  severity: "info",
  basis: "documented",
  title: "All calls are passed on to the server behind --upstream",
  fix: "Name each machine that the call may act on: --allow-destructive --target ID.",
  source: "A choice of fauxdr, so that no test acts on a machine by accident",
  judge: (exchanges) =>
    exchanges
      .filter(({ upstream }) => upstream?.heldBack)
      .map((exchange) => ({
        exchanges: [exchange.id],
        what: `${callName(exchange)} was held back`,
      })),
};
