// Validates the GitHub action and the CI recipes against GitHub's schemas, as action-validator ships them.
// Usage: node scripts/github-schemas.mjs (needs the npm registry)
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const folder = mkdtempSync(`${tmpdir()}/fauxdr-github-`);
try {
  writeFileSync(`${folder}/package.json`, '{ "private": true }');
  const packages = ["core", "cli"].map((name) => `@action-validator/${name}@0.6.0`);
  const quiet = ["--silent", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...quiet, ...packages], { cwd: folder });
  const validate = (file) => {
    execFileSync("npx", ["--no-install", "action-validator", file], {
      cwd: folder,
      stdio: "inherit",
    });
    console.log(`${file}: fits GitHub's schema`);
  };
  // The schema is older than this runtime and only knows the previous one.
  writeFileSync(
    `${folder}/action.yml`,
    read("action.yml").replace("using: node24", "using: node20"),
  );
  validate("action.yml");
  mkdirSync(`${folder}/.github/workflows`, { recursive: true });
  const recipes = readdirSync(new URL("../docs/ci/", import.meta.url));
  for (const name of recipes.filter((file) => file.startsWith("github-"))) {
    writeFileSync(`${folder}/.github/workflows/${name}`, read(`docs/ci/${name}`));
    validate(`.github/workflows/${name}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
