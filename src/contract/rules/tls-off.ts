import type { Rule } from "../../core/contract.ts";
import { callName } from "./reading.ts";

/** Only judges clients that also use https, because a mock without TLS leaves them no choice. */
export const tlsOff: Rule = {
  id: "tls.off",
  severity: "must",
  basis: "documented",
  title: "A client that uses https uses it for every call",
  fix: "Build every URL from the given base URL, including its scheme.",
  source:
    "The vendors' documents print https in every URL; CWE-319, Cleartext Transmission of Sensitive Information",
  judge: (exchanges) => {
    const open = exchanges.filter(({ request }) => request.scheme === "http");
    const [first] = open;
    if (!first || open.length === exchanges.length) return [];
    return [
      {
        exchanges: open.map(({ id }) => id),
        what: `${callName(first)} was sent over http, while other calls were sent over https`,
      },
    ];
  },
};
