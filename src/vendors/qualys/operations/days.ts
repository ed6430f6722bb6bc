const DAY = 86_400_000;

/**
 * Whether a moment (milliseconds) lies on the days from `fromDate` to `toDate`, both in seconds. Only their days count, in
 * UTC, and both ends belong to the range. Without one of them it is open at that end.
 */
export function isOnDays(query: Readonly<Record<string, unknown>>): (at: number) => boolean {
  const day = (name: string): number | undefined =>
    query[name] === undefined ? undefined : Math.floor((1000 * Number(query[name])) / DAY) * DAY;
  const from = day("fromDate") ?? Number.NEGATIVE_INFINITY;
  const to = (day("toDate") ?? Number.POSITIVE_INFINITY) + DAY;
  return (at) => at >= from && at < to;
}
