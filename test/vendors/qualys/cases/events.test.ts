// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import { expect, it } from "vitest";
import { eventCases } from "../../../../src/vendors/qualys/cases/events.ts";
import { drive, flawsIn } from "../../../support/broken-qualys/drive.ts";
import { courseOf, expectWhole } from "../../../support/case-file.ts";
import { programClient } from "../../../support/program-client.ts";
import { eachThird } from "../../../support/programs.ts";
import { read } from "../../../support/repository.ts";
import { changed } from "../../../support/signing.ts";

const EXAMPLE = read("examples/qualys/client.mjs");

const PAGE = "rows.length < pageSize";
const HOST = "asset?.agentId) hosts.add(asset.agentId)";
const SCORE = "Number(score ?? -1) >= minScore";
const FILTER = "const query = new URLSearchParams({ filter, sort, pageNumber, pageSize });";

type Change = readonly [from: string, to: string];

const driven = (changes: readonly Change[], cases: readonly string[]) =>
  drive(programClient(changes.reduce((text, [from, to]) => changed(text, from, to), EXAMPLE)), {
    cases,
    readsEvents: true,
  });

it.each(eventCases)("$id has no member without a meaning", expectWhole);

it("the example keeps every promise about events, in the wire forms in which they differ, and meets what each is about", async () => {
  const results = await driven([], ["qualys.events."]);
  expect(flawsIn(results)).toEqual([]);
  const trials = eventCases.flatMap(({ id, wireForms }) => wireForms.map((wire) => [id, wire]));
  expect(results.map(({ id, wire, outcome }) => [id, wire, outcome])).toEqual(
    trials.map((trial) => [...trial, "pass"]),
  );
  expect(`\n${results.map(courseOf).join("\n")}\n`).toMatchSnapshot();
});

/** Right in another way. */
const STYLES: readonly (readonly [does: string, ...changes: Change[]])[] = [
  [
    "filters by score at the vendor",
    [' .. "${to}"]`', ' .. "${to}"] and event.score >= ${minScore}`'],
  ],
  ["reads until a page is empty", [PAGE, "rows.length === 0"]],
  ["reads the newest first", ['"asc"', '"desc"']],
  [
    "reads by cursor",
    ["for (let pageNumber = 0; ; pageNumber++) {", "for (let after; ; ) {"],
    [
      FILTER,
      "const query = new URLSearchParams({ filter, sort, pageSize, ...(after && { searchAfterValues: after }) });",
    ],
    ["${EVENTS}?${query}", "${EVENTS}/searchAfter?${query}"],
    [
      "if (response.status === 204)",
      'cursor = response.headers.get("searchAfterValue");\n    if (response.status === 204)',
    ],
    ["let token;", "let token, cursor;"],
    ["if (rows.length < pageSize) return", "after = cursor;\n    if (!after) return"],
  ],
];

it.for(STYLES)("a client that %s keeps them as well", async (style, { skip }) => {
  skip(...eachThird(STYLES.indexOf(style), "all wrong and right clients"));
  const [, ...changes] = style;
  const results = await driven(changes, ["qualys.events."]);
  expect(flawsIn(results)).toEqual([]);
});

/** What a client does wrong, and the first case or rule that says so. */
const FLAWS: readonly (readonly [does: string, by: string, cases: string, ...changes: Change[]])[] =
  [
    [
      "takes the days for the hour",
      "qualys.events.last-hour",
      "last-hour",
      [
        FILTER,
        "const query = new URLSearchParams({ fromDate: Math.floor(now / 1000) - 3 * sinceSeconds, toDate: Math.floor(now / 1000), sort, pageNumber, pageSize });",
      ],
    ],
    [
      "takes the days for the hour",
      "qualys.query.whole-days",
      "last-hour",
      [
        FILTER,
        "const query = new URLSearchParams({ fromDate: Math.floor(now / 1000) - sinceSeconds, sort, pageNumber, pageSize });",
      ],
    ],
    [
      "gives times in milliseconds",
      "qualys.events.last-hour",
      "last-hour",
      [
        FILTER,
        "const query = new URLSearchParams({ fromDate: now - 3600000, sort, pageNumber, pageSize });",
      ],
    ],
    [
      "looks at no time at all",
      "qualys.events.last-hour",
      "last-hour",
      [FILTER, "const query = new URLSearchParams({ sort, pageNumber, pageSize });"],
    ],
    [
      "gives times without a zone",
      "qualys.events.last-hour",
      "last-hour",
      ["new Date(at).toISOString()", "new Date(at).toISOString().slice(0, -1)"],
    ],
    ["reads the first page only", "qualys.events.pages", "pages", [PAGE, "true"]],
    [
      "finds no host, and calls that a success",
      "qualys.events.last-hour",
      "last-hour",
      [HOST, "false) hosts.add(0)"],
    ],
    [
      "drops the last page",
      "qualys.events.pages",
      "pages",
      ["?? [];\n", "?? [];\n    if (rows.length < pageSize) return [...hosts];\n"],
    ],
    ["never ends", "qualys.paging.past-the-end", "pages", [PAGE, "pageNumber > 12"]],
    [
      "acts on a host once for each event",
      "qualys.events.pages",
      "pages",
      [
        "const hosts = new Set();",
        "const hosts = Object.assign([], { add(id) { this.push(id); } });",
      ],
    ],
    [
      "takes a full page for the last one",
      "qualys.events.full-last-page",
      "full-last-page",
      [PAGE, "pageNumber === 1"],
    ],
    [
      "compares scores as text",
      "qualys.events.score-text",
      "score-text",
      [SCORE, "String(score ?? '') >= String(minScore)"],
    ],
    [
      "takes no events for an error",
      "qualys.events.nothing",
      "nothing",
      [
        "if (agentIds.length === 0) return",
        'if (agentIds.length === 0) throw new Error("no events");\n  if (false) return',
      ],
    ],
    [
      "reads the body of a 204",
      "qualys.events.nothing-204",
      "nothing-204",
      ['if (response.status === 204) return "null";', ""],
    ],
    [
      "takes the path of every file",
      "qualys.events.odd-rows",
      "odd-rows",
      [
        "for (const { score, asset } of rows) {",
        'for (const { score, asset, type, file } of rows) {\n      if (type === "FILE") file.fullPath.toLowerCase();',
      ],
    ],
    [
      "takes every event to have a host",
      "qualys.events.no-host",
      "no-host",
      [HOST, "asset.agentId) hosts.add(asset.agentId)"],
    ],
    [
      "acts on the name where there is no id",
      "qualys.events.no-host",
      "no-host",
      [HOST, "asset) hosts.add(asset.agentId ?? asset.hostName)"],
    ],
    [
      "goes on without a page that was refused",
      "qualys.events.rate-limited",
      "rate-limited",
      [
        'call("GET", `${EVENTS}?${query}`)) ?? []',
        'call("GET", `${EVENTS}?${query}`).catch(() => [])) ?? []',
      ],
      ["if (!(pause > 0) || pause > 60 || attempt === 3)", "if (true)"],
    ],
    [
      "goes on without a page that needed a new token",
      "qualys.events.token-expires",
      "token-expires",
      [
        'call("GET", `${EVENTS}?${query}`)) ?? []',
        'call("GET", `${EVENTS}?${query}`).catch(() => [])) ?? []',
      ],
      ["if (error.status !== 401) throw error;", "throw error;"],
    ],
    [
      "does not release the host",
      "qualys.events.released",
      "released",
      ["if (!release || done", "if (true || done"],
    ],
  ];

it.concurrent.for(FLAWS)("a client that %s is caught by %s", async (flaw, { skip }) => {
  skip(...eachThird(FLAWS.indexOf(flaw), "all wrong and right clients"));
  const [, by, name, ...changes] = flaw;
  const results = await driven(changes, [`qualys.events.${name}`]);
  expect(results.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain(by);
});
