import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../../src/core/journal/journal.ts";
import { hashRules } from "../../../../src/vendors/cortex/rules/hash.ts";
import { exchangeOf } from "../../../support/cortex-exchanges.ts";

const found = (exchange: Exchange): string[] =>
  hashRules.flatMap(({ id, judge }) => judge([exchange]).map(() => id));

const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const UPPER = HASH.toUpperCase();

const quarantine = (file_hash: unknown): Exchange =>
  exchangeOf("quarantineFiles", { filters: [], file_path: "/a", file_hash });

describe("a hash that is not a SHA-256", () => {
  it.each([
    ["an MD5", HASH.slice(0, 32)],
    ["a SHA-1", HASH.slice(0, 40)],
    ["a digit short", HASH.slice(1)],
    ["a digit long", `${HASH}0`],
    ["with a prefix", `sha256:${HASH}`],
    ["with a blank", `${HASH} `],
    ["of other letters", `g${HASH.slice(1)}`],
    ["a placeholder", "string"],
    ["empty", ""],
  ])("is found: %s", (_, hash) => {
    expect(found(quarantine(hash))).toEqual(["cortex.hash.form"]);
  });

  it("is quoted, but not at any length", () => {
    const [form] = hashRules;
    const [flaw] = form?.judge([quarantine("x".repeat(10_000))]) ?? [];
    expect(flaw?.what).toContain('"xxx');
    expect(flaw?.what.length).toBeLessThan(200);
  });
});

describe("a hash in upper case", () => {
  it.each([
    ["of a quarantine", quarantine(UPPER)],
    ["in part", quarantine(`${HASH.slice(0, 63)}F`)],
    ["of a restore", exchangeOf("restoreFile", { file_hash: UPPER })],
    ["of a list", exchangeOf("blocklistFiles", { hash_list: [HASH, UPPER] })],
    [
      "of a quarantine status",
      exchangeOf("getQuarantineStatus", { files: [{ endpoint_id: "a", file_hash: UPPER }] }),
    ],
  ])("is a hint: %s", (_, exchange) => {
    expect(found(exchange)).toEqual(["cortex.hash.case"]);
  });

  it("is one hint for a call that names it twice", () => {
    const files = [{ file_hash: UPPER }, { file_hash: UPPER }];
    const exchange = exchangeOf("getQuarantineStatus", { files });
    expect(hashRules.flatMap(({ judge }) => judge([exchange]))).toEqual([
      { exchanges: [1], what: "the hash is not written in lower case" },
    ]);
  });
});

describe("nothing is wrong with", () => {
  it.each([
    ["a SHA-256", quarantine(HASH)],
    ["a hash that is no text", quarantine(7)],
    ["no hash", exchangeOf("isolateEndpoints", { endpoint_id: "a" })],
    ["files that are nothing", exchangeOf("getQuarantineStatus", { files: [null] })],
    ["files that are no list", exchangeOf("retrieveFiles", { files: { windows: ["C:\\a"] } })],
    ["a body that is no JSON", exchangeOf("quarantineFiles", `{"file_hash":"${UPPER}`)],
    ["an empty body", exchangeOf("getEndpoints", "")],
  ])("%s", (_, exchange) => {
    expect(found(exchange)).toEqual([]);
  });
});
