import { describe, expect, it } from "vitest";
import { help } from "../../src/cli/help.ts";
import { flagOf, SETTINGS } from "../../src/settings.ts";

describe("the help", () => {
  it.each(Object.entries(SETTINGS))(
    "names the flag of %s, its default and what it is",
    (name, setting) => {
      const fallback = String(setting.default) || "none";
      expect(help()).toContain(`\n  --${flagOf(name)}  (${fallback})\n      ${setting.doc}\n`);
    },
  );

  it("names no flag that is none", () => {
    const known = [...Object.keys(SETTINGS).map(flagOf), "config", "version", "help"];
    const named = [...help().matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag);
    expect(named.filter((flag) => !known.includes(flag ?? ""))).toEqual([]);
  });

  it("says how a variable is named", () => {
    expect(help()).toContain("--ready-file is FAUXDR_READY_FILE");
  });

  it("fits a terminal of 120 columns", () => {
    expect(
      help()
        .split("\n")
        .filter((line) => line.length > 120),
    ).toEqual([]);
  });
});
