import { dirname, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { exists, files, read } from "../support/repository.ts";

const ROOT = ["README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG", "SECURITY"];
const markdown = ["docs", "examples", "bench", "test/samples"]
  .flatMap(files)
  .filter((file) => file.endsWith(".md"))
  .concat(ROOT.map((name) => `${name}.md`));

/** A page without its code. */
const prose = (file: string): string => read(file).replace(/^```[\s\S]*?^```/gm, "");

/** The code of a page. */
const code = (file: string): string => (read(file).match(/^```[\s\S]*?^```/gm) ?? []).join("\n");

/** The anchor that git hosts give a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchors = (file: string): string[] =>
  [...prose(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchor(heading));

it.each(markdown)("%s has no link that leads nowhere", (file) => {
  for (const [, link = ""] of prose(file).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(link)) continue;
    const [path = "", hash] = link.split("#");
    const target = path === "" ? file : posix.join(dirname(file), path);
    expect(exists(target), `${link} in ${file}`).toBe(true);
    if (hash !== undefined) expect(anchors(target), `${link} in ${file}`).toContain(hash);
  }
});

it.each(["CONTRIBUTING.md", "ARCHITECTURE.md"])("%s names no file that is not there", (file) => {
  const named = [
    ...read(file).matchAll(/\b(?:src|test|scripts|specs|bench|docs|examples)\/[\w./-]+\.\w+/g),
  ];
  expect(named.length).toBeGreaterThan(0);
  const missing = named.map(([path]) => path).filter((path) => !exists(path));
  // The vendor and the file of a pattern.
  expect(missing.filter((path) => !/^(src|test)\/a\/b\./.test(path))).toEqual([]);
});

it("CHANGELOG.md has the version of the package", () => {
  const { version } = JSON.parse(read("package.json"));
  expect(read("CHANGELOG.md")).toContain(`\n## [${version}] - `);
});

it("no page and no example needs a Node that is newer than the oldest supported one", () => {
  const examples = files("examples").filter((file) => /\.(m?js|ts)$/.test(file));
  for (const file of markdown) expect(code(file), file).not.toMatch(/\bawait using\b/);
  for (const file of examples) expect(read(file), file).not.toMatch(/\bawait using\b/);
});

describe("docs/README.md", () => {
  const pages = files("docs").filter(
    (file) => file.endsWith(".md") && !file.startsWith("docs/ci/"),
  );

  it.each(pages.filter((page) => page !== "docs/README.md"))("leads to %s", (page) => {
    expect(read("docs/README.md")).toContain(`](${page.slice("docs/".length)})`);
  });

  it.each(pages)("%s begins with a title of its own", (page) => {
    const [first = ""] = read(page).split("\n");
    expect(first).toMatch(/^# \S/);
    expect(pages.filter((other) => read(other).startsWith(`${first}\n`))).toEqual([page]);
  });
});

it.each(markdown)("%s calls the command's file by its name in package.json", (file) => {
  const { bin } = JSON.parse(read("package.json"));
  for (const [named] of read(file).matchAll(/dist\/cli\.\w+/g)) expect(named).toBe(bin.fauxdr);
});
