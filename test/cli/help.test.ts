import { describe, expect, it } from "vitest";
import { COMMANDS, type CommandHelp, help, helpOf } from "../../src/cli/help.ts";
import { flagOf } from "../../src/settings/names.ts";
import { SECTIONS, SETTINGS } from "../../src/settings/table.ts";
import { vendors } from "../../src/vendors/index.ts";

const pages = Object.entries(COMMANDS).map(([name, command]) => helpOf(name, command));
const serve = helpOf("serve", COMMANDS["serve"] as CommandHelp);

describe("fauxdr help", () => {
  it.each(Object.entries(COMMANDS))("says what %s does", (name, { about }) => {
    expect(help()).toMatch(new RegExp(`^  ${name} +`, "m"));
    expect(help()).toContain(` ${about}\n`);
  });

  it("fits a terminal of 24 lines", () => {
    expect(help().split("\n").length).toBeLessThanOrEqual(24);
  });
});

describe("the help of a command", () => {
  it.each(SECTIONS.flatMap(({ settings }) => Object.entries(settings)))(
    "names the flag of %s, its choices, its default and what it is (serve)",
    (name, setting) => {
      const choices = setting.kind === "choice" ? ` ${setting.choices.join("|")}` : "";
      const [line = ""] = serve.split("\n").filter((one) => one.startsWith(`  --${flagOf(name)} `));
      expect(line).toContain(`--${flagOf(name)}${choices}`);
      expect(serve).toContain(`${line}\n      ${setting.doc}\n`);
      expect(line).toMatch(/ {2}\(.*\)$/);
      expect(line).toContain(`  (${String(setting.default) || "none"})`);
    },
  );

  it.each(vendors)("lists the settings of $title under its title", ({ title, settings }) => {
    const [, section = ""] = serve.split(`\nSettings of ${title}:\n`);
    const [own = ""] = section.split("\n\n");
    const flags = [...own.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag);
    expect(flags).toEqual(Object.keys(settings).map(flagOf));
  });

  it.each(Object.entries(COMMANDS))("names every flag of %s, and what it is", (name, command) => {
    const lines = helpOf(name, command).split("\n");
    for (const [flag, { doc, value }] of Object.entries(command.flags ?? {})) {
      const shown = value === undefined ? `--${flag}` : `--${flag} ${value}`;
      const line = lines.find((one) => one.startsWith(`  ${shown}  `));
      expect(line?.endsWith(`  ${doc}`), flag).toBe(true);
    }
  });

  it("names no flag that does not exist", () => {
    const own = Object.values(COMMANDS).flatMap(({ flags = {} }) => Object.keys(flags));
    const known = [...Object.keys(SETTINGS).map(flagOf), ...own, "config"];
    const named = pages.flatMap((page) => [...page.matchAll(/--([a-z-]+)/g)]);
    expect(named.map(([, flag]) => flag).filter((flag) => !known.includes(flag ?? ""))).toEqual([]);
  });

  it.each(Object.entries(COMMANDS))(
    "of %s begins its examples with the command",
    (name, { examples }) => {
      const expected =
        name === "serve"
          ? /^fauxdr( serve .*)?$/
          : new RegExp(`(^|\\()"?.*fauxdr ${name}( |$|\\))`);
      for (const example of examples) expect(example).toMatch(expected);
    },
  );

  it("says how a variable is named", () => {
    expect(serve).toContain("as a flag (--ready-file), as a variable (FAUXDR_READY_FILE)");
  });

  it("fits a terminal of 120 columns", () => {
    const lines = [help(), ...pages].flatMap((page) => page.split("\n"));
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });
});
