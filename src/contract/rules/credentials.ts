import type { Contract, Rule } from "../../core/contract.ts";
import type { CredentialFlaw } from "../../core/errors.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { callName } from "./reading.ts";

const SOURCE =
  "The vendor's documents on authentication; specs/ names them at its security schemes";

const rule = (
  flaw: CredentialFlaw,
  text: Pick<Rule, "title" | "fix">,
  isFlawed: (exchange: Exchange) => boolean = () => false,
): Rule => ({
  id: `auth.${flaw}`,
  severity: "must",
  basis: "documented",
  ...text,
  source: SOURCE,
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const { id, refusal } = exchange;
      const hit = refusal?.kind === "unauthenticated" && refusal.flaw === flaw;
      if (!hit && !isFlawed(exchange)) return [];
      if (!hit)
        return [{ exchanges: [id], what: `${callName(exchange)}: no user has these credentials` }];
      const { reason, mistake } = refusal;
      const what = `${callName(exchange)}: ${mistake?.what ?? reason}`;
      return [{ exchanges: [id], what, ...(mistake && { fix: mistake.fix }) }];
    }),
});

/** The rules for credentials. Expired ones are not the client's mistake. */
export const credentials = ({ logins }: Contract): readonly Rule[] => [
  rule("missing", {
    title: "Every call that needs credentials has them",
    fix: "Send the headers that authenticate with every call, also with those that ask for a status.",
  }),
  rule(
    "wrong",
    {
      title: "Credentials are those from the environment",
      fix: "Use the id and key from the environment; each id has its own key.",
    },
    ({ operation = "", reply, fault }) =>
      logins.includes(operation) && reply?.cause === "unauthenticated" && !fault,
  ),
  rule("scheme", {
    title: "Credentials are in the form that the vendor accepts",
    fix: "Write the headers as the vendor's documents have them: scheme, order and alphabet.",
  }),
];
