import { expect, it } from "vitest";
import { compiledTable } from "../../../scripts/compiled-checks.mjs";
import { compiledChecks } from "../../../src/server/spec/compiled.ts";
import { vendors } from "../../../src/vendors/index.ts";

it("the sources have no compiled checks, so that their tests compile the documents as they are", () => {
  for (const { spec } of vendors) expect(compiledChecks(spec, ["document"])).toBeUndefined();
});

it("the build compiles checks for most operations of each vendor", async () => {
  const table: string = await compiledTable();
  for (const { name, operations } of vendors) {
    const row = new RegExp(`"${name}/openapi.json document[^"]*": \\{ requests: \\{([^}]*)\\}`);
    const compiled = [...(row.exec(table)?.[1] ?? "").matchAll(/(\w+): \(\) =>/g)];
    expect(compiled.length, name).toBeGreaterThan(Object.keys(operations).length / 2);
  }
});
