import type { Flaw, Rule } from "../../../core/contract.ts";
import { eventReads } from "./event-reads.ts";

export const cursorUnused: Rule = {
  id: "qualys.paging.cursor-unused",
  severity: "should",
  basis: "documented",
  title: "A searchAfter call goes on with the cursor of the reply before",
  fix: "Send the value of the header searchAfterValue (or searchAfterValues) back as the parameter searchAfterValues.",
  source:
    "Qualys EDR API, Fetch Asset Details Using SearchAfter: searchAfterValues is mandatory in every follow-up request",
  judge: (exchanges) =>
    eventReads(exchanges, /^search\w+After$/).flatMap(({ exchange, query }): Flaw[] => {
      const page = Number(query.get("pageNumber") ?? 0);
      if (!(page > 0) || query.has("searchAfterValues")) return [];
      const what = `page ${page} was asked for by its number, without searchAfterValues`;
      return [{ exchanges: [exchange.id], what }];
    }),
};
