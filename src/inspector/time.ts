/** Which clock times are shown in. */
export type Zone = "UTC" | "local";

/** The time of day of an ISO 8601 time, to the millisecond. */
export function timeOf(at: string, zone: Zone): string {
  return dateOf(at, zone).slice(11, 23);
}

/** Date and time: `2026-01-31 12:00:00.000`. */
export function dateOf(at: string, zone: Zone): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  // As ISO 8601, but of the other zone: the digits are right, only the Z is not.
  const shifted = zone === "UTC" ? time : new Date(time.getTime() - minutesWest(time) * 60_000);
  return shifted.toISOString().replace("T", " ").replace("Z", "");
}

/** How a zone is written behind a time: `UTC`, `+01:00`. */
export function zoneName(at: string, zone: Zone): string {
  if (zone === "UTC") return "UTC";
  const west = minutesWest(new Date(at));
  const minutes = Math.abs(west);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${west > 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const minutesWest = (time: Date): number => time.getTimezoneOffset() || 0;
