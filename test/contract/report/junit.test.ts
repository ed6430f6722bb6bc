import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { junit } from "../../../src/contract/report/junit.ts";
import { createReport } from "../../../src/contract/report/report.ts";
import type { CaseResult } from "../../../src/contract/result.ts";
import type { Severity } from "../../../src/core/basis.ts";
import { emptyDirectory } from "../../support/directory.ts";
import { needs, run } from "../../support/programs.ts";
import { onDisk } from "../../support/repository.ts";
import { failed, finding, result } from "../../support/results.ts";

const xmllint = needs("xmllint");

const written = (
  results: readonly CaseResult[],
  baseline = {},
  failOn: Severity = "must",
): string =>
  junit(
    createReport(results, {
      title: 'fauxdr check -- "a" & <b>',
      failOn,
      failOnAssumed: false,
      baseline,
      all: true,
    }),
  );

/** Line ends in an element's text are written like those in an attribute. */
const encoded = (text: string): string => text.replaceAll("\n", "&#10;");

const HOSTILE = `]]> & <b> "q" 'a' \u0000\u001b[31m\u0008 \ud800 \ufffe é 😀 ${"x".repeat(10)}`;

const ALL = [
  result(),
  result({
    id: "warned",
    findings: [finding({ severity: "should" })],
    output: { stdout: "said", stderr: "" },
  }),
  failed("bad", "x", "y"),
  failed("known", "x"),
  result({
    id: "untold",
    vendor: "other",
    outcome: "inconclusive",
    reason: HOSTILE,
    durationMs: 1_234_567,
  }),
  result({
    id: "hostile",
    outcome: "fail",
    findings: [finding({ what: HOSTILE })],
    output: { stdout: HOSTILE, stderr: HOSTILE },
  }),
];
const BASELINE = { "known (document)": ["x"], "gone (document)": ["x"] };

describe("JUnit XML", () => {
  it.each<[string, string]>([
    ["of everything at once", written(ALL, BASELINE)],
    ["of nothing", written([])],
    ["of one that passed", written([result()])],
  ])(`fits the schema${xmllint.note}: %s`, async (_, text) => {
    if (xmllint.skip) return;
    const file = join(emptyDirectory(), "junit.xml");
    writeFileSync(file, text);
    const schema = onDisk("test/support/junit.xsd");
    const ran = await run("xmllint", ["--noout", "--nonet", "--schema", schema, file]);
    expect(ran.stderr.trim()).toBe(`${file} validates`);
  });

  it("has a suite for each vendor, in it a case for each result, and a suite for the baseline", () => {
    const output = { stdout: "out", stderr: "err" };
    const slight = finding({ severity: "should", rule: "slight", what: "slightly wrong" });
    const text = written(
      [
        result({ findings: [slight], output }),
        result({
          id: "bad",
          outcome: "fail",
          findings: [slight, finding({ what: "a\nb" })],
          output,
        }),
        result({ id: "lax", outcome: "fail", findings: [slight] }),
        failed("known", "x"),
        result({ id: "open", vendor: "other", outcome: "inconclusive", reason: "no call" }),
      ],
      BASELINE,
      "should",
    );
    const said = `  should  slight
        slightly wrong
        fix: Do not do it.
        documented: A document`;
    expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fauxdr check -- &quot;a&quot; &amp; &lt;b&gt;">
<testsuite name="fauxdr.acme" tests="4" failures="2" errors="0" skipped="1" time="0.048">
<testcase name="acme.case.one (document)" classname="fauxdr.acme" time="0.012">
<system-out>${encoded(`${said}\nout`)}</system-out>
<system-err>err</system-err>
</testcase>
<testcase name="bad (document)" classname="fauxdr.acme" time="0.012">
<failure type="acme.one" message="a">${encoded(`${said}
  must  acme.one
        a
        b
        fix: Do not do it.
        documented: A document`)}</failure>
<system-out>out</system-out>
<system-err>err</system-err>
</testcase>
<testcase name="lax (document)" classname="fauxdr.acme" time="0.012">
<failure type="slight" message="slightly wrong">${encoded(said)}</failure>
</testcase>
<testcase name="known (document)" classname="fauxdr.acme" time="0.012">
<skipped message="known to fail: it did what it should not"/>
</testcase>
</testsuite>
<testsuite name="fauxdr.other" tests="1" failures="0" errors="1" skipped="0" time="0.012">
<testcase name="open (document)" classname="fauxdr.other" time="0.012">
<error type="inconclusive" message="no call"/>
</testcase>
</testsuite>
<testsuite name="fauxdr.baseline" tests="1" failures="1" errors="0" skipped="0" time="0.000">
<testcase name="gone (document): there is no such case" classname="fauxdr.baseline">
<failure type="stale" message="the baseline lists it, and it does not fail"/>
</testcase>
</testsuite>
</testsuites>
`);
  });

  it("writes what XML reads as markup, line ends and tabs as entities, and what it forbids not at all", () => {
    const text = written([
      result({ outcome: "inconclusive", reason: '<a b="c">\td & \ud800\u0000' }),
    ]);
    expect(text).toContain('message="&lt;a b=&quot;c&quot;&gt;&#9;d &amp; \ufffd"/>');
  });

  it("counts failures, errors and known ones apart", () => {
    expect(written(ALL, BASELINE)).toContain(
      '<testsuite name="fauxdr.acme" tests="5" failures="2" errors="0" skipped="1" time="0.060">',
    );
    expect(written(ALL, BASELINE)).toContain(
      '<testsuite name="fauxdr.other" tests="1" failures="0" errors="1" skipped="0" time="1234.567">',
    );
  });

  it("makes a skipped row, with the reason, of a case that is not about such a client", () => {
    const text = written([
      result({ id: "other", outcome: "skipped", reason: "only for <others>" }),
    ]);
    expect(text).toContain('failures="0" errors="0" skipped="1"');
    expect(text).toContain('<skipped message="only for &lt;others&gt;"/>');
  });

  it("names the case, the rule and the first line of what is wrong", () => {
    const text = written([failed("bad", "rule.one")]);
    expect(text).toContain('<testcase name="bad (document)" classname="fauxdr.acme" time="0.012">');
    expect(text).toContain('<failure type="rule.one" message="it did what it should not">');
    expect(text).toContain("Do not do it.");
  });

  it("has no suite of the baseline where nothing in it is stale", () => {
    expect(written([result()])).not.toContain("baseline");
  });

  it("makes a failure of every stale entry", () => {
    expect(written([result()], { "gone (document)": ["x"] })).toContain(
      'name="gone (document): there is no such case" classname="fauxdr.baseline"',
    );
  });
});
