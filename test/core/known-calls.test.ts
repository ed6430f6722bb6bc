import { describe, expect, it } from "vitest";
import { BASES } from "../../src/core/basis.ts";
import { isKnownPath, knownCall, readKnownCalls } from "../../src/core/known-calls.ts";
import { read } from "../support/repository.ts";

const TABLE = [
  "method\tpath\twhat\tbasis\tsource",
  "POST\t/a/b\tdo b\tdocumented\tA page",
  "GET\t/a/{id}\tread one\trecorded\tA log",
  "ANY\t/old/*\tthe old calls\tdocumented\tA page",
  "",
].join("\n");

const calls = readKnownCalls(TABLE);

it("reads a table without its head", () => {
  expect(calls).toHaveLength(3);
  expect(calls[0]).toEqual({
    method: "POST",
    path: "/a/b",
    what: "do b",
    basis: "documented",
    source: "A page",
  });
});

describe("a request is for a known call", () => {
  it.each([
    ["POST", "/a/b", "do b"],
    ["POST", "/a/b/", "do b"],
    ["GET", "/a/7", "read one"],
    ["PUT", "/old/x/y", "the old calls"],
    ["GET", "/old", "the old calls"],
  ])("%s %s", (method, path, what) => {
    expect(knownCall(calls, method, path)?.what).toBe(what);
  });

  it.each([
    ["PUT", "/a/b"],
    ["POST", "/a/B"],
    ["POST", "/a/b/c"],
    ["POST", "/a"],
    ["GET", "/a//"],
    ["GET", "/older/x"],
    ["GET", "/"],
  ])("not %s %s", (method, path) => {
    expect(knownCall(calls, method, path)).toBeUndefined();
  });
});

it("a path is known with any method", () => {
  expect(["/a/b", "/a/7/", "/old/x", "/b"].map((path) => isKnownPath(calls, path))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

it.each(["cortex", "qualys"])(
  "the table of %s has a method, a path, a basis and a source in each line",
  (name) => {
    const known = readKnownCalls(read(`specs/${name}/known-paths.tsv`));
    expect(known.length).toBeGreaterThan(20);
    for (const { method, path, what, basis, source } of known) {
      expect([
        method,
        path,
        what !== "",
        BASES.some((one) => one === basis),
        source !== "",
      ]).toEqual([
        expect.stringMatching(/^[A-Z]+$/),
        expect.stringMatching(/^\/\S+$/),
        true,
        true,
        true,
      ]);
    }
  },
);
