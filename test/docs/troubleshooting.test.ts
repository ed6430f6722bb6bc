import { expect, it } from "vitest";
import { blocksIn } from "../support/pages.ts";
import { files, read } from "../support/repository.ts";

const HOLE = /\$\{[^}]*\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The product's texts as patterns, with a group for each `${…}`. Short texts are left out: they fit everywhere. */
const patterns = files("src")
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [...read(file).matchAll(/"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\\n])*)`/g)])
  .map(([, plain, template]) => plain ?? template ?? "")
  .filter((text) => text.replace(HOLE, "").length > 20)
  .map((text) => new RegExp(`^${text.split(HOLE).map(escaped).join("(.+)")}$`));

/** A value in a message, such as a URL, is shorter. A longer part must be a text of the product, too. */
const LONGEST_VALUE = 40;

const isSaid = (message: string): boolean =>
  patterns.some((pattern) => {
    const found = pattern.exec(message);
    // A pattern that takes all of the message as one value says nothing of it.
    return (
      found
        ?.slice(1)
        .every((value) => value.length <= LONGEST_VALUE || (value !== message && isSaid(value))) ??
      false
    );
  });

const messages = blocksIn("docs/troubleshooting.md", "text").map(({ code }) => code.trim());

it.each(messages)(
  "docs/troubleshooting.md has a message as the product prints it: %s",
  (message) => {
    expect(isSaid(message)).toBe(true);
  },
);

it("docs/troubleshooting.md has no block but messages", () => {
  expect(blocksIn("docs/troubleshooting.md")).toHaveLength(messages.length);
});
