import {
  cutOff,
  invalid,
  notAnObject,
  PRINTED,
  wrongPage,
} from "../../../support/cortex-refusals.ts";
import {
  type Bad,
  badBodies,
  badData,
  badKeys,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const one = subject("getEndpoint", "endpoints/get_endpoint", { filters: [] });
const all = subject("getEndpoints", "endpoints/get_endpoints", {});

const raw = (what: string, body: string, expected: Bad["expected"]): Bad => ({
  what,
  sending: { body },
  expected,
});

refuses(all, [
  ...badKeys(all),
  raw("a body that is cut off", "{", cutOff(PRINTED)),
  raw("a list", "[]", notAnObject(PRINTED)),
  raw("null", "null", notAnObject(PRINTED)),
  raw("an unknown field", '{"filters":[]}', invalid("/filters is not a field of this call.")),
  ...badData(
    [null, [], "text", 5].map((data) => [
      `request_data that is ${JSON.stringify(data)}`,
      data,
      "/request_data must be object.",
    ]),
  ),
]);

const at = "/request_data";
const span = (request_data: object, more: number): Bad => ({
  what: `a page with ${JSON.stringify(request_data)}`,
  sending: { body: JSON.stringify({ request_data }) },
  expected: wrongPage(
    `${at}/search_to must be search_from plus 1 to 100, and is search_from plus ${more}.`,
  ),
});
const sort = (what: string, given: unknown, extra: string) =>
  [`a sort ${what}`, { sort: given }, `${at}/sort${extra}`] as const;
const by = { field: "endpoint_id", keyword: "ASC" };

refuses(one, [
  ...badKeys(one),
  ...badBodies(one),
  span({ search_to: 101 }, 101),
  span({ search_from: 0, search_to: 101 }, 101),
  span({ search_from: 5, search_to: 106 }, 101),
  span({ search_from: 5, search_to: 4 }, -1),
  span({ search_from: 1, search_to: 0 }, -1),
  span({ search_from: 7, search_to: 7 }, 0),
  span({ search_to: 0 }, 0),
  ...badData([
    [
      "a page and an order that are wrong: all of it",
      { search_from: -1, search_to: "5", sort: { field: "x", keyword: "up" } },
      `${at}/search_from must be >= 0.`,
      `${at}/search_to must be integer.`,
      `${at}/sort/field must be one of: endpoint_id, first_seen, last_seen, scan_status.`,
      `${at}/sort/keyword must be one of: ASC, DESC, asc, desc.`,
    ],
    ...["search_from", "search_to"].flatMap((field) => [
      ...["0", null, true, [], 1.5].map(
        (value) =>
          [
            `${field} ${JSON.stringify(value)}`,
            { [field]: value },
            `${at}/${field} must be integer.`,
          ] as const,
      ),
      [`${field} -1`, { [field]: -1 }, `${at}/${field} must be >= 0.`] as const,
    ]),
    sort("that is a list", [by], " must be object."),
    sort("that is null", null, " must be object."),
    sort("without a field", { keyword: "ASC" }, "/field is required."),
    sort("without a keyword", { field: "endpoint_id" }, "/keyword is required."),
    sort(
      "by name",
      { ...by, field: "endpoint_name" },
      "/field must be one of: endpoint_id, first_seen, last_seen, scan_status.",
    ),
    sort(
      "in no known order",
      { ...by, keyword: "Asc" },
      "/keyword must be one of: ASC, DESC, asc, desc.",
    ),
    sort("with more to it", { ...by, x: 1 }, "/x is not a field of this call."),
    ["filters that are an object", { filters: {} }, `${at}/filters must be array.`],
    ["filters that are null", { filters: null }, `${at}/filters must be array.`],
    ["the word all", { filters: "all" }, `${at}/filters must be array.`],
  ]),
]);
