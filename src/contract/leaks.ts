import type { Finding } from "../core/contract.ts";

/** A shorter secret may be in a text by chance. */
const SHORTEST = 6;

/** Finds secrets in a text that arrives in chunks, also across chunks. */
export interface LeakFinder {
  /** Whether this chunk, or an earlier one, contains a secret. */
  add(text: string): boolean;
}

/** A token that a login gave: RFC 7519. */
const TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;
const LONGEST_TOKEN = 4096;

/** With `tokens`, every signed token is a secret as well: for output in which no other service's can be. */
export function leakFinder(
  secrets: readonly string[],
  { tokens = false }: { readonly tokens?: boolean } = {},
): LeakFinder {
  const spellings = [...new Set(secrets)]
    .filter(({ length }) => length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const lengths = spellings.map(({ length }) => length);
  const longest = Math.max(tokens ? LONGEST_TOKEN : 1, ...lengths);
  let end = "";
  let found = false;
  return {
    add: (text) => {
      const whole = end + text;
      found ||=
        spellings.some((spelling) => whole.includes(spelling)) || (tokens && TOKEN.test(whole));
      end = whole.slice(1 - longest || whole.length);
      return found;
    },
  };
}

/** The rule of such a finding. */
export const PRINTED = "secret.printed";

/** The findings for a client that printed one of its credentials on these streams. */
export const leakFindings = (streams: readonly string[], vendor: string): Finding[] =>
  streams.map((stream) => ({
    rule: PRINTED,
    vendor,
    severity: "must",
    basis: "documented",
    what: `it printed one of its credentials on ${stream}`,
    fix: "Print that a credential is set, or its last two characters; never the credential.",
    source:
      "CWE-532, Insertion of Sensitive Information into Log File: https://cwe.mitre.org/data/definitions/532.html",
    exchanges: [],
  }));
