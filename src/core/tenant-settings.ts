import { type AlsoSource, readAlsoSources } from "./also-document.ts";
import { isMoment, parseTime } from "./clock.ts";
import type { FaultRule } from "./faults/fault.ts";
import { readFaultRules } from "./faults/read-fault.ts";

/** The settings that every tenant has. A vendor adds its own. */
export const TENANT_SETTINGS = {
  wire: {
    kind: "choice",
    choices: ["document", "recorded"],
    default: "document",
    doc: "wire form of the replies: what the vendor's documents print, or what recordings show",
  },
  seed: {
    kind: "text",
    default: "fauxdr",
    doc: "seed of every id and choice; the same seed gives the same bytes",
  },
  clock: {
    kind: "text",
    check: (value: string): string | undefined =>
      value === "real" || isMoment(parseTime(value))
        ? undefined
        : 'must be "real" or a moment such as 2026-01-31T12:00:00Z',
    default: "real",
    doc: "real, or a moment at which the clock is frozen",
  },
  progress: {
    kind: "choice",
    choices: ["time", "polls", "manual"],
    default: "time",
    doc: "time: actions advance as time passes; polls: with status calls; manual: when you advance them",
  },
  stepSeconds: {
    kind: "integer",
    min: 0,
    max: 86_400,
    default: 1,
    doc: "seconds that an action is pending, and then in progress (progress=time)",
  },
  timeoutSeconds: {
    kind: "integer",
    min: 1,
    max: 31_536_000,
    default: 600,
    doc: "seconds until an action in progress times out (progress=time)",
  },
  expirySeconds: {
    kind: "integer",
    min: 1,
    max: 31_536_000,
    default: 86_400,
    doc: "seconds until an action that no agent picked up expires (progress=time)",
  },
  stepPolls: {
    kind: "integer",
    min: 1,
    max: 1000,
    default: 1,
    doc: "status calls for each step (progress=polls); a timeout takes 5 times as many, an expiry 10 times",
  },
  fleet: {
    kind: "integer",
    min: 0,
    max: 100_000,
    default: 0,
    doc: "number of machines to generate for each vendor, in addition to the fixtures",
  },
  scenario: {
    kind: "text",
    default: "ordinary" as string,
    doc: "state that the tenant starts in; GET /__admin/scenarios lists them",
  },
  faults: {
    kind: "json",
    read: (value: unknown): readonly FaultRule[] => readFaultRules(value),
    default: [],
    doc: "fault rules to start with: a JSON array",
  },
  also: {
    kind: "list",
    read: (value: unknown): readonly AlsoSource[] => readAlsoSources(value),
    default: [],
    doc: "OpenAPI documents with calls of a vendor that fauxdr does not serve: [vendor=]FILE, several times",
  },
  journalEntries: {
    kind: "integer",
    min: 1,
    max: 1_000_000,
    default: 10_000,
    doc: "exchanges that the journal keeps; it drops the oldest first, and counts them",
  },
  journalBodyBytes: {
    kind: "integer",
    min: 0,
    max: 10_485_760,
    default: 65_536,
    doc: "characters of a body that the journal keeps",
  },
  journalShows: {
    kind: "choice",
    choices: ["known", "all"],
    default: "known",
    doc: "what the journal shows: known: names that a document knows; all: everything but credentials",
  },
} as const;
