import { expect, it } from "vitest";
import { vendors } from "../../src/vendors/index.ts";
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
