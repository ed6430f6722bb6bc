import { addMonths, parseTime } from "../../../core/clock.ts";
import type { Value } from "./scanner.ts";

/** A range of numbers or of times in milliseconds, with both ends included: one value, or a whole day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function numberSpan({ text }: Value): Span | undefined {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? { from: number, to: number } : undefined;
}

const DAY = 86_400_000;
const RELATIVE = /^now(?:\s*([-+])\s*(\d{1,6})\s*([smhdwMy]))?$/i;
/** Seconds, weeks and months are in the vendor's examples; the other units are assumed. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY,
  w: 7 * DAY,
};

/** A date-time with a zone, a day in UTC, `now`, or `now-3M`. */
export function momentSpan({ text }: Value, now: number): Span | undefined {
  const at = parseTime(text) ?? relative(text, now);
  if (at !== undefined) return { from: at, to: at };
  const midnight = parseTime(`${text}T00:00:00Z`);
  return midnight === undefined ? undefined : { from: midnight, to: midnight + DAY - 1 };
}

function relative(text: string, now: number): number | undefined {
  const [found, sign, amount, unit = ""] = RELATIVE.exec(text) ?? [];
  if (found === undefined) return undefined;
  const count = Number(`${sign ?? ""}${amount ?? 0}`);
  if (unit === "M") return addMonths(now, count);
  if (unit === "y" || unit === "Y") return addMonths(now, 12 * count);
  return now + count * (UNITS[unit.toLowerCase()] ?? 0);
}
