// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import { expect, it } from "vitest";
import type { CaseResult } from "../../../../src/contract/result.ts";
import type { Profile } from "../../../../src/contract/traits.ts";
import { incidentCases } from "../../../../src/vendors/cortex/cases/incidents.ts";
import { courseOf, expectWhole } from "../../../support/case-file.ts";
import { runCases } from "../../../support/cortex-contract.ts";
import { programClient } from "../../../support/program-client.ts";
import { eachThird } from "../../../support/programs.ts";
import { read } from "../../../support/repository.ts";
import { changed } from "../../../support/signing.ts";

const EXAMPLE = read("examples/cortex/incidents.mjs");

type Change = readonly [from: string, to: string];

const driven = (
  changes: readonly Change[],
  names: RegExp,
  profile: Profile = { "reads-incidents": true },
): Promise<readonly CaseResult[]> =>
  runCases({
    client: programClient(changes.reduce((text, [from, to]) => changed(text, from, to), EXAMPLE)),
    isChosen: (id) => names.test(id),
    profile,
  });

it.each(incidentCases)("$id has no member without a meaning", expectWhole);

it("the example keeps every promise about incidents, in both wire forms, and meets what each is about", async () => {
  const results = await driven([], /^cortex\.incidents\./);
  expect(results.flatMap(({ findings }) => findings)).toEqual([]);
  const trials = incidentCases.flatMap(({ id, wireForms }) => wireForms.map((wire) => [id, wire]));
  expect(results.map(({ id, wire, outcome }) => [id, wire, outcome])).toEqual(
    trials.map((trial) => [...trial, "pass"]),
  );
  expect(`\n${results.map(courseOf).join("\n")}\n`).toMatchSnapshot();
});

it("a client that does not wait skips the cases in which it has to", async () => {
  const profile = { "reads-incidents": true, waits: false };
  const results = await driven([], /^cortex\.incidents\./, profile);
  const skipped = results.filter(({ outcome }) => outcome === "skipped").map(({ id }) => id);
  const waiting = incidentCases.filter(({ input }) => input["wait"]).map(({ id }) => id);
  expect(waiting.length).toBeGreaterThan(1);
  expect(new Set(skipped)).toEqual(new Set(waiting));
});

it("a client that reads the list only shows nothing about what becomes of an incident", async () => {
  const change = ["ends.push(...(await respond(id)));", "void id;"] as const;
  const results = await driven([change], /incidents\.resolved-(meanwhile|afterwards)$/);
  expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => "inconclusive"));
  expect(results.length).toBeGreaterThan(1);
});

it("a client that does not begin with incidents skips these cases", async () => {
  const results = await driven([], /^cortex\.incidents\./, { "reads-incidents": false });
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["skipped"]));
});

const END = "if (incidents.length < PAGE) return found;";
const SINCE = "const since = Date.now() - sinceMinutes * 60_000;";
const UPDATE =
  'await call("incidents/update_incident", { incident_id: incidentId, update_data: update });';

/** Right in another way. */
const STYLES: readonly (readonly [does: string, ...changes: Change[]])[] = [
  ["reads until a page is empty", [END, "if (incidents.length === 0) return found;"]],
  ["sends the status in upper case", ["status: resolveAs,", "status: resolveAs.toUpperCase(),"]],
  [
    "names the incident by a number",
    ["{ incident_id: incidentId, update", "{ incident_id: Number(incidentId), update"],
  ],
];

it.concurrent.for(STYLES)("a client that %s keeps them as well", async (style, { skip }) => {
  skip(...eachThird(STYLES.indexOf(style), "all wrong and right clients"));
  const [, ...changes] = style;
  const results = await driven(changes, /incidents\.(files|resolved|pages|last-hour)$/);
  expect(results.flatMap(({ findings }) => findings)).toEqual([]);
});

/** What a client does wrong, and the case or rule that says so. */
const FLAWS: readonly (readonly [does: string, by: string, cases: string, ...changes: Change[]])[] =
  [
    ["reads the first page only", "cortex.incidents.pages", "pages", [END, "return found;"]],
    [
      "drops the last page",
      "cortex.incidents.pages",
      "pages",
      [
        "found.push(...incidents.filter((",
        "if (incidents.length < PAGE) return found;\n    found.push(...incidents.filter((",
      ],
    ],
    ["never ends", "cortex.paging.past-the-end", "pages", [END, "if (from > 900) return found;"]],
    [
      "asks for too many rows",
      "request.off-spec",
      "pages",
      ["search_to: from + PAGE }", "search_to: from + 2 * PAGE }"],
    ],
    [
      "filters by seconds",
      "cortex.time.seconds",
      "last-hour",
      [SINCE, "const since = Math.floor(Date.now() / 1000) - sinceMinutes * 60;"],
    ],
    [
      "filters by seconds",
      "cortex.incidents.last-hour",
      "last-hour",
      [SINCE, "const since = Math.floor(Date.now() / 1000) - sinceMinutes * 60;"],
    ],
    [
      "takes the path of an artifact",
      "cortex.incidents.files",
      "files",
      ["path: alert[path], hash", "path: artifacts.data[0].file_path, hash"],
    ],
    [
      "quarantines on the first host only",
      "cortex.incidents.files",
      "files",
      ["return [...found.values()];", "return [...found.values()].slice(0, 1);"],
    ],
    [
      "resolves with a word of its own",
      "request.off-spec",
      "resolved",
      ["status: resolveAs,", 'status: "resolved",'],
    ],
    [
      "never resolves",
      "cortex.incidents.resolved",
      "resolved",
      ["if (ends.every(Boolean) &&", "if (false &&"],
    ],
    [
      "replaces another user's resolution",
      "cortex.incidents.resolved-afterwards",
      "resolved-afterwards",
      [" && incident.status === status)", ")"],
    ],
    [
      "comments on a resolution that is none",
      "cortex.incidents.resolve-comment",
      "resolved",
      ["status: resolveAs,", 'status: "under_investigation",'],
    ],
    [
      "takes no incidents for an error",
      "cortex.incidents.nothing",
      "nothing",
      [
        "const ends = [];\n  for (const { incident_id",
        'const ends = [];\n  if ((await incidentsOfTask()).length === 0) throw new Error("none");\n  for (const { incident_id',
      ],
    ],
    [
      "acts on incidents of any time",
      "cortex.incidents.nothing",
      "nothing",
      [SINCE, "const since = 0;"],
    ],
    [
      "quarantines each file twice",
      "cortex.incidents.files",
      "files",
      ["for (const file of files) actions", "for (const file of [...files, ...files]) actions"],
    ],
    [
      "resolves an incident twice",
      "cortex.incidents.resolved",
      "resolved",
      [UPDATE, `${UPDATE}\n    ${UPDATE}`],
    ],
    [
      "resolves an incident whose file is not in quarantine",
      "cortex.incidents.quarantine-fails",
      "quarantine-fails",
      ["if (ends.every(Boolean) && rows.every((row) => row.status) &&", "if ("],
    ],
    [
      "takes every incident to have hosts",
      "cortex.incidents.odd",
      "odd",
      [
        "found.push(...incidents.filter((",
        "for (const { hosts } of incidents) hosts.map((host) => host.split(':')[1].length);\n    found.push(...incidents.filter((",
      ],
    ],
    [
      "takes an incident that it could not read for one without files",
      "cortex.incidents.rate-limited",
      "rate-limited",
      [
        "{ incident_id: incidentId });\n  // Somebody",
        "{ incident_id: incidentId }).catch(() => ({ incident: {}, alerts: { data: [] } }));\n  // Somebody",
      ],
      ["if (!isBusy || attempt", "if (true || attempt"],
    ],
  ];

it.concurrent.for(FLAWS)("a client that %s is caught by %s", async (flaw, { skip }) => {
  skip(...eachThird(FLAWS.indexOf(flaw), "all wrong and right clients"));
  const [, by, name, ...changes] = flaw;
  const results = await driven(changes, new RegExp(`^cortex\\.incidents\\.${name}$`));
  expect(results.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain(by);
});
