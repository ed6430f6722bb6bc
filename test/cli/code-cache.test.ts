import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheOf, loadCached } from "../../src/cli/code-cache.ts";
import { emptyDirectory } from "../support/directory.ts";

let programs = 0;

/**
 * A program that says what it is given, in a file that is a minute old. No two are equal, because V8 remembers what it
 * has compiled.
 */
function program(
  text = "exports.own = [__filename, typeof require('node:fs').readFileSync];",
): string {
  const file = join(emptyDirectory(), "code.js");
  return rewritten(file, `${text} // ${++programs}`, 60);
}

function cacheFor(text: string): Buffer {
  const file = program(text);
  loadCached(file).keep();
  return readFileSync(cacheOf(file));
}

function rewritten(file: string, text: string, secondsAgo: number): string {
  writeFileSync(file, text);
  const at = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(file, at, at);
  return file;
}

describe("a file", () => {
  it("is loaded as a CommonJS module, without a cache at first", () => {
    const file = program();
    const { exports, isCached } = loadCached(file);
    expect([exports, isCached]).toEqual([{ own: [file, "function"] }, false]);
  });

  it("is loaded from its cache after that", () => {
    const file = program();
    loadCached(file).keep();
    const { exports, isCached } = loadCached(file);
    expect([exports, isCached]).toEqual([{ own: [file, "function"] }, true]);
    // No half-written file is left.
    expect(readdirSync(dirname(file)).toSorted()).toEqual(["code.js", basename(cacheOf(file))]);
  });

  it("that has changed since is not loaded from its cache, even if it has the same length", () => {
    const file = program("exports.own = 1;");
    loadCached(file).keep();
    rewritten(file, "exports.own = 2;", -60);
    const { exports, isCached } = loadCached(file);
    expect([exports, isCached]).toEqual([{ own: 2 }, false]);
  });

  it.each<[string, () => Buffer | string]>([
    ["is empty", () => ""],
    ["is no cache", () => "something else".repeat(100)],
    ["is that of another file", () => cacheFor("exports.other = () => 'much more';")],
  ])("whose cache %s is compiled as usual", (_, cache) => {
    const file = program();
    writeFileSync(cacheOf(file), cache());
    const { exports, isCached } = loadCached(file);
    expect([exports, isCached]).toEqual([{ own: [file, "function"] }, false]);
  });

  it("that is not there fails with its name", () => {
    expect(() => loadCached("/nowhere/code.js")).toThrow("/nowhere/code.js");
  });

  it("whose folder cannot be written is left without a cache, and without a word", () => {
    const folder = join(emptyDirectory(), "gone");
    mkdirSync(folder);
    const file = rewritten(join(folder, "code.js"), "exports.own = 3;", 60);
    const { keep } = loadCached(file);
    rmSync(folder, { recursive: true });
    expect(keep()).toBeUndefined();
  });
});
