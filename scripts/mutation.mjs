// Mutation testing: breaks a folder's code in one place at a time and counts how often its tests notice. Writes
// bench/MUTATION.md.
// Usage: node scripts/mutation.mjs [--changed] [folder or files ...] (needs the npm registry, for Stryker)
// Folders: core, rules, contract, cases, vendors. --changed reuses earlier results where neither code nor tests have changed, and always
// for mutants that run while the code loads. Publish figures only from a run without it.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The newest version that runs on Node 20. */
const VERSION = "9.6.1";
const CACHE = join(homedir(), ".cache/fauxdr-mutation", VERSION);
const PAGE = "bench/MUTATION.md";
const chosen = process.argv.slice(2).filter((argument) => argument !== "--changed");
const isIncremental = chosen.length < process.argv.length - 2;
const root = fileURLToPath(new URL("../", import.meta.url));

const FOLDERS = {
  core: { mutate: ["src/core/**/*.ts"], include: ["test/core/**/*.test.ts"], least: 85 },
  // Each file with the tests that mirror it: all of the folder's tests for each mutant would take hours.
  rules: { isEach: true, least: 85 },
  contract: { isEach: true, least: 90 },
  // Their texts are data that no code reads. All clients that are made for a case are its tests.
  cases: { isEach: true, least: 90, without: ["StringLiteral"], isLong: true },
  vendors: {
    mutate: ["src/vendors/**/*.ts", "!src/vendors/*/{rules,cases,probes}/**"],
    include: ["test/vendors/**/*.test.ts"],
    // These tests start many processes: too slow to repeat for each mutant.
    exclude: ["test/vendors/*/{contract,contract.correct,cases/*,python,zip}.test.ts"],
    least: 0,
  },
};

/** Stryker needs a vitest installed beside it, but then runs ours. */
function install() {
  const modules = join(CACHE, "node_modules");
  if (existsSync(join(modules, "@stryker-mutator/vitest-runner"))) return modules;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "package.json"), '{ "private": true }');
  const packages = ["core", "vitest-runner"].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", ["install", ...packages, ...flags], { cwd: CACHE, stdio: "inherit" });
  return modules;
}

async function measure({ name, mutate, include, exclude = [], without = [] }, folder) {
  const modules = install();
  const at = createRequire(join(modules, "stryker.cjs"));
  const { Stryker } = await import(pathToFileURL(at.resolve("@stryker-mutator/core")).href);
  const config = join(folder, "vitest.config.mjs");
  const resolve = { alias: { "@fast-check/vitest": join(root, "scripts/without-chance.mjs") } };
  const test = {
    include,
    exclude,
    isolate: false,
    pool: "threads",
    globalSetup: ["test/setup.ts"],
    // Stryker has a limit of its own.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A mutant must not write down what it does as what is right.
    update: "none",
  };
  writeFileSync(
    config,
    `import { LoadFailures } from ${JSON.stringify(join(root, "scripts/mutation-reporter.mjs"))};
const { test, ...rest } = ${JSON.stringify({ root: ".", resolve, test })};
export default { ...rest, test: { ...test, reporters: [new LoadFailures()] } };
`,
  );
  return new Stryker({
    mutate,
    mutator: { excludedMutations: without },
    testRunner: "vitest",
    plugins: [at.resolve("@stryker-mutator/vitest-runner")],
    vitest: { configFile: config },
    coverageAnalysis: "perTest",
    incremental: true,
    force: !isIncremental,
    incrementalFile: join(CACHE, `${name}.json`),
    // Nothing is compiled here. To read a tsconfig, Stryker would need its own TypeScript.
    tsconfigFile: "none",
    concurrency: Number(process.env.MUTATION_JOBS ?? 2),
    timeoutMS: 5000,
    timeoutFactor: 2,
    tempDirName: join(folder, "sandboxes"),
    ignorePatterns: ["dist", "bench", "docs", "coverage", ".*"],
    reporters: ["progress-append-only"],
    logLevel: "warn",
    warnings: { slow: false },
    allowConsoleColors: false,
  }).runMutationTest();
}

/** A file's tests: those that mirror it, or those of the files beside it that use it. */
function testsOf(file) {
  const mirror = file.replace(/^src\/(.*)\.ts$/, "test/$1");
  const own = existsSync(`${mirror}.test.ts`)
    ? `${mirror}{,.*}.test.ts`
    : `${dirname(mirror)}/*.test.ts`;
  // What every rule must have is tested for all of them at once.
  const more = file.includes("/rules/") ? ["test/contract/rules/general.test.ts"] : [];
  return { include: [own, ...more], exclude: ["test/contract/{check,probe}.judged.test.ts"] };
}

/** Each file by itself. */
async function measureEach({ name, mutate = filesOf(name), without }, folder) {
  const results = [];
  for (const file of mutate) {
    const own = {
      name: `${name}-${file.replaceAll("/", "-")}`,
      mutate: [file],
      without,
      ...testsOf(file),
    };
    const found = await measure(own, folder);
    console.log([...survivors(found), row(file, found).line].join("\n"));
    results.push(...found);
  }
  return results;
}

/** The files of a folder. */
const filesOf = (name) =>
  readdirSync("src", { recursive: true })
    .map((file) => join("src", file))
    .filter((file) => file.endsWith(".ts") && folderOf(file) === name)
    .toSorted();

/** One line for each mutant that no test noticed. */
const survivors = (results) =>
  results
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map(({ fileName, location: { start }, mutatorName, replacement = "" }) =>
      [
        `${relative(root, fileName)}:${start.line}:${start.column}`,
        mutatorName,
        replacement.replace(/\s+/g, " "),
      ].join(" "),
    );

function row(name, results) {
  const of = (status) => results.filter((result) => result.status === status).length;
  const counts = ["Killed", "Timeout", "Survived", "NoCoverage"].map(of);
  const [killed, late] = counts;
  // Mutants that Stryker could not run do not count.
  const all = counts.reduce((sum, count) => sum + count);
  const score = (100 * (killed + late)) / all;
  return {
    score,
    line: `| \`${name}\` | ${[all, ...counts].join(" | ")} | ${score.toFixed(1)} % |`,
  };
}

const folderOf = (file) => {
  if (file.includes("/rules/")) return "rules";
  if (file.includes("/cases/")) return "cases";
  if (file.startsWith("src/contract/")) return "contract";
  return file.startsWith("src/core/") ? "core" : "vendors";
};

/** Replaces a folder's row, or adds it at the end. */
function publish(name, line) {
  const page = readFileSync(PAGE, "utf8");
  const old = new RegExp(`^\\| \`${name}\` .*$`, "m");
  const last = page.slice(0, page.lastIndexOf("|\n") + 2);
  const added = `${last}${line}\n${page.slice(last.length)}`;
  writeFileSync(PAGE, old.test(page) ? page.replace(old, line) : added);
}

const byFolder = (files) =>
  Object.keys(FOLDERS)
    .map((name) => [name, files.filter((file) => folderOf(file) === name)])
    .filter(([, group]) => group.length > 0);

async function run(name, files) {
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-mutation-"));
  try {
    const chosen = { name, ...FOLDERS[name], ...(files && { mutate: files }) };
    process.env.ALL_TESTS = chosen.isLong ? "1" : "";
    const all = await (chosen.isEach ? measureEach : measure)(chosen, folder);
    // Keep the earlier results of other files.
    const isChosen = ({ fileName }) => !files || files.includes(relative(root, fileName));
    const results = all.filter(isChosen);
    const { score, line } = row(name, results);
    if (!chosen.isEach) console.log(survivors(results).join("\n"));
    console.log(
      `\n| folder | mutants | killed | timed out | survived | no test | score |\n${line}`,
    );
    if (files) return;
    publish(name, line);
    if (score >= FOLDERS[name].least) return;
    console.log(`${name}: the score is below ${FOLDERS[name].least} %`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.chdir(root);
const files = chosen.filter((name) => existsSync(name));
const names = chosen.filter((name) => !existsSync(name));
const strange = names.filter((name) => !Object.hasOwn(FOLDERS, name));
if (strange.length > 0)
  throw new Error(`${strange}: neither a file nor one of ${Object.keys(FOLDERS)}.`);
for (const [name, group] of byFolder(files)) await run(name, group);
for (const name of chosen.length > 0 ? names : Object.keys(FOLDERS)) await run(name);
