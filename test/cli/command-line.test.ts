import { describe, expect, it } from "vitest";
import { commandLine, type Flags, needCommand } from "../../src/cli/command-line.ts";

const FLAGS: Flags = {
  vendor: { type: "string", multiple: true, doc: "" },
  junit: { type: "string", doc: "" },
  jobs: { type: "string", doc: "" },
  strict: { type: "boolean", doc: "" },
};

it.each<[string, string[], string[], string[]]>([
  [
    "a setting before the command",
    ["--dialect", "observed", "--", "npm", "test"],
    ["--dialect", "observed"],
    ["npm", "test"],
  ],
  [
    "a setting with an equals sign",
    ["--dialect=observed", "--", "x"],
    ["--dialect=observed"],
    ["x"],
  ],
  [
    "a switch of a setting",
    ["--refuse-nonce-reuse", "--strict", "--", "x"],
    ["--refuse-nonce-reuse"],
    ["x"],
  ],
  [
    "a switch that is off",
    ["--no-refuse-nonce-reuse", "--", "x"],
    ["--no-refuse-nonce-reuse"],
    ["x"],
  ],
  ["a configuration file", ["--config", "f.json", "--", "x"], ["--config", "f.json"], ["x"]],
  [
    "flags of the command itself",
    ["--", "x", "--strict", "--", "y"],
    [],
    ["x", "--strict", "--", "y"],
  ],
])("takes apart %s", (_, args, settings, command) => {
  expect(commandLine(args, FLAGS)).toMatchObject({ settings, command });
});

it("reads a command's own flags", () => {
  const { own } = commandLine(["--vendor", "a", "--vendor=b", "--strict", "--jobs", "3"], FLAGS);
  expect([own.texts("vendor"), own.isSet("strict"), own.count("jobs"), own.text("junit")]).toEqual([
    ["a", "b"],
    true,
    3,
    undefined,
  ]);
});

it("takes as many other words as it may", () => {
  expect(commandLine(["http://x", "--strict"], FLAGS, 1).words).toEqual(["http://x"]);
  expect(() => commandLine(["http://x", "y"], FLAGS, 1)).toThrow(
    "Unexpected argument 'y': see fauxdr --help.",
  );
});

describe("refuses in one sentence", () => {
  it.each<[string, string[], string]>([
    ["an unknown flag", ["--prot", "--", "x"], "Unknown option '--prot': see fauxdr --help."],
    ["a word", ["client.js", "--", "x"], "Unexpected argument 'client.js': see fauxdr --help."],
    [
      "a flag without its value",
      ["--junit"],
      "Option '--junit <value>' argument missing: see fauxdr --help.",
    ],
    [
      "a value for a switch",
      ["--strict=yes"],
      "Option '--strict' does not take an argument: see fauxdr --help.",
    ],
  ])("%s", (_, args, sentence) => {
    expect(() => commandLine(args, FLAGS)).toThrow(sentence);
  });

  it.each(["0", "-1", "1.5", "two", "", "99999999999"])("a count of %j", (value) => {
    const { own } = commandLine([`--jobs=${value}`], FLAGS);
    expect(() => own.count("jobs")).toThrow(
      `--jobs takes a whole number from 1 on, not "${value}".`,
    );
  });

  it("no command to run", () => {
    expect(() => needCommand([], "fauxdr run")).toThrow(
      "fauxdr run needs a command to run: fauxdr run -- npm test",
    );
    expect(() => needCommand(["x"], "fauxdr run")).not.toThrow();
  });
});
