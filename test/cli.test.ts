import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS, type CommandHelp, help, helpOf } from "../src/cli/help.ts";
import { vendors } from "../src/vendors/index.ts";
import { command } from "./support/command.ts";
import { emptyDirectory } from "./support/directory.ts";
import { fauxdr } from "./support/process.ts";

const said = (stdout: string): object => ({ code: 0, signal: null, stdout, stderr: "" });
const refused = (sentence: string): object => ({
  code: 2,
  signal: null,
  stdout: "",
  stderr: `fauxdr: ${sentence}\n`,
});

const KNOWN = "serve, run, check, verify, cases, ledger, also, health, env, version, help";

it.each(["--help", "-h", "help"])("%s prints the help", async (word) => {
  expect(await fauxdr([word])).toEqual(said(help()));
});

it.each([
  ["help", "run"],
  ["run", "--help"],
  ["run", "--vendor", "cortex", "-h"],
])("%s %s prints the help of the command", async (...words) => {
  expect(await command(words)).toEqual(said(helpOf("run", COMMANDS["run"] as CommandHelp)));
});

it("a command after -- keeps its own --help", async () => {
  const { stdout } = await command(["run", "--", process.execPath, "--help"]);
  expect(stdout).toContain("Usage: node ");
});

it.each(["--version", "-v", "version"])(
  "%s prints the version, and those of the APIs it stands in for",
  async (word) => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await fauxdr([word])).toEqual(
      said(
        `${version}\n${vendors.map(({ title, emulates }) => `${title}: ${emulates}\n`).join("")}`,
      ),
    );
  },
);

describe("what cannot start says why in one sentence, prints nothing else, and ends with 2", () => {
  it.each([
    ["an unknown command", ["start"], `There is no command "start": choose from ${KNOWN}.`],
    ["a mistyped command", ["srve"], 'There is no command "srve": did you mean "serve"?'],
    [
      "help for an unknown command",
      ["help", "chek"],
      'There is no command "chek": did you mean "check"?',
    ],
    [
      "the name of something every object has",
      ["toString"],
      `There is no command "toString": choose from ${KNOWN}.`,
    ],
    ["an unknown flag", ["--prot", "0"], "Unknown option '--prot': did you mean \"--port\"?"],
    [
      "an unknown flag after the command",
      ["serve", "--prot"],
      "Unknown option '--prot': did you mean \"--port\"?",
    ],
    [
      "a flag without its value",
      ["--port", "--log", "none"],
      "Option '--port' argument is ambiguous: run fauxdr help serve for the list of flags.",
    ],
    [
      "an invalid value",
      ["--port", "70000"],
      '--port must be a whole number from 0 to 65535, not "70000".',
    ],
    [
      "a second command",
      ["serve", "serve"],
      "Unexpected argument 'serve': run fauxdr help serve to see what it takes.",
    ],
    [
      "an address of another machine",
      ["--port", "0", "--host", "192.0.2.1"],
      "192.0.2.1 is not an address of this machine: choose another with --host.",
    ],
    [
      "a configuration file that is not there",
      ["--config", "/nowhere/fauxdr.json"],
      "The configuration file /nowhere/fauxdr.json cannot be read.",
    ],
  ])("%s", async (_, args, sentence) => {
    expect(await command(args)).toEqual(refused(sentence));
  });

  it.each([
    [
      "an invalid variable",
      { FAUXDR_WIRE: "latest" },
      'FAUXDR_WIRE must be document or recorded, not "latest".',
    ],
    [
      "an unknown variable",
      { FAUXDR_PROT: "0" },
      'FAUXDR_PROT is not a setting: did you mean "FAUXDR_PORT"?',
    ],
  ])("%s", async (_, variables, sentence) => {
    expect(await command([], variables)).toEqual(refused(sentence));
  });

  it.each([
    [
      "{]",
      (file: string) =>
        `The configuration file ${file} is not JSON at line 1, column 2: a name in double quotes is expected here.`,
    ],
    [
      "7",
      (file: string) => `The configuration file ${file} must contain a JSON object of settings.`,
    ],
    ['{"prot": 0}', (file: string) => `"prot" in ${file} is not a setting: did you mean "port"?`],
    [
      '{"port": "\n"}',
      (file: string) =>
        `The configuration file ${file} is not JSON at line 1, column 11: a string must not contain a line break or a tab: write \\n or \\t.`,
    ],
    [
      '{"port": "\\n"}',
      (file: string) => `"port" in ${file} must be a whole number from 0 to 65535, not "\\n".`,
    ],
  ])("a configuration file that holds %j", async (content, sentence) => {
    const file = join(emptyDirectory(), "fauxdr.json");
    writeFileSync(file, content);
    expect(await command(["--config", file])).toEqual(refused(sentence(file)));
  });

  it("a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const ended = await fauxdr(["--port", String(port)]);
    other.close();
    expect(ended).toEqual(
      refused(
        `Port ${port} on 127.0.0.1 is taken: choose another with --port, or 0 for a free one.`,
      ),
    );
  });
});
