/** Which clock times are shown in. */
export type Zone = "UTC" | "local";

/** The time of day of an ISO 8601 time in UTC, to the millisecond. */
export const timeOf = (at: string, zone: Zone): string => dateOf(at, zone).slice(11, 23);

/** Date and time: `2026-01-31 12:00:00.000`. */
export function dateOf(at: string, zone: Zone): string {
  if (zone === "UTC") return at.replace("T", " ").replace("Z", "");
  // Swedish dates are as in ISO 8601.
  local ??= new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" });
  return local.format(momentOf(at)) + at.slice(19, 23);
}

let local: Intl.DateTimeFormat | undefined;

/** How a zone is written behind a time: `UTC`, `GMT+01:00`. */
export function zoneName(at: string, zone: Zone): string {
  if (zone === "UTC") return "UTC";
  const parts = new Intl.DateTimeFormat("en", { timeZoneName: "longOffset" });
  const name = parts.formatToParts(momentOf(at)).find(({ type }) => type === "timeZoneName");
  return name?.value ?? "";
}

/** Milliseconds since 1970 of a time in UTC. */
function momentOf(at: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    at.match(/\d+/g) ?? []
  ).map(Number);
  // Counted from March, so that a leap day is the last of its year.
  const years = month > 2 ? year : year - 1;
  const days =
    365 * years +
    Math.floor(years / 4) -
    Math.floor(years / 100) +
    Math.floor(years / 400) +
    Math.floor((153 * ((month + 9) % 12) + 2) / 5) +
    day -
    DAYS_TO_1970;
  return 1000 * (((days * 24 + hour) * 60 + minute) * 60 + second);
}

/** From the first of March of the year 0 to 1970, by the same count. */
const DAYS_TO_1970 = 719_469;
