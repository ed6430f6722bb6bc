import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/help.ts";
import { rulesFor } from "../../src/contract/judge.ts";
import { jsonReport } from "../../src/contract/report/json.ts";
import { createReport } from "../../src/contract/report/report.ts";
import { BASES, severityOn } from "../../src/core/basis.ts";
import { FAULTS } from "../../src/core/faults/fault.ts";
import { allScenarios } from "../../src/core/scenario.ts";
import { envOf, flagOf } from "../../src/settings/names.ts";
import { SECTIONS } from "../../src/settings/table.ts";
import { vendors } from "../../src/vendors/index.ts";
import { journal } from "../support/journals.ts";
import { read } from "../support/repository.ts";
import { failed, result, TERMS } from "../support/results.ts";
import { operationsOf, readSpec } from "../support/specs.ts";

/** The rows of all tables of a page, as text. */
const rowsOf = (page: string): string[] =>
  read(`docs/${page}.md`)
    .split("\n")
    .filter((line) => line.startsWith("| "));

/** The row that has all of these, in any of its cells. */
const rowWith = (page: string, ...parts: readonly string[]): string | undefined =>
  rowsOf(page).find((row) => parts.every((part) => row.includes(part)));

const COMMANDS_PAGE = "reference/commands";
const choices = (value: string): string => value.replaceAll("|", "\\|");

describe("docs/reference/commands.md", () => {
  it.each(Object.entries(COMMANDS))("has the command %s", (name, { about }) => {
    expect(rowWith(COMMANDS_PAGE, `\`fauxdr ${name}`, about)).toBeDefined();
  });

  const flags = Object.entries(COMMANDS).flatMap(([name, { flags: own = {} }]) =>
    Object.entries(own).map(([flag, { value = "", doc }]) => ({ name, flag, value, doc })),
  );
  it.each(flags)(
    "has the flag --$flag of $name, with its choices",
    ({ name, flag, value, doc }) => {
      expect(
        rowWith(COMMANDS_PAGE, `| \`fauxdr ${name}\``, `\`--${flag}`, choices(value), doc),
      ).toBeDefined();
    },
  );

  const settings = SECTIONS.flatMap(({ vendor = "", settings: own }) =>
    Object.entries(own).map(([name, setting]) => ({ vendor, name, setting })),
  );
  it.each(settings)(
    "has the setting $name of $vendor, with its choices",
    ({ vendor, name, setting }) => {
      const words = setting.kind === "choice" ? [choices(setting.choices.join("|"))] : [];
      const row = rowWith(
        COMMANDS_PAGE,
        `\`--${flagOf(name)}`,
        envOf(name),
        setting.doc,
        vendor,
        ...words,
      );
      expect(row).toBeDefined();
    },
  );

  it.each([0, 1, 2])("has the exit code %i", (code) => {
    expect(rowWith(COMMANDS_PAGE, `| ${code} |`)).toBeDefined();
  });
});

describe.each(vendors)("the reference of $title", ({ name, title, triggers, contract }) => {
  const rules = rulesFor({ name, contract });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    "has the rule %s and its reason",
    (id, rule) => {
      const row = rowWith("reference/rules-and-cases", title, `\`${id}\``, rule.fix, rule.source);
      expect(row).toBeDefined();
    },
  );

  it.each([...contract.cases, ...contract.probes])("has $id", ({ id, title: promise }) => {
    expect(rowWith("reference/rules-and-cases", title, `\`${id}\``, promise)).toBeDefined();
  });

  it.each(contract.traits ?? [])("has the trait $id", ({ id }) => {
    expect(rowWith("reference/rules-and-cases", title, `\`${id}\``)).toBeDefined();
  });

  it.each([...triggers.keys()])("has the reserved id %s", (id) => {
    expect(rowWith("reference/calls", title, id)).toBeDefined();
  });

  it.each(operationsOf(readSpec(name)))("has the call $id", ({ method, path }) => {
    expect(rowWith("reference/calls", title, `${method.toUpperCase()} ${path}\``)).toBeDefined();
  });
});

it.each(Object.keys(FAULTS))("docs/how-to/make-calls-fail.md has the fault %s", (kind) => {
  expect(rowWith("how-to/make-calls-fail", `| \`${kind}\``)).toBeDefined();
});

it.each(allScenarios(vendors))("docs/how-to/start-in-a-scenario.md has $name", ({ name }) => {
  expect(rowWith("how-to/start-in-a-scenario", `| \`${name}\``)).toBeDefined();
});

it.each(operationsOf(readSpec("admin")))(
  "docs/reference/control-api.md has $id",
  ({ id, path }) => {
    expect(rowWith("reference/control-api", `${path}\``, `\`${id}\``)).toBeDefined();
  },
);

describe("docs/reference/reports.md", () => {
  const one = { ...failed("acme.a", "acme.rule"), reason: "", shape: {} };
  const all = result({ ...one, report: { outcome: "failed" }, exchanges: journal({}) });
  const report = JSON.parse(jsonReport(createReport([all], TERMS)));

  it.each([report, report.counts, report.results[0]].flatMap(Object.keys))(
    "has the member %s of the JSON",
    (name) => {
      expect(rowWith("reference/reports", `\`${name}\``)).toBeDefined();
    },
  );

  it.each(["pass", "fail", "known", "skipped", "inconclusive"])("has the outcome %s", (word) => {
    expect(rowWith("reference/reports", `| \`${word}\` |`)).toBeDefined();
  });
});

/** The names that a file exports, its own and those of other files. */
const exportsOf = (file: string): string[] =>
  [
    ...read(file).matchAll(
      /^export (?:type )?(?:\{([^}]*)\}|(?:async )?(?:function|class|const|interface|type) (\w+))/gm,
    ),
  ].flatMap(([, list, one]) =>
    one === undefined
      ? (list ?? "")
          .split(",")
          .map((name) =>
            name
              .trim()
              .replace(/^type /, "")
              .replace(/^\w+ as /, ""),
          )
          .filter((name) => name !== "")
      : [one],
  );

describe.each([
  ["fauxdr", "src/index.ts"],
  ["fauxdr/client", "src/client.ts"],
  ["fauxdr/cases", "src/testing/cases.ts"],
  ["fauxdr/vitest", "src/testing/vitest.ts"],
])("docs/reference/library.md", (entry, file) => {
  const [, section = ""] = read("docs/reference/library.md").split(`\n## \`${entry}\`\n`);
  const [own = ""] = section.split(/\n## /);

  it.each(exportsOf(file))(`has %s of ${entry}, and says what it is`, (name) => {
    const [, about = ""] = own.split(`\n### \`${name}\`\n`);
    expect(about.trim()).toMatch(/^[A-Z`\\`{][^\n]+/);
  });
});

it.each(BASES)("docs/explanation/how-sure-is-it.md has the severity that %s allows", (basis) => {
  const row = rowWith("explanation/how-sure-is-it", `| ${basis} |`);
  expect(row).toMatch(new RegExp(`\\| ${severityOn(basis, "must")} \\|$`));
});
