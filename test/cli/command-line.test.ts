import { describe, expect, it } from "vitest";
import { commandLine, type Flags, type Takes } from "../../src/cli/command-line.ts";
import { KitError } from "../../src/core/errors.ts";

const FLAGS: Flags = {
  vendor: { type: "string", multiple: true, doc: "" },
  junit: { type: "string", doc: "" },
  jobs: { type: "string", doc: "" },
  strict: { type: "boolean", doc: "" },
};

const [STRICT, COMMAND] = [["--strict"], ["--", "npm", "test"]];

it.each<[string, string[], object, string[], string | undefined]>([
  ["a setting", ["--wire", "recorded"], { wire: "recorded" }, ["--wire"], undefined],
  ["an equals sign", ["--wire=recorded"], { wire: "recorded" }, ["--wire"], undefined],
  [
    "a switch",
    ["--refuse-nonce-reuse"],
    { refuseNonceReuse: true },
    ["--refuse-nonce-reuse"],
    undefined,
  ],
  [
    "a switch that is off",
    ["--no-refuse-nonce-reuse"],
    { refuseNonceReuse: false },
    ["--no-refuse-nonce-reuse"],
    undefined,
  ],
  ["a configuration file", ["--config", "f.json"], {}, ["--config"], "f.json"],
])("takes %s apart from flags and command", (_, args, values, flags, config) => {
  const { own, settings, words, command } = commandLine(
    "run",
    [...args, ...STRICT, ...COMMAND],
    FLAGS,
    "command",
  );
  expect(settings).toEqual({ values, flags, ...(config && { config }) });
  expect([own.isSet("strict"), words, command]).toEqual([true, [], ["npm", "test"]]);
});

it("leaves everything after the first -- to the command", () => {
  const { own, command } = commandLine("run", ["--", "x", "--strict", "--", "y"], FLAGS, "command");
  expect([own.isSet("strict"), command]).toEqual([false, ["x", "--strict", "--", "y"]]);
});

it("reads a command's own flags", () => {
  const args = ["--vendor", "a", "--vendor=b", "--strict", "--jobs", "3"];
  const { own } = commandLine("check", args, FLAGS);
  expect([own.texts("vendor"), own.isSet("strict"), own.count("jobs"), own.text("junit")]).toEqual([
    ["a", "b"],
    true,
    3,
    undefined,
  ]);
});

it("takes as many words as the command may have", () => {
  expect(commandLine("verify", ["http://x", "--strict"], FLAGS, 1).words).toEqual(["http://x"]);
  expect(commandLine("verify", ["--", "--x"], FLAGS, 1).words).toEqual(["--x"]);
});

describe("refuses in one sentence", () => {
  it.each<[string, string[], Takes, string]>([
    [
      "an unknown flag",
      ["--prot", "--", "x"],
      "command",
      "Unknown option '--prot': did you mean \"--port\"?",
    ],
    [
      "a command without -- before it",
      ["npm", "test"],
      "command",
      "Unexpected argument 'npm': put -- before the command, as in fauxdr run -- npm test.",
    ],
    [
      "a word before --",
      ["client.js", "--", "x"],
      "command",
      "Unexpected argument 'client.js': put -- before the command, as in fauxdr run -- npm test.",
    ],
    [
      "no command",
      ["--strict"],
      "command",
      "fauxdr run needs a command to run: fauxdr run -- npm test",
    ],
    [
      "nothing after --",
      ["--strict", "--"],
      "command",
      "fauxdr run needs a command to run: fauxdr run -- npm test",
    ],
    [
      "a word too many",
      ["http://x", "y"],
      1,
      "Unexpected argument 'y': run fauxdr help run to see what it takes.",
    ],
    [
      "a word after -- where no command is run",
      ["--", "npm"],
      0,
      "Unexpected argument 'npm': run fauxdr help run to see what it takes.",
    ],
    [
      "a flag without its value",
      ["--junit"],
      0,
      "Option '--junit <value>' argument missing: run fauxdr help run for the list of flags.",
    ],
    [
      "a value for a switch",
      ["--strict=yes"],
      0,
      "Option '--strict' does not take an argument: run fauxdr help run for the list of flags.",
    ],
  ])("%s", (_, args, takes, sentence) => {
    expect(() => commandLine("run", args, FLAGS, takes)).toThrow(new KitError(sentence));
  });

  it.each(["0", "-1", "1.5", "two", "", "99999999999"])("a count of %j", (value) => {
    const { own } = commandLine("check", [`--jobs=${value}`], FLAGS);
    expect(() => own.count("jobs")).toThrow(
      new KitError(`--jobs must be a whole number from 1 up, not "${value}".`),
    );
  });
});
