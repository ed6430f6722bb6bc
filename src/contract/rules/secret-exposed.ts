import type { Contract, Rule } from "../../core/contract.ts";
import { REDACTED } from "../../core/journal/redact.ts";
import { callName } from "./reading.ts";

export const secretExposed = ({ logins }: Contract): Rule => ({
  id: "secret.exposed",
  severity: "must",
  basis: "documented",
  title: "Credentials are in headers only",
  fix: "Remove the credential from URL and body: proxies, logs and histories keep both.",
  source: "RFC 9110, section 17.9, and RFC 6750, section 5.3: no credentials in URLs",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, operation = "", request, reply } = exchange;
      // The user's own document asks for it there.
      if (reply?.basis === "yours") return [];
      // A truncated call has no operation yet, and its body may be that of a login.
      const isLogin = logins.includes(operation) || (operation === "" && reply === undefined);
      const places = [
        ...(isIn(request.url) ? ["URL"] : []),
        ...(isIn(request.body.text) && !isLogin ? ["body"] : []),
      ];
      return places.map((place) => ({
        exchanges: [id],
        what: `${callName(exchange)} has a credential in its ${place}`,
      }));
    }),
});

/** The journal's replacement for a credential. In a URL it may be percent-encoded. */
const isIn = (text: string): boolean => text.includes(REDACTED);
