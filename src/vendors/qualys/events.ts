import { dateParts } from "../../core/clock.ts";
import { derived } from "../../core/derived.ts";
import type { Table } from "../../core/store.ts";
import type { Tenant } from "../../core/tenant.ts";
import { eventTime } from "./times.ts";

/** An event that an agent recorded on its host. */
export interface Event {
  readonly id: string;
  /** Empty in an event that names no host of the inventory. */
  readonly agentId: string;
  /** In milliseconds. Before this time the event is not listed. */
  readonly at: number;
  /** The object is no longer on the host, so the row is a historical one. */
  readonly gone: boolean;
  /** The row in replies, without its id, time and host. An `id` or `asset` in it replaces that of the event. */
  readonly row: EventRow;
}

export type EventType = "FILE" | "PROCESS" | "NETWORK" | "MUTEX" | "REGISTRY" | "SYSTEM";

/** An event in replies. Scores of indicators are numbers here. */
export interface EventRow {
  readonly type: EventType;
  readonly action: string;
  /** From 0, known good, to 10, malicious. Missing if it is unknown. */
  readonly score?: string;
  readonly indicator2?: readonly Indicator[];
  readonly file?: Part;
  readonly process?: Part;
  readonly actor?: Part;
  readonly [member: string]: unknown;
}

type Part = Readonly<Record<string, unknown>>;

export interface Indicator {
  readonly score?: string | number;
  readonly sha256?: string;
  readonly [member: string]: unknown;
}

export const events: Table<Event> = {
  name: "qualys.events",
  key: ({ id }) => id,
  shape: {
    members: {
      id: "text",
      agentId: "text",
      at: "moment",
      gone: "switch",
      row: {
        members: {
          type: { oneOf: ["FILE", "PROCESS", "NETWORK", "MUTEX", "REGISTRY", "SYSTEM"] },
          action: "text",
        },
        optional: {
          score: "text",
          indicator2: { list: { members: {} } },
          file: { members: {} },
        },
      },
    },
  },
};

/** The events that have happened, in no order. The same array as long as these are all and none changes. */
export function pastEvents({ store, clock }: Tenant): readonly Event[] {
  const now = clock.now();
  const all = store.all(events);
  return derived(all, latest, () => latest(all)) <= now ? all : all.filter(({ at }) => at <= now);
}

const latest = (all: readonly Event[]): number =>
  all.reduce((most, { at }) => Math.max(most, at), Number.NEGATIVE_INFINITY);

/** Undefined if there is no such event, or not yet. */
export function pastEvent(id: string, { store, clock }: Tenant): Event | undefined {
  const event = store.get(events, id);
  return event && event.at <= clock.now() ? event : undefined;
}

/** Scores from 8 on are malicious. */
export const isMalicious = ({ row }: Event): boolean => Number(row.score) >= 8;

/** An event without its time. */
export interface EventSeed {
  readonly agentId: string;
  readonly secondsAgo: number;
  readonly gone: boolean;
  /** A 64-bit number, in the id of a row whose object is still there. */
  readonly serial: string;
  /** A UUID, in the id of a historical row. */
  readonly series: string;
  readonly row: EventRow;
}

/** The file that an action on an event affects. Without a file, that of the process behind the event. */
export function fileOf({ row }: Event): { fileName: string; fullPath: string; sha256: string } {
  const file = (row.file ?? {}) as Readonly<Record<string, string | undefined>>;
  const process = (row.process ?? {}) as Readonly<Record<string, string | undefined>>;
  return {
    fileName: file["fileName"] ?? process["processName"] ?? "",
    fullPath: file["fullPath"] ?? process["fullPath"] ?? "",
    sha256: file["sha256"] ?? row.indicator2?.[0]?.sha256 ?? "0".repeat(64),
  };
}

/** F and N are recorded, RTP is documented for processes. The others are assumed. */
const LETTERS: Readonly<Record<EventType, string>> = {
  FILE: "F",
  PROCESS: "RTP",
  NETWORK: "N",
  MUTEX: "M",
  REGISTRY: "R",
  SYSTEM: "S",
};

/** An agent sends its events three minutes later. */
const PROCESSED_AFTER = 180_000;
/** A file is a little older than its event. */
const FILE_AGE = 153_710;

/** Sets the times of an event, relative to `now`. */
export function eventOf(seed: EventSeed, now: number): Event {
  const { agentId, gone, row } = seed;
  const at = now - Math.round(1000 * seed.secondsAgo);
  const seriesId = historicalId(row.type, seed.series, at);
  const dated = datedParts(seed, at);
  if (gone) return { id: seriesId, agentId, at, gone, row: { ...row, ...dated } };
  return {
    id: activeId(row, agentId, seed.serial),
    agentId,
    at,
    gone,
    row: {
      eventProcessedTime: eventTime(at + PROCESSED_AFTER),
      timeSeriesId: seriesId,
      ...row,
      ...dated,
    },
  };
}

/** The parts of a row that contain a time or the id of a process event. */
function datedParts({ row, series, serial }: EventSeed, at: number): Partial<EventRow> {
  const { type, file, process, actor } = row;
  const processEventId = historicalId("PROCESS", series, at);
  return {
    ...(file && { file: { ...file, createdDate: eventTime(at - FILE_AGE) } }),
    ...(process && type === "PROCESS" && { process: { ...process, processEventId } }),
    ...(actor && { actor: { ...actor, processEventId, processUniqueId: serial } }),
  };
}

/** In the id of an event that names no agent. */
const NO_AGENT = "00000000-0000-4000-8000-000000000000";

/** `F_<agentId>_<number>`, followed by the process id if a process caused the event. */
export function activeId({ type, process }: EventRow, agentId: string, serial: string): string {
  const pid = process?.["pid"];
  const hasPid = pid !== undefined && (type === "PROCESS" || type === "NETWORK");
  return `${LETTERS[type]}_${agentId || NO_AGENT}_${serial}${hasPid ? `_${pid}` : ""}`;
}

const DAY_MS = 86_400_000;
/** The last days, because most events of a fleet share theirs. */
const days = new Map<number, string>();
const MOST_DAYS = 100;

function dayOf(at: number): string {
  const number = Math.floor(at / DAY_MS);
  const known = days.get(number);
  if (known !== undefined) return known;
  const { day, month, year } = dateParts(at);
  const text = `${day}-${month}-${year}`;
  if (days.size < MOST_DAYS) days.set(number, text);
  return text;
}

/** `F_<uuid>_<day>-<month>-<year>`: the day of the event in UTC, without leading zeros. */
function historicalId(type: EventType, series: string, at: number): string {
  return `${LETTERS[type]}_${series}_${dayOf(at)}`;
}
