// Builds dist: the bundled code, its types, the licences of the packages in it, and its bill of materials.
// Usage: node scripts/build.mjs [--if-stale] (does nothing when dist is up to date)
import { execFile, execFileSync } from "node:child_process";
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { digest, isStale, stamp } from "./stale.mjs";
import { warm } from "./warm.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = new URL("../dist/", import.meta.url);

/** Runs TypeScript's compiler without a shell. */
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

/** The entry points that are ES modules. */
const ESM = ["src/index.ts", "src/testing/cases.ts", "src/testing/vitest.ts"];

/** The entry points that are CommonJS. */
const COMMON_JS = { cli: "src/cli.ts", index: "src/index.ts", cases: "src/testing/cases.ts" };

export async function build() {
  // Loaded here, because a start with an up-to-date build needs no bundler.
  const { bundle, commonJs, compileChecks, oneCommonJs, page } = await import("./bundle.mjs");
  const { bill, licences, packagesOf } = await import("./licences.mjs");
  execFileSync(process.execPath, ["scripts/specs.mjs"], { cwd: root });
  const made = digest();
  rmSync(dist, { recursive: true, force: true });
  const types = promisify(execFile)(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
    cwd: root,
  });
  await compileChecks();
  const [files, , inspector, commonJsFiles] = await Promise.all([
    bundle(ESM, "dist"),
    // It also runs in browsers, so it must not use Node's modules.
    bundle(["src/client.ts"], "dist", "browser"),
    page("src/inspector", "dist/inspector"),
    commonJs(COMMON_JS, "dist/cjs"),
    // CommonJS, because Node takes six milliseconds longer to start with an ES module.
    oneCommonJs({ entryPoints: ["src/cli/start.ts"] }, "dist/cli.cjs"),
    oneCommonJs({ entryPoints: ["src/client.ts"] }, "dist/cjs/client.js", "browser"),
  ]);
  const packages = packagesOf([...files, ...inspector, ...commonJsFiles]);
  writeFileSync(new URL("THIRD-PARTY-LICENSES.txt", dist), licences(packages));
  writeFileSync(new URL("sbom.cdx.json", dist), bill(packages));
  await types.catch(({ stdout, stderr }) => {
    throw new Error(`the types were not made:\n${stdout}${stderr}`);
  });
  copyTypes();
  stamp(made);
  await warm();
}

/** TypeScript treats types as CommonJS if the nearest package.json says so. */
function copyTypes() {
  const folders = readdirSync(dist, { recursive: true }).filter((path) => path.endsWith(".d.ts"));
  for (const path of folders) cpSync(new URL(path, dist), new URL(`cjs/${path}`, dist));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--if-stale") || isStale()) await build();
}
