import type { Rule } from "../../core/contract.ts";
import { nameOf } from "./reading.ts";

/** A mock that serves http alone gives clients no choice: the calls are judged where some came over https. */
export const tlsOff: Rule = {
  id: "tls.off",
  severity: "info",
  basis: "documented",
  title: "Where https is spoken, every call goes over it",
  fix: "Build every URL from the base URL that was given, its scheme included.",
  source: "The vendors' documents print https in every URL",
  judge: (exchanges) => {
    const open = exchanges.filter(({ request }) => request.scheme === "http");
    const [first] = open;
    if (!first || open.length === exchanges.length) return [];
    return [
      {
        exchanges: open.map(({ id }) => id),
        what: `${nameOf(first)} was sent in the clear, while other calls went over https`,
      },
    ];
  },
};
