import { expect, it } from "vitest";
import { vendors } from "../../src/vendors/index.ts";
import { command } from "../support/command.ts";
import { fauxdr } from "../support/process.ts";

const all = vendors.flatMap(({ contract }) => contract.cases);

it("lists every case with its severity and promise", async () => {
  const { stdout, code } = await fauxdr(["cases"]);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split("\t")[2])).toEqual(all.map(({ id }) => id));
});

it("lists them whole as JSON", async () => {
  const rows = JSON.parse((await command(["cases", "--format", "json"])).stdout);
  expect(rows).toHaveLength(all.length);
  expect(rows[0]).toMatchObject({
    vendor: vendors[0]?.name,
    ...JSON.parse(JSON.stringify(all[0])),
  });
});

it("lists the rules of one vendor", async () => {
  const { stdout } = await command(["cases", "--rules", "--vendor", "cortex"]);
  expect(stdout).toContain("cortex\tmust\tretry.hopeless\t");
  expect(stdout).not.toContain("login.after-401");
});
