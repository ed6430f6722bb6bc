/** What a name says about its value: it is a credential, it may be shown, or nothing. */
export type Kind = "credential" | "shown" | "unknown";

/** The names that a server knows to be harmless, by place. Header names are in lower case. */
export interface Known {
  readonly headers: ReadonlySet<string>;
  /** In queries. */
  readonly parameters: ReadonlySet<string>;
  /** In forms and JSON. */
  readonly fields: ReadonlySet<string>;
  /** Headers with a credential's id, which is a number. */
  readonly keyIds: ReadonlySet<string>;
  /** Segments of paths. */
  readonly segments: ReadonlySet<string>;
}

/** A part that always means a credential, in a name without separators. */
const STRONG =
  /passw|passphrase|pwd|secret|token|apikey|authori[sz]ation|credential|privatekey|accesskey|signingkey|authkey|assertion|sessionid|xamzsignature|jwt/;
/** A whole name that means a credential, unless it is known as harmless. */
const WEAK = /^(?:x?(?:key|auth|pass|sig|signature|pin|otp|code|bearer|session|cookie|nonce))$/;
/** The end of the name of a credentials header. */
const HEADER =
  /(?:authori[sz]ation|cookie|nonce|apikey|authkey|accesskey|privatekey|secret|token|password|passwd|pwd|passphrase|credentials?|assertion|signature|session|sessionid|jwt|xauth|xkey)$/;

const MOST_NAMES = 2000;

/** Judges names in free text, and in texts that fauxdr wrote. */
export const proseJudge = (): ((name: string) => Kind) =>
  remembered((name) => (STRONG.test(squeezed(name)) ? "credential" : "shown"));

/** Judges the names of fields. */
export function fieldJudge(known: Known | undefined): (name: string) => Kind {
  return remembered((name) => {
    const plain = squeezed(name);
    if (STRONG.test(plain)) return "credential";
    if (known?.fields.has(name)) return "shown";
    if (known !== undefined) return "unknown";
    return WEAK.test(plain) ? "credential" : "shown";
  });
}

/** Judges the names in queries and forms. There `key=` is a credential, even if a field of JSON has that name. */
export function parameterJudge(known: Known | undefined): (name: string) => Kind {
  return remembered((name) => {
    const plain = squeezed(name);
    if (STRONG.test(plain)) return "credential";
    if (known?.parameters.has(name)) return "shown";
    if (WEAK.test(plain)) return "credential";
    return known === undefined || known.fields.has(name) ? "shown" : "unknown";
  });
}

/** Judges the names of headers, in either case. */
export function headerJudge(known: Known | undefined): (name: string) => Kind | "key-id" {
  return remembered((name) => {
    const lower = name.toLowerCase();
    if (HEADER.test(squeezed(name))) return "credential";
    if (known === undefined) return "shown";
    if (known.keyIds.has(lower)) return "key-id";
    return HARMLESS.has(lower) || known.headers.has(lower) ? "shown" : "unknown";
  });
}

/** An unknown name is shown only if it looks like a word. A secret in its place has digits, or is long. */
export const isWord = (name: string): boolean =>
  name.length <= 40 && /^[a-z_$@.-]*(?:\d{1,3}[a-z_$@.-]*)?$/i.test(name);

/** Without separators, in lower case. */
const squeezed = (name: string): string =>
  (name.length > LONGEST_NAME ? name.slice(0, LONGEST_NAME) : name)
    .replace(/[^a-z0-9]/gi, "")
    .toLowerCase();

const LONGEST_NAME = 200;

/** Caches judgements, up to a limit: clients send the same names in call after call. */
function remembered<Judged>(judge: (name: string) => Judged): (name: string) => Judged {
  const kinds = new Map<string, Judged>();
  return (name) => {
    let kind = kinds.get(name);
    if (kind === undefined) {
      kind = judge(name);
      if (kinds.size < MOST_NAMES && name.length <= LONGEST_NAME) kinds.set(name, kind);
    }
    return kind;
  };
}

/** Headers of HTTP, browsers, proxies and tracing that never hold a credential. */
const HARMLESS: ReadonlySet<string> = new Set(
  `accept accept-charset accept-encoding accept-language accept-ranges access-control-allow-credentials
  access-control-allow-headers access-control-allow-methods access-control-allow-origin access-control-expose-headers
  access-control-max-age access-control-request-headers access-control-request-method
  access-control-request-private-network age allow baggage cache-control connection content-disposition
  content-encoding content-language content-length content-location content-range content-security-policy
  content-type date dnt etag expect expires forwarded from host if-match if-modified-since if-none-match if-range
  if-unmodified-since keep-alive last-modified link location max-forwards mime-version origin pragma prefer
  preference-applied priority proxy-connection range referer referrer-policy retry-after save-data sec-ch-ua
  sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-gpc server
  server-timing te traceparent tracestate trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary
  via warning www-authenticate x-content-type-options x-correlation-id x-fauxdr-error x-forwarded-for
  x-forwarded-host x-forwarded-port x-forwarded-proto x-frame-options x-ratelimit-limit x-ratelimit-remaining
  x-ratelimit-reset x-real-ip x-request-id x-requested-with`
    .split(/\s+/)
    .filter((name) => name !== ""),
);

/** Headers with free text. Hidden until the whole request has arrived, because the body may show that it is a secret. */
export const FREE_TEXT: ReadonlySet<string> = new Set(
  "baggage from referer tracestate user-agent x-correlation-id x-request-id x-requested-with".split(
    " ",
  ),
);
