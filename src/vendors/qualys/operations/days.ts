const DAY = 86_400_000;

/**
 * Whether a time (milliseconds) is in the range of days (UTC) from `fromDate` to `toDate`, both in seconds and both
 * included. Without one of them, the range is open at that end. Undefined without both.
 */
export function isOnDays(
  query: Readonly<Record<string, unknown>>,
): ((at: number) => boolean) | undefined {
  if (query["fromDate"] === undefined && query["toDate"] === undefined) return undefined;
  const day = (name: string): number | undefined =>
    query[name] === undefined ? undefined : Math.floor((1000 * Number(query[name])) / DAY) * DAY;
  const from = day("fromDate") ?? Number.NEGATIVE_INFINITY;
  const to = (day("toDate") ?? Number.POSITIVE_INFINITY) + DAY;
  return (at) => at >= from && at < to;
}
