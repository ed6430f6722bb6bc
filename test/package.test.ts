import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { built } from "./support/built.ts";
import { emptyProject } from "./support/packed.ts";
import { onDisk, read } from "./support/repository.ts";

const exec = promisify(execFile);

const PROGRAM = `
import { startMock, type TenantHandle } from "fauxdr";
await using mock = await startMock({ fleet: 1 });
const tenant: TenantHandle = await mock.tenant({ name: "other" });
const { status } = await fetch(mock.url + "/__admin/health");
console.log(status, tenant.name);
// @ts-expect-error: the types are there
mock.nothing;
`;

describe("the package", () => {
  it("needs no other package: the library runs from it", async () => {
    const cwd = await emptyProject();
    const program = PROGRAM.replace(", type TenantHandle", "")
      .replace(": TenantHandle", "")
      .replace("await using", "const");
    writeFileSync(join(cwd, "program.js"), `${program}\nawait mock.close();`);
    const { stdout } = await exec(process.execPath, ["program.js"], { cwd });
    expect(stdout).toBe("200 other\n");
  });

  it("is loaded by require as well, without the bundle of import and what is not needed", async () => {
    const cwd = await emptyProject();
    const program = `
      const { startMock, KitError } = require("fauxdr");
      const { cases } = require("fauxdr/cases");
      const { createClient } = require("fauxdr/client");
      startMock({ tls: true, fleet: 2 }).then(async (mock) => {
        const { status } = await createClient({ url: mock.url }).getHealth();
        console.log(status, cases().length > 0, new KitError("").name);
        console.log((await fetch(mock.url + "/__admin/")).status);
        await mock.close();
        const loaded = Object.keys(require.cache).map((file) => file.split("/").at(-1));
        console.log(loaded.toSorted().join(" "));
      });`;
    writeFileSync(join(cwd, "program.cjs"), program);
    const { stdout } = await exec(process.execPath, ["program.cjs"], { cwd });
    expect(stdout).toBe(
      "ok true KitError\n200\nasn1js.js cases.js client.js code.js faker.js index.js pkijs.js program.cjs\n",
    );
  });

  it("has types that need no other package but Node's", async () => {
    const cwd = await emptyProject();
    writeFileSync(join(cwd, "program.ts"), PROGRAM);
    const types = ["--types", "node", "--typeRoots", onDisk("node_modules/@types")];
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "esnext"];
    const tsc = exec(onDisk("node_modules/.bin/tsc"), [...flags, ...types, "program.ts"], { cwd });
    expect((await tsc.catch((error) => error)).stdout).toBe("");
  });

  it("runs as a command", async () => {
    const cwd = await emptyProject();
    const { bin } = JSON.parse(readFileSync("package.json", "utf8"));
    const command = join(cwd, "node_modules/fauxdr", bin.fauxdr);
    const { stdout } = await exec(command, ["help", "serve"]);
    expect(stdout).toContain("--port");
  });
});

describe("dist", () => {
  const scripts = ["", "cjs/"].flatMap((folder) =>
    readdirSync(built(folder))
      .filter((name) => name.endsWith(".js"))
      .map((name) => folder + name),
  );

  it("has a separate part for what a plain start does not need", () => {
    const main = scripts.filter((name) =>
      /\b(express|openapi-backend)\/index\.js/.test(read(`dist/${name}`)),
    );
    expect(main).not.toEqual([]);
    for (const name of main)
      expect(read(`dist/${name}`)).not.toMatch(/node_modules\/(@faker-js|jose)/);
  });

  it("names the licence of every package that is in it, with a text", () => {
    const inside = scripts.flatMap((name) =>
      [...read(`dist/${name}`).matchAll(/^\s*\/\/ node_modules\/(.*)$/gm)].map(([, path = ""]) => {
        const [, name = ""] = /^(?:.*node_modules\/)?((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
        return name;
      }),
    );
    // Nothing of the page can be recognised any more: it is minified.
    inside.push("preact");
    const texts = read("dist/THIRD-PARTY-LICENSES.txt").split(/\n-{80}\n/);
    const named = texts.map((text) => /^\s*(\S+) /.exec(text)?.[1]);
    expect([...new Set(named)].toSorted()).toEqual([...new Set(inside)].toSorted());
    for (const text of texts) expect(text).toMatch(/permission|redistribution/i);
    const { components } = JSON.parse(read("dist/sbom.cdx.json"));
    expect(components.map(({ name }: { name: string }) => name)).toEqual(named);
  });
});
