import { describe, expect, it } from "vitest";
import { cursorUnused } from "../../../../src/vendors/qualys/rules/cursor-unused.ts";
import { pastTheEnd } from "../../../../src/vendors/qualys/rules/past-the-end.ts";
import { wholeDays } from "../../../../src/vendors/qualys/rules/whole-days.ts";
import { journalOf, type Made } from "../../../support/broken-qualys/journal.ts";

const listed = (query: string, answer: unknown = [{}], operation = "listEvents"): Made => ({
  operation,
  url: `/ioc/events?${query}`,
  answer,
});
const page = (number: number, answer: unknown, rest = ""): Made =>
  listed(`pageSize=2&pageNumber=${number}${rest}`, answer);

describe("the end of a list", () => {
  it.each<[string, Made[]]>([
    ["reading stops at it", [page(0, [{}, {}]), page(1, [])]],
    ["the list is empty, and is read again later", [page(0, []), page(0, []), page(0, [{}])]],
    [
      "it is read again from the first page",
      [page(1, []), page(0, [{}]), page(1, [{}]), page(2, [])],
    ],
    ["another list goes on", [page(1, []), page(2, [{}], "&filter=type:FILE")]],
    [
      "the empty page was a fault's",
      [{ ...page(1, []), fault: { rule: "r", kind: "html-page", effect: true } }, page(2, [])],
    ],
    ["the empty page broke off", [{ ...page(1, []), aborted: true }, page(2, [])]],
    [
      "the list is one of another call",
      [
        { ...page(1, []), operation: "getList" },
        { ...page(2, []), operation: "getList" },
        { ...page(1, []), operation: "unlistEvents" },
        { ...page(2, []), operation: "unlistEvents" },
        { ...page(1, []), operation: "listEventsAside" },
        { ...page(2, []), operation: "listEventsAside" },
      ],
    ],
    [
      "a call has the same query as another",
      [page(1, []), { ...page(2, []), operation: "listAssets" }],
    ],
    ["an error is no page", [{ ...page(1, []), status: 400 }, page(2, [])]],
    [
      "the cursor tells it",
      [listed("searchAfterValues=1,a", []), listed("searchAfterValues=2,b&pageNumber=1", [])],
    ],
  ])("is no finding where %s", (_, made) => {
    expect(pastTheEnd.judge(journalOf(...made))).toEqual([]);
  });

  it.each<[string, unknown, number]>([
    ["[]", [], 200],
    ["[] with a line break", "[]\n", 200],
    ["a 204", "", 204],
  ])("is a finding for each call beyond %s", (_, answer, status) => {
    const made = [page(0, [{}]), { ...page(1, answer), status }, page(2, []), page(3, [])];
    expect(pastTheEnd.judge(journalOf(...made))).toEqual([
      { exchanges: [2, 3], what: "page 2 was asked for, although page 1 was empty" },
      { exchanges: [2, 4], what: "page 3 was asked for, although page 1 was empty" },
    ]);
  });
});

describe("a date", () => {
  it.each([
    ["whole days, the last one by its last second", "fromDate=1767225600&toDate=1767311999"],
    ["whole days, the last one by its first second", "fromDate=1767225600&toDate=1767225600"],
    ["a moment beside a time in the filter", "fromDate=1767225601&filter=event.datetime:now"],
    ["no number", "fromDate=today"],
    ["a number within a text", "fromDate=1767225601s&toDate=x1767230000"],
    ["a number that is too long", "fromDate=176722560100"],
    ["nothing", ""],
  ])("is no finding where it is %s", (_, query) => {
    expect(wholeDays.judge(journalOf(listed(query)))).toEqual([]);
  });

  it("with a time of day is one, in the lists and the count, and not in the buckets", () => {
    const query = "fromDate=1767225601&toDate=1767230000";
    const what =
      "fromDate=1767225601 and toDate=1767230000 has a time of day, which the vendor ignores";
    const made = [
      listed(query),
      listed(query, {}, "countEventsV1"),
      listed(query, [], "searchEventsAfter"),
      listed(query, {}, "countEventsInBuckets"),
      listed(query, {}, "unlistEvents"),
    ];
    expect(wholeDays.judge(journalOf(...made))).toEqual(
      [1, 2, 3].map((id) => ({ exchanges: [id], what })),
    );
  });
});

describe("a page of searchAfter", () => {
  it.each([
    ["the first one", "pageSize=10&pageNumber=0", "searchEventsAfter"],
    ["one after a cursor", "pageNumber=1&searchAfterValues=1,a", "searchEventsAfter"],
    ["one of the plain list", "pageNumber=1", "listEvents"],
    ["one of a call with another beginning", "pageNumber=1", "researchAfter"],
    ["one of a call with another end", "pageNumber=1", "searchAfterwards"],
  ])("is no finding where it is %s", (_, query, operation) => {
    expect(cursorUnused.judge(journalOf(listed(query, [], operation)))).toEqual([]);
  });

  it.each(["searchEventsAfter", "searchAssetsAfterV1", "searchIncidentsAfter"])(
    "by its number is one: %s",
    (operation) => {
      expect(cursorUnused.judge(journalOf(listed("pageNumber=2", [], operation)))).toEqual([
        { exchanges: [1], what: "page 2 was asked for by its number, without searchAfterValues" },
      ]);
    },
  );
});
