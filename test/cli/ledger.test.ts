import { expect, it } from "vitest";
import { vendors } from "../../src/vendors/index.ts";
import { fileWith, YAML } from "../support/also.ts";
import { command } from "../support/command.ts";
import { fauxdr } from "../support/process.ts";

it("prints a line for each reply, for grep and cut", async () => {
  const { stdout, code } = await fauxdr(["ledger", "--vendor", "cortex"]);
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(lines.every((cells) => cells.length === 6 && cells[0] === "cortex")).toBe(true);
  expect(lines).toContainEqual(
    expect.arrayContaining(["quarantineFiles", "400", "invalid", "assumed (document)"]),
  );
  expect(lines).toContainEqual(
    expect.arrayContaining(["quarantineFiles", "500", "missing", "recorded (recorded)"]),
  );
});

it("prints the same as JSON", async () => {
  const rows = JSON.parse((await command(["ledger", "--format", "json"])).stdout);
  expect(new Set(rows.map(({ vendor }: { vendor: string }) => vendor))).toEqual(
    new Set(vendors.map(({ name }) => name)),
  );
  expect(rows.find(({ vendor }: { vendor: string }) => vendor === "cortex")).toMatchObject({
    operation: "quarantineFiles",
    status: 200,
    cause: "ok",
  });
});

it("ends with the replies of your own documents", async () => {
  const file = fileWith(YAML);
  const { stdout } = await command(["ledger", "--vendor", "cortex", "--also", file]);
  const last = stdout.trimEnd().split("\n").at(-1);
  expect(last?.split("\t")).toEqual(["cortex", "getVersion", "200", "ok", "yours", file]);
});

it("prints nothing where such a document is wrong", async () => {
  const { code, stdout, stderr } = await command(["ledger", "--also", "/nowhere.yaml"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("/nowhere.yaml cannot be read: there is no such file");
});
