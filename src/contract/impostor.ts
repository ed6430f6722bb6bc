import type { Broken } from "./promises.ts";
import type { ImpostorKind } from "./target.ts";

/** What came to an impostor while its certificate was wrong. */
export interface Met {
  readonly connections: number;
  readonly requests: number;
}

/** Why a client that was sent to an impostor cannot be judged. Undefined if it connected to it. */
export const missingConnection = (kind: ImpostorKind, { connections }: Met): string | undefined => {
  if (connections > 0) return undefined;
  const when = kind === "unknown-ca-later" ? " after the certificate changed" : "";
  return `the case needs a connection${when} to judge, but none came`;
};

const FLAWS: Readonly<Record<ImpostorKind, string>> = {
  "unknown-ca": "is signed by a CA that it was not told to trust",
  "wrong-name": "is for another host",
  "unknown-ca-later":
    "is signed by a CA that it was not told to trust, although its first call had met a right one",
};

/** What is wrong with a client that trusted an impostor. */
export const takenIn = (kind: ImpostorKind, { requests }: Met): Broken[] =>
  requests === 0
    ? []
    : [
        {
          what: `it sent its request, with its credentials, to a server whose certificate ${FLAWS[kind]}`,
          fix: "Leave the check of certificates and host names on in every call, and trust the CA in FAUXDR_CA_FILE.",
        },
      ];
