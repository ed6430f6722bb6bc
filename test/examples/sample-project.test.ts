import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { environment } from "../support/environment.ts";
import { sampleProject } from "../support/packed.ts";

const exec = promisify(execFile);

/** The sample project in a folder of its own, with the packed product; `change` is made to its client. */
async function ci(change: (client: string) => string): Promise<{ code: number; output: string }> {
  const cwd = await sampleProject();
  const client = join(cwd, "quarantine.js");
  writeFileSync(client, change(readFileSync(client, "utf8")));
  const env = environment;
  const ran = exec("npm", ["run", "ci", "--silent"], { cwd, env });
  return ran.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, output: stdout }),
  );
}

it("is green for the right client", async () => {
  const { code, output } = await ci((client) => client);
  expect([code, output]).toEqual([
    0,
    expect.stringMatching(/\d+ passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must/),
  ]);
});

it("is red for a client whose tests are red", async () => {
  const { code, output } = await ci((client) => client.replace("filters: [", "filter: ["));
  expect(code).toBe(1);
  expect(output).toContain("request.off-spec");
});

it("is red for a client whose tests are green, and that sends what it should not", async () => {
  const careless = `await fetch(url + "/public_api/v1/endpoints/quarantine", { method: "POST" });
  const response = await fetch(`;
  const { code, output } = await ci((client) =>
    client.replace("const response = await fetch(", careless),
  );
  expect(code).toBe(1);
  expect(output).toContain("must  auth.missing");
  expect(output).toMatch(/fail 0/);
});
