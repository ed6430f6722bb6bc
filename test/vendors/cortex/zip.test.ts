import { describe, expect, it } from "vitest";
import { zip } from "../../../src/vendors/cortex/zip.ts";
import { needs } from "../../support/programs.ts";
import { unzip } from "../../support/python-zip.ts";

const python = needs("Python");

type Files = readonly (readonly [name: string, text: string])[];

describe("an archive", () => {
  it.each<readonly [string, Files]>([
    ["nothing", []],
    ["one file", [["a.txt", "hello\n"]]],
    ["an empty file", [["empty", ""]]],
    ["a file in folders", [["var/log/syslog", "line\nline\r\n"]]],
    ["a Windows path", [["C:\\temp\\a.msi", "C:\\temp\\a.msi\n"]]],
    ["names and texts beyond ASCII", [["ä/文件/😀.txt", "ÄÖÜ 文件 😀"]]],
    [
      "the same name twice",
      [
        ["a", "first"],
        ["a", "second"],
      ],
    ],
    ["a text of a megabyte", [["big", "0123456789".repeat(100_000)]]],
    [
      "texts that look like headers",
      [
        ["PK\u0003\u0004", "PK\u0001\u0002PK\u0005\u0006"],
        ["b", "\u0000"],
      ],
    ],
    ["twenty files", Array.from({ length: 20 }, (_, n) => [`f/${n}`, "x".repeat(n)] as const)],
  ])("of %s is what Python unpacks", (_what, files) => {
    expect(unzip(zip(files))).toEqual(files);
  });

  it("is the same bytes for the same files", () => {
    const files: Files = [
      ["a", "b"],
      ["c", "d"],
    ];
    expect(Buffer.from(zip(files)).equals(Buffer.from(zip(files)))).toBe(true);
  });

  it("of nothing is the 22 bytes of its end", () => {
    expect(Buffer.from(zip([])).toString("hex")).toBe(`504b0506${"0".repeat(36)}`);
  });

  it("contains the checksum of each text", () => {
    // The well-known check value of CRC-32.
    expect(Buffer.from(zip([["a", "123456789"]])).readUInt32LE(14)).toBe(0xcbf43926);
  });

  it.skipIf(python.skip)(
    `with a changed byte is one that Python does not take${python.note}`,
    () => {
      const archive = Buffer.from(zip([["a", "hello"]]));
      archive.writeUInt8(archive.readUInt8(31) ^ 1, 31);
      expect(() => unzip(archive)).toThrow();
    },
  );
});
