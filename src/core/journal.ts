import type { Refusal } from "./errors.ts";

/** A body as the journal keeps it: credentials taken out, cut at the journal's cap. */
export interface StoredBody {
  readonly text: string;
  /** Length on the wire, before anything was cut. */
  readonly bytes: number;
  /** The text does not hold all of it. */
  readonly cut?: true;
}

/** One request and what became of it. Nothing here is secret: credentials are taken out before an exchange is stored. */
export interface Exchange {
  /** Counted from 1 in its tenant; never given twice until a reset. */
  readonly id: number;
  /** The tenant's time at which the request was complete (ISO 8601). */
  readonly at: string;
  readonly tenant: string;
  /** Nothing where no vendor serves such a path. */
  readonly vendor?: string;
  readonly operation?: string;
  /** Who called, as far as the credentials held. */
  readonly principal?: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: StoredBody;
  };
  /** Nothing where the connection ended first. */
  readonly reply?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: StoredBody;
    /** Why this reply was given, and how sure it is that the vendor would give it. */
    readonly cause: string;
    readonly basis?: string;
  };
  readonly refusal?: Refusal;
  /** A fault of fauxdr's own. The reply is then not the vendor's. */
  readonly error?: string;
  readonly durationMs: number;
}

/** A tenant's exchanges, oldest first. Bounded: the oldest go, and are counted. */
export interface Journal {
  add(exchange: Omit<Exchange, "id">): Exchange;
  entries(): readonly Exchange[];
  /** How many exchanges are gone because the journal was full. */
  readonly dropped: number;
  clear(): void;
}

export interface JournalLimits {
  readonly entries: number;
  /** Of all stored bodies together; the newest exchange stays, however large. */
  readonly bytes: number;
}

export function createJournal(limits: JournalLimits): Journal {
  let kept: Exchange[] = [];
  let bytes = 0;
  let ids = 0;
  let dropped = 0;
  const size = ({ request, reply }: Omit<Exchange, "id">): number =>
    request.body.text.length + (reply?.body.text.length ?? 0);
  return {
    add: (exchange) => {
      const entry: Exchange = { id: ++ids, ...exchange };
      kept.push(entry);
      bytes += size(entry);
      while (kept.length > 1 && (kept.length > limits.entries || bytes > limits.bytes)) {
        const oldest = kept.shift();
        if (oldest) bytes -= size(oldest);
        dropped++;
      }
      return entry;
    },
    entries: () => [...kept],
    get dropped() {
      return dropped;
    },
    clear: () => {
      kept = [];
      bytes = 0;
      ids = 0;
      dropped = 0;
    },
  };
}
