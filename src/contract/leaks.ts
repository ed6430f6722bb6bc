import type { Finding } from "../core/contract.ts";

/** A shorter one may stand in a text by chance. */
const SHORTEST = 6;

/** Finds secrets in a text that comes in pieces, wherever the pieces are cut. */
export interface LeakFinder {
  /** Whether a secret has come, with this piece or before. */
  add(text: string): boolean;
}

export function leakFinder(secrets: readonly string[]): LeakFinder {
  const spellings = [...new Set(secrets)]
    .filter(({ length }) => length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const longest = Math.max(1, ...spellings.map(({ length }) => length));
  let end = "";
  let found = false;
  return {
    add: (text) => {
      const whole = end + text;
      found ||= spellings.some((spelling) => whole.includes(spelling));
      end = whole.slice(1 - longest || whole.length);
      return found;
    },
  };
}

/** What is wrong with a client that printed one of its credentials on those streams. */
export const leakFindings = (streams: readonly string[], vendor: string): Finding[] =>
  streams.map((stream) => ({
    rule: "secret.printed",
    vendor,
    severity: "must",
    basis: "documented",
    what: `it printed one of its credentials on ${stream}`,
    fix: "Print that a credential is set, or its last two characters; never the credential.",
    source:
      "CWE-532, Insertion of Sensitive Information into Log File: https://cwe.mitre.org/data/definitions/532.html",
    exchanges: [],
  }));
