import { describe, expect, it } from "vitest";
import { FLAGS as CASES } from "../../src/cli/cases.ts";
import { FLAGS as CHECK } from "../../src/cli/check.ts";
import { FLAGS as ENV } from "../../src/cli/env.ts";
import { help } from "../../src/cli/help.ts";
import { FLAGS as LEDGER } from "../../src/cli/ledger.ts";
import { FLAGS as RUN } from "../../src/cli/run.ts";
import { FLAGS as VERIFY } from "../../src/cli/verify.ts";
import { flagOf } from "../../src/settings/names.ts";
import { SECTIONS, SETTINGS } from "../../src/settings/table.ts";
import { vendors } from "../../src/vendors/index.ts";

describe("the help", () => {
  it.each(SECTIONS.flatMap(({ settings }) => Object.entries(settings)))(
    "names the flag of %s, its default and what it is",
    (name, setting) => {
      const fallback = String(setting.default) || "none";
      expect(help()).toContain(`\n  --${flagOf(name)}  (${fallback})\n      ${setting.doc}\n`);
    },
  );

  it.each(vendors)("lists the settings of $title under its title", ({ title, settings }) => {
    const [, section = ""] = help().split(`\nSettings of ${title}:\n`);
    const [own = ""] = section.split("\n\n");
    const flags = [...own.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag);
    expect(flags).toEqual(Object.keys(settings).map(flagOf));
  });

  it("names no flag that does not exist", () => {
    const flags = [RUN, CHECK, VERIFY, CASES, LEDGER, ENV].flatMap((own) => Object.keys(own));
    const known = [...Object.keys(SETTINGS).map(flagOf), ...flags, "config", "version", "help"];
    const named = [...help().matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag);
    expect(named.filter((flag) => !known.includes(flag ?? ""))).toEqual([]);
  });

  it.each([
    ["run", RUN],
    ["check", CHECK],
    ["verify", VERIFY],
    ["cases", CASES],
    ["ledger", LEDGER],
    ["env", ENV],
  ])("names every flag of %s, and what it is", (_, flags) => {
    for (const [name, { doc }] of Object.entries(flags)) {
      expect(help()).toMatch(new RegExp(`--${name} +${doc.replace(/[$().*]/g, "\\$&")}\n`));
    }
  });

  it("says how a variable is named", () => {
    expect(help()).toContain("as a flag (--ready-file), as a variable (FAUXDR_READY_FILE)");
  });

  it("fits a terminal of 120 columns", () => {
    expect(
      help()
        .split("\n")
        .filter((line) => line.length > 120),
    ).toEqual([]);
  });
});
