import type { ContractCase } from "../../../core/contract.ts";
import { type Given, quarantineCase, sends } from "./world.ts";

/** For clients that get an https URL. */
const refuses = (
  given: Pick<Given, "id" | "title" | "input" | "wire"> & Required<Pick<Given, "impostor">>,
): ContractCase =>
  quarantineCase({
    ...given,
    source:
      "RFC 9110, section 4.3.4: a client must verify that the service's identity is that of the URL's host",
    needs: ["tls"],
    outcomes: ["failed", "refused"],
  });

/** The call must not come to anybody. */
const NO_CALL = [sends({ times: 0 })];

export const certificates: readonly ContractCase[] = [
  refuses({
    id: "qualys.certificates.unknown-ca",
    title: "A server whose certificate an unknown CA has signed gets no call",
    impostor: "unknown-ca",
    wire: NO_CALL,
  }),
  refuses({
    id: "qualys.certificates.wrong-name",
    title: "A server whose certificate is for another host gets no call",
    impostor: "wrong-name",
    wire: NO_CALL,
  }),
  refuses({
    id: "qualys.certificates.unknown-ca-later",
    title:
      "A server whose certificate is right at first, and then of an unknown CA, gets no second call",
    impostor: "unknown-ca-later",
    input: { wait: true, giveUpSeconds: 3 },
  }),
];
