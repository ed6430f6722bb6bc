import type { ContractCase } from "../../../core/contract.ts";
import { ask, COMPLETES, common, follow } from "./common.ts";

/** For clients that get an https URL. */
const refuses = (
  impostor: NonNullable<ContractCase["impostor"]>,
  title: string,
  input = ask(COMPLETES),
): ContractCase => ({
  ...common,
  wireForms: ["document"],
  id: `cortex.certificates.${impostor}`,
  title,
  source:
    "RFC 9110, section 4.3.4: a client must verify that the service's identity is that of the URL's host",
  needs: ["tls"],
  impostor,
  input,
  outcomes: ["failed", "refused"],
});

export const certificateCases: readonly ContractCase[] = [
  refuses("unknown-ca", "A server whose certificate an unknown CA has signed gets no call"),
  refuses("wrong-name", "A server whose certificate is for another host gets no call"),
  refuses(
    "unknown-ca-later",
    "A server whose certificate is right at first, and then of an unknown CA, gets no second call",
    { ...follow(COMPLETES), giveUpSeconds: 3 },
  ),
];
