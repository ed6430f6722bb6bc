import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeOwnFile } from "../../src/cli/own-file.ts";
import { KitError } from "../../src/core/errors.ts";
import { emptyDirectory } from "../support/directory.ts";

describe("a file of our own", () => {
  it("is written whole, and deleted", () => {
    const folder = emptyDirectory();
    const remove = writeOwnFile(join(folder, "ready"), "one\n", "ready");
    expect(readFileSync(join(folder, "ready"), "utf8")).toBe("one\n");
    expect(readdirSync(folder)).toEqual(["ready"]);
    remove();
    expect(readdirSync(folder)).toEqual([]);
    remove();
  });

  it("takes the place of one of an earlier run", () => {
    const file = join(emptyDirectory(), "ready");
    writeFileSync(file, "earlier");
    writeOwnFile(file, "one", "ready");
    expect(readFileSync(file, "utf8")).toBe("one");
  });

  it("stays where another server has written its own since", () => {
    const file = join(emptyDirectory(), "ready");
    const removeFirst = writeOwnFile(file, "first", "ready");
    const removeSecond = writeOwnFile(file, "second", "ready");
    removeFirst();
    expect(readFileSync(file, "utf8")).toBe("second");
    removeSecond();
    expect(existsSync(file)).toBe(false);
  });

  it("is not deleted where a link or a folder has taken its place", () => {
    const folder = emptyDirectory();
    const file = join(folder, "ready");
    const remove = writeOwnFile(file, "one", "ready");
    execFileSync("rm", [file]);
    writeFileSync(join(folder, "precious"), "one");
    symlinkSync(join(folder, "precious"), file);
    remove();
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("one");
  });
});

describe("a path that is not a plain file", () => {
  const refused = (file: string): void => {
    expect(() => writeOwnFile(file, "one", "CA")).toThrow(KitError);
    expect(() => writeOwnFile(file, "one", "CA")).toThrow(/^The CA file \S+ cannot be written: /);
  };

  it("a pipe is refused, and stays", () => {
    const file = join(emptyDirectory(), "pipe");
    execFileSync("mkfifo", [file]);
    refused(file);
    expect(lstatSync(file).isFIFO()).toBe(true);
  });

  it("a symbolic link is refused, and neither it nor what it names changes", () => {
    const folder = emptyDirectory();
    writeFileSync(join(folder, "precious"), "precious");
    symlinkSync(join(folder, "precious"), join(folder, "link"));
    refused(join(folder, "link"));
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("precious");
    expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
  });

  it("a device is refused, and stays", () => {
    refused("/dev/null");
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("a link in the place of the draft is not followed", () => {
    const folder = emptyDirectory();
    writeFileSync(join(folder, "precious"), "precious");
    symlinkSync(join(folder, "precious"), join(folder, `ready.${process.pid}`));
    refused(join(folder, "ready"));
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("precious");
  });

  it("a folder is refused, and stays", () => {
    const folder = join(emptyDirectory(), "folder");
    mkdirSync(folder);
    refused(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});
