import type { Broken } from "./promises.ts";
import type { ImpostorKind } from "./target.ts";

/** What came to an impostor. */
export interface Met {
  readonly connections: number;
  readonly requests: number;
}

/** Why a client that was sent to an impostor cannot be judged. Undefined if it connected to it. */
export const missingConnection = ({ connections }: Met): string | undefined =>
  connections === 0 ? "the case needs a connection to judge, but none came" : undefined;

const FLAWS: Readonly<Record<ImpostorKind, string>> = {
  "unknown-ca": "is signed by a CA that it was not told to trust",
  "wrong-name": "is for another host",
};

/** What is wrong with a client that trusted an impostor. */
export const takenIn = (kind: ImpostorKind, { requests }: Met): Broken[] =>
  requests === 0
    ? []
    : [
        {
          what: `it sent its request, with its credentials, to a server whose certificate ${FLAWS[kind]}`,
          fix: "Leave the check of certificates and host names on, and trust the CA in FAUXDR_CA_FILE.",
        },
      ];
