const ATTRIBUTES = ["include_attributes", "exclude_attributes"];
const PAGE = ["filter", "pageNumber", "pageSize", ...ATTRIBUTES];
const EVENTS = [...PAGE, "state", "sort", "fromDate", "toDate"];
const CURSOR = "searchAfterValues";

/** The vendor's query parameters, by operation. The operations of version 1 have the same. */
export const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  listEvents: EVENTS,
  countEvents: ["filter", "state", "fromDate", "toDate"],
  searchEventsAfter: [...EVENTS, CURSOR],
  countEventsInBuckets: ["filter", "fromDate", "toDate", "bucketCount"],
  searchIncidentsAfter: [...PAGE, CURSOR],
  searchIncidentEventsAfter: [...EVENTS, CURSOR],
  listAssets: PAGE,
  countAssets: ["filter"],
  searchAssetsAfter: [...PAGE, CURSOR],
};
