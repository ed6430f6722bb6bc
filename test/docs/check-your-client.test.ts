import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { emptyDirectory } from "../support/directory.ts";
import { environment } from "../support/environment.ts";
import { onDisk, read } from "../support/repository.ts";

const exec = promisify(execFile);
const [inVitest = "", elsewhere = ""] = [
  ...read("docs/how-to/check-your-client.md").matchAll(/^```ts\n([\s\S]*?)^```/gm),
].map(([, code = ""]) => code);

/** The client that the page takes for the reader's own: here, the example in Node. */
const CLIENT = `
export const client = async ({ environment, input }) => {
  const env = { PATH: process.env.PATH, ...environment, FAUXDR_INPUT: JSON.stringify(input) };
  const { spawn } = await import("node:child_process");
  const child = spawn(process.execPath, [${JSON.stringify(onDisk("examples/cortex/client.mjs"))}], { env });
  let said = "";
  for await (const piece of child.stdout) said += piece;
  return JSON.parse(said);
};
`;

/** A project with the page's program in it, led through one case in place of all. */
function project(name: string, program: string): string {
  const folder = emptyDirectory();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(onDisk("."), join(folder, "node_modules/fauxdr"));
  symlinkSync(onDisk("node_modules/vitest"), join(folder, "node_modules/vitest"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "my-client.js"), CLIENT);
  const one = program
    .replace("./my-client.ts", "./my-client.js")
    .replace('vendor: "cortex"', 'vendor: "cortex", prefix: "cortex.quarantine.one"');
  writeFileSync(join(folder, name), one);
  return folder;
}

const env = environment;

it("a client in a vitest file runs through the contract", async () => {
  const cwd = project("contract.test.js", inVitest);
  const cli = onDisk("node_modules/vitest/vitest.mjs");
  const { stdout } = await exec(process.execPath, [cli, "run", "--root", cwd], { cwd, env });
  expect(stdout).toMatch(/Tests .*2 passed/);
});

it("any other runner loops over the cases", async () => {
  const cwd = project("contract.test.js", `import { client } from "./my-client.ts";\n${elsewhere}`);
  const { stdout } = await exec(process.execPath, ["--test"], { cwd, env });
  expect(stdout).toMatch(/^(#|ℹ) pass 2$/m);
});
