import { expect, it } from "vitest";
import { exists, read } from "../support/repository.ts";

const rows = read("docs/reference/set-ups.md")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(2)
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));

it.each(rows)("%s: is shown by what runs", (_, gets = "", shown = "") => {
  expect(gets).not.toBe("");
  const files = [...shown.matchAll(/\]\(\.\.\/\.\.\/([^)]+)\)/g)].map(([, file = ""]) => file);
  expect(files).not.toEqual([]);
  for (const file of files) {
    expect([file, exists(file)]).toEqual([file, true]);
    // Tests are run by vitest; a script must be run by CI.
    if (file.startsWith("scripts/")) expect(read(".ci/run")).toContain(`node ${file}`);
  }
});

it("says of Windows that nobody has verified it", () => {
  expect(rows.find(([setUp]) => setUp === "Windows")?.[1]).toContain("Not verified");
});
