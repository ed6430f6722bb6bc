// Builds dist: the bundled code, the licences of the packages in it, and its bill of materials. TypeScript writes the types.
import { rmSync, writeFileSync } from "node:fs";
import { bundle, page } from "./bundle.mjs";
import { bill, licences, packagesOf } from "./licences.mjs";

const dist = new URL("../dist/", import.meta.url);

rmSync(dist, { recursive: true, force: true });
const files = await bundle(
  ["src/cli.ts", "src/index.ts", "src/testing/cases.ts", "src/testing/vitest.ts"],
  "dist",
);
// It also runs in browsers, so it must not use Node's modules.
await bundle(["src/client.ts"], "dist", "browser");
files.push(...(await page("src/inspector", "dist/inspector")));
const packages = packagesOf(files);
writeFileSync(new URL("THIRD-PARTY-LICENSES.txt", dist), licences(packages));
writeFileSync(new URL("sbom.cdx.json", dist), bill(packages));
