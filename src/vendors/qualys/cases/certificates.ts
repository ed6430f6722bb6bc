import type { ContractCase } from "../../../core/contract.ts";
import { quarantineCase, sends } from "./world.ts";

/** For clients that get an https URL. The call must not come to anybody. */
const refuses = (
  given: Pick<ContractCase, "id" | "title"> & Required<Pick<ContractCase, "impostor">>,
): ContractCase =>
  quarantineCase({
    ...given,
    source:
      "RFC 9110, section 4.3.4: a client must verify that the service's identity is that of the URL's host",
    needs: ["tls"],
    outcomes: ["failed", "refused"],
    wire: [sends({ times: 0 })],
  });

export const certificates: readonly ContractCase[] = [
  refuses({
    id: "qualys.certificates.unknown-ca",
    title: "A server whose certificate an unknown CA has signed gets no call",
    impostor: "unknown-ca",
  }),
  refuses({
    id: "qualys.certificates.wrong-name",
    title: "A server whose certificate is for another host gets no call",
    impostor: "wrong-name",
  }),
];
