// Builds dist: what runs, and the licences and the bill of the packages that are in it. The types are TypeScript's work.
import { rmSync, writeFileSync } from "node:fs";
import { bundle, page } from "./bundle.mjs";
import { bill, licences, packagesOf } from "./licences.mjs";

const dist = new URL("../dist/", import.meta.url);

rmSync(dist, { recursive: true, force: true });
const files = await bundle(
  ["src/cli.ts", "src/index.ts", "src/testing/cases.ts", "src/testing/vitest.ts"],
  "dist",
);
// It runs in a browser too, where nothing of Node is.
await bundle(["src/client.ts"], "dist", "browser");
files.push(...(await page("src/inspector", "dist/inspector")));
const packages = packagesOf(files);
writeFileSync(new URL("THIRD-PARTY-LICENSES.txt", dist), licences(packages));
writeFileSync(new URL("sbom.cdx.json", dist), bill(packages));
