import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { windowsCommand } from "../../src/contract/windows-command.ts";
import { emptyDirectory } from "../support/directory.ts";

const ENV = { Path: "C:\\first;C:\\Program Files\\nodejs", PathExt: ".COM;.EXE;.BAT;.CMD" };
const on = (...files: readonly string[]) => {
  const known = files.map((file) => file.toLowerCase());
  return (path: string) => known.includes(path.toLowerCase());
};
const NPM = "C:\\Program Files\\nodejs\\npm.cmd";

it("runs npm, a batch file, by cmd.exe", () => {
  expect(windowsCommand(["npm", "test"], ENV, on(NPM))).toEqual({
    file: "cmd.exe",
    args: ["/d", "/s", "/c", `"^"C:\\Program^ Files\\nodejs\\npm.CMD^" ^^^"test^^^""`],
    windowsVerbatimArguments: true,
  });
});

it("takes the cmd.exe that the environment names", () => {
  const env = { ...ENV, ComSpec: "D:\\cmd.exe" };
  expect(windowsCommand(["npm"], env, on(NPM)).file).toBe("D:\\cmd.exe");
});

it.each<[string, readonly string[], string]>([
  [
    "a program, before a batch file of its name",
    ["C:\\first\\tool.exe", NPM],
    "C:\\first\\tool.EXE",
  ],
  [
    "the first folder of PATH",
    ["C:\\first\\tool.exe", "C:\\Program Files\\nodejs\\tool.exe"],
    "C:\\first\\tool.EXE",
  ],
])("finds %s", (_, files, file) => {
  expect(windowsCommand(["tool", "a b"], ENV, on(...files))).toEqual({
    file,
    args: ["a b"],
    windowsVerbatimArguments: false,
  });
});

it.each([
  ["a name with its ending", "tool.exe", "C:\\first\\tool.exe"],
  ["a path", ".\\bin\\tool", ".\\bin\\tool.EXE"],
  ["a path with slashes", "bin/tool.exe", "bin/tool.exe"],
])("finds %s", (_, name, file) => {
  expect(windowsCommand([name], ENV, on(file)).file).toBe(file);
});

it("knows the usual endings where the environment names none", () => {
  const env = { Path: "C:\\first" };
  const found = (...files: readonly string[]) =>
    windowsCommand(["tool"], env, on(...files.map((file) => `C:\\first\\${file}`))).file;
  expect([found("tool.com", "tool.exe"), found("tool.exe", "tool.bat"), found("tool.cmd")]).toEqual(
    ["C:\\first\\tool.COM", "C:\\first\\tool.EXE", "cmd.exe"],
  );
});

it("looks for files on the disk, and takes no folder for one", () => {
  const folder = emptyDirectory();
  writeFileSync(join(folder, "tool.exe"), "");
  mkdirSync(join(folder, "other.exe"));
  const found = (name: string) => windowsCommand([`${folder}/${name}`], { PATHEXT: ".exe" }).file;
  expect([found("tool"), found("other"), found("none")]).toEqual([
    `${folder}/tool.exe`,
    `${folder}/other`,
    `${folder}/none`,
  ]);
});

it("leaves no command to Node as an empty name", () => {
  expect(windowsCommand([], ENV, on(NPM))).toMatchObject({ file: "", args: [] });
});

it.each([
  ["is nowhere", "nobody", {}],
  ["stands beside no PATH at all", "tool", { PATH: undefined }],
  ["is on PATH, but was asked for by a path", ".\\npm", {}],
])("leaves a command to Node that %s", (_, name, more) => {
  expect(windowsCommand([name, "x"], { ...ENV, ...more }, on(NPM))).toEqual({
    file: name,
    args: ["x"],
    windowsVerbatimArguments: false,
  });
});

/** What cmd.exe makes of a line that has no quote left: it takes one caret away before each character. */
function afterCmd(line: string): string {
  let out = "";
  for (let at = 0; at < line.length; at++) {
    if (line[at] === "^") at++;
    else if (/[()%!"<>&|;, ]/.test(line[at] ?? "")) out += "\u0000";
    out += line[at] ?? "";
  }
  return out;
}

/** What a program of Microsoft's C runtime makes of its command line: its arguments. */
function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let word = "";
  let isQuoted = false;
  let isWord = false;
  for (let at = 0; at < line.length; ) {
    const [run = ""] = /^\\*/.exec(line.slice(at)) ?? [];
    const next = line[at + run.length];
    if (next === '"') {
      word += "\\".repeat(run.length / 2);
      if (run.length % 2 === 1) word += '"';
      else isQuoted = !isQuoted;
      isWord = true;
      at += run.length + 1;
      continue;
    }
    if (run !== "") {
      word += run;
      isWord = true;
      at += run.length;
      continue;
    }
    if (next === " " && !isQuoted) {
      if (isWord) found.push(word);
      word = "";
      isWord = false;
    } else {
      word += next;
      isWord = true;
    }
    at++;
  }
  if (isWord) found.push(word);
  return found;
}

describe("arguments of a batch file", () => {
  const text = fc.string({
    unit: fc.constantFrom(...'ab \\"^&|<>()%!;,é'.split("")),
    maxLength: 12,
  });

  const lineOf = (args: readonly string[]): string => {
    const [, , , line = ""] = windowsCommand(["npm", ...args], ENV, on(NPM)).args;
    // Without the batch file itself, as it is passed on by %*.
    return line.slice(1, -1).replace(/^.*npm\.CMD\^"/, "");
  };

  test.prop([fc.array(text, { maxLength: 4 })])(
    "reach its program as they were given, and cmd.exe acts on nothing in them",
    (args) => {
      const read = (line: string) => {
        const after = afterCmd(line);
        // What is bare is the space before each argument.
        expect(after.split("\u0000")).toHaveLength(args.length + 1);
        return after.replaceAll("\u0000", "");
      };
      expect(argumentsOf(read(read(lineOf(args))))).toEqual(args);
    },
  );
});
