import type { Flaw, Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";
import { eventReads } from "./event-reads.ts";

export const pastTheEnd: Rule = {
  id: "qualys.paging.past-the-end",
  severity: "should",
  basis: "observed",
  title: "Reading ends at the first empty page",
  fix: "Stop when a page is empty, or has fewer rows than pageSize.",
  source:
    "chronicle/content-hub QualysEDRManager.py ends at a page that is not full, zarguell/qualys-ta-splunk iocpopulator.py at an empty one",
  judge: (exchanges) => {
    /** By the rest of the query: the first page that was empty, and its exchange. */
    const ends = new Map<string, { readonly page: number; readonly exchange: Exchange }>();
    return eventReads(exchanges, /^(list|search).*(Events|Assets|After)$/).flatMap(
      ({ exchange, query }): Flaw[] => {
        if (query.has("searchAfterValues")) return [];
        const page = Number(query.get("pageNumber") ?? 0);
        query.delete("pageNumber");
        const key = `${exchange.operation} ${query}`;
        const end = ends.get(key);
        // From an earlier page on, it reads again.
        if (end && page <= end.page) ends.delete(key);
        else if (end) {
          const what = `page ${page} was asked for, although page ${end.page} was empty`;
          return [{ exchanges: [end.exchange.id, exchange.id], what }];
        }
        if (isEmpty(exchange)) ends.set(key, { page, exchange });
        return [];
      },
    );
  },
};

/** With a fault, the client may have received less than the journal has. */
const isEmpty = ({ reply, fault, aborted }: Exchange): boolean =>
  fault === undefined &&
  aborted === undefined &&
  (reply?.status === 204 || (reply?.status === 200 && reply.body.text.trim() === "[]"));
