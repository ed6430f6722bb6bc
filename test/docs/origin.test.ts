import { describe, expect, it } from "vitest";
import { INSTALL, SOURCE } from "../../scripts/origin.mjs";
import { files, read } from "../support/repository.ts";

/** All files that show commands to people. */
const told = ["docs", "examples", "src", "action", "scripts/new-vendor"]
  .flatMap(files)
  .concat("README.md", "CONTRIBUTING.md", "action.yml")
  .filter((file) => /\.(md|mjs|js|ts|tsx|yml|yaml|sh|py|go)$|file$/.test(file));

/** What scripts/docs.mjs writes is in one place: scripts/origin.mjs. */
const byHand = (file: string): string => read(file).replaceAll(INSTALL, "").replaceAll(SOURCE, "");

/** Lines of the files, with their place, that a pattern finds. */
const linesWith = (pattern: RegExp): string[] =>
  told.flatMap((file) => (byHand(file).match(pattern) ?? []).map((line) => `${file}: ${line}`));

describe("a package of that name in a registry is not ours", () => {
  it("so npx never fetches it", () => {
    expect(linesWith(/\bnpx (?!--no-install\b)[^\n`]*fauxdr.*/g)).toEqual([]);
  });

  it("so npm installs it only from where it is", () => {
    const installs = linesWith(/\b(npm (i|install|add)|(pnpm|yarn|bun) add) .*fauxdr.*/g);
    expect(installs.length).toBeGreaterThan(0);
    for (const line of installs) expect(line).toContain(" git+https://git.example.com/");
  });

  it("and one sentence says so, made in one place", () => {
    for (const page of ["README.md", "docs/how-to/install.md"])
      expect(read(page)).toContain(SOURCE);
    expect(linesWith(/.*\bregistry (has|yet)\b.*/gi)).toEqual([]);
  });
});
