// Uses the packed product in small projects as other people do: test runners with their fake timers, by `import` and by
// `require`, installed by each package manager, on each Node. Prints what works as a table; a failure ends in red.
// Usage: npm run build && node scripts/consumers.mjs [--node 24 …] (needs the npm registry)
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MAJORS, nodeBinary } from "./node-versions.mjs";

const at = process.argv.indexOf("--node");
const majors = at < 0 ? MAJORS : process.argv.slice(at + 1);
const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fauxdr-consumers-"));

const ASK = `
  const mock = await startMock();
  try {
    FAKE
    const { status } = await fetch(mock.url + "/__admin/health");
    if (status !== 200) throw new Error("the mock answered " + status);
    REAL
  } finally {
    await mock.close();
  }`;
const test = (load, fake = "", real = "") =>
  `${load}\ntest("the mock answers", async () => {${ASK.replace("FAKE", fake).replace("REAL", real)}\n});\n`;

const IMPORT = 'import { startMock } from "fauxdr";';
const REQUIRE = 'const { startMock } = require("fauxdr");';
const KEEP = '{ doNotFake: ["nextTick", "queueMicrotask"] }';
const JEST = [`jest.useFakeTimers(${KEEP});`, "jest.useRealTimers();"];
const NODE = [
  'mockTimers.enable({ apis: ["setTimeout", "setImmediate", "Date"] });',
  "mockTimers.reset();",
];

/** By name: how it loads the product, its file, and how it is run. */
const RUNNERS = {
  "vitest, ESM": {
    file: "mock.vitest.mjs",
    text: test(
      `import { test, vi } from "vitest";\n${IMPORT}`,
      "vi.useFakeTimers();",
      "vi.useRealTimers();",
    ),
    args: ["vitest/vitest.mjs", "run", "--config", "vitest.config.mjs"],
  },
  "Jest, CommonJS": {
    file: "mock.jest.cjs",
    text: test(REQUIRE, ...JEST),
    args: ["jest/bin/jest.js", "--testMatch", "**/mock.jest.cjs"],
  },
  "Jest, ESM": {
    file: "mock.jest.mjs",
    text: test(`import { jest } from "@jest/globals";\n${IMPORT}`, ...JEST),
    flags: ["--experimental-vm-modules", "--no-warnings"],
    args: ["jest/bin/jest.js", "--testMatch", "**/mock.jest.mjs"],
  },
  "node:test, ESM": {
    file: "mock.node.mjs",
    text: test(
      `import { mock as nodeMock, test } from "node:test";\nconst mockTimers = nodeMock.timers;\n${IMPORT}`,
      ...NODE,
    ),
    flags: ["--test", "mock.node.mjs"],
  },
  "node:test, CommonJS": {
    file: "mock.node.cjs",
    text: test(
      `const { mock: nodeMock, test } = require("node:test");\nconst mockTimers = nodeMock.timers;\n${REQUIRE}`,
      ...NODE,
    ),
    flags: ["--test", "mock.node.cjs"],
  },
  "mocha with sinon, ESM": {
    file: "mock.mocha.mjs",
    text: test(
      `import sinon from "sinon";\n${IMPORT}\nconst test = it;`,
      'const clock = sinon.useFakeTimers({ toNotFake: ["nextTick", "queueMicrotask"] });',
      "clock.restore();",
    ),
    args: ["mocha/bin/mocha.js", "mock.mocha.mjs"],
  },
  "mocha with sinon, CommonJS": {
    file: "mock.mocha.cjs",
    text: test(
      `const sinon = require("sinon");\n${REQUIRE}\nconst test = it;`,
      'const clock = sinon.useFakeTimers({ toNotFake: ["nextTick", "queueMicrotask"] });',
      "clock.restore();",
    ),
    args: ["mocha/bin/mocha.js", "mock.mocha.cjs"],
  },
};

const TYPED = `import { startMock } from "fauxdr";
import { createClient } from "fauxdr/client";
import { cases } from "fauxdr/cases";
export const used: unknown[] = [startMock, createClient({ url: "" }), cases];
// @ts-expect-error: the types are there
startMock({ port: "a" });
`;
/** TypeScript's ways to resolve a package, with the file that is checked. */
const TYPES = {
  "node10, CommonJS": ["typed.cts", "--module", "commonjs", "--moduleResolution", "node10"],
  "node16, CommonJS": ["typed.cts", "--module", "node16"],
  "node16, ESM": ["typed.mts", "--module", "node16"],
  "bundler, ESM": ["typed.ts", "--module", "esnext", "--moduleResolution", "bundler"],
};

const CHECK = `const { startMock } = require("fauxdr");
startMock().then(async (mock) => {
  console.log((await fetch(mock.url + "/__admin/health")).status);
  await mock.close();
});`;
/** By name: the package in the registry, and how it adds a tarball. */
const MANAGERS = {
  npm: ["npm@11", ["install", "--silent", "--no-audit", "--no-fund"]],
  pnpm: ["pnpm@10", ["add"]],
  yarn: ["yarn@1", ["add"]],
  bun: ["bun@1", ["add"]],
};

const rows = [];
function report(what, node, { status, stdout, stderr, error }) {
  const works = status === 0;
  rows.push([what, node, works ? "works" : "FAILS"]);
  console.log(`${works ? "ok  " : "FAIL"} ${what}, Node ${node}`);
  if (works) return;
  process.exitCode = 1;
  console.log(`${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`.slice(-2000));
}

/** Runs a program, with a time limit. */
const run = (command, args, cwd, env = {}) =>
  spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 180_000,
    killSignal: "SIGKILL",
  });

function project(name, json = {}) {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ name, private: true, ...json }));
  return cwd;
}

/** Throws if a preparing step failed. */
function need(result) {
  if (result.status !== 0) throw new Error(`${result.error ?? ""}${result.stdout}${result.stderr}`);
  return result.stdout.trim();
}

/** Programs that start a server, wait for it with HEAD requests, and run a test. */
function waiters(cwd) {
  const bin = join(cwd, "node_modules/.bin");
  const url = "http://127.0.0.1:4697/__admin/health";
  const server = "fauxdr --port 4697 --log none";
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
  report(
    "start-server-and-test http://…",
    process.versions.node.split(".")[0],
    run(join(bin, "start-server-and-test"), [server, url, "node -e 0"], cwd, env),
  );
  const child = spawn(process.execPath, ["node_modules/fauxdr/dist/cli.cjs", "--port", "4697"], {
    cwd,
    stdio: "ignore",
  });
  report(
    "wait-on http://…",
    process.versions.node.split(".")[0],
    run(join(bin, "wait-on"), ["--timeout", "60000", url], cwd, env),
  );
  child.kill();
}

try {
  const flags = ["--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = join(folder, need(run("npm", ["pack", ...flags], root)));
  const runners = project("runners", {
    dependencies: {
      fauxdr: `file:${tarball}`,
      jest: "30",
      mocha: "11",
      sinon: "21",
      "start-server-and-test": "2",
      typescript: "5.9",
      "@types/node": "20",
      vitest: "4",
      "wait-on": "9",
    },
  });
  need(run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], runners));
  for (const { file, text } of Object.values(RUNNERS)) writeFileSync(join(runners, file), text);
  for (const file of ["typed.cts", "typed.mts", "typed.ts"])
    writeFileSync(join(runners, file), TYPED);
  writeFileSync(
    join(runners, "vitest.config.mjs"),
    'export default { test: { include: ["mock.vitest.mjs"] } };',
  );
  for (const major of majors) {
    const node = nodeBinary(major);
    const env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
    for (const [name, { flags: options = [], args = [] }] of Object.entries(RUNNERS)) {
      const [script, ...rest] = args;
      const all = [...options, ...(script ? [join(runners, "node_modules", script), ...rest] : [])];
      report(name, major, run(node, all, runners, env));
    }
  }
  for (const [name, args] of Object.entries(TYPES)) {
    const tsc = [join(runners, "node_modules/typescript/bin/tsc"), "--noEmit", "--strict"];
    const rest = ["--target", "es2022", "--lib", "es2023,esnext.disposable", "--types", "node"];
    report(`types: ${name}`, "any", run(process.execPath, [...tsc, ...rest, ...args], runners));
  }
  for (const [name, [pack, args]] of Object.entries(MANAGERS)) {
    const cwd = project(`by-${name}`);
    writeFileSync(join(cwd, "check.cjs"), CHECK);
    need(run("npm", ["exec", "--yes", "--package", pack, "--", name, ...args, tarball], cwd));
    for (const major of majors) {
      report(`installed by ${name}`, major, run(nodeBinary(major), ["check.cjs"], cwd));
    }
  }
  waiters(runners);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const table = [
  "| what | Node | |",
  "| --- | --- | --- |",
  ...rows.map((row) => `| ${row.join(" | ")} |`),
];
console.log(`\n${table.join("\n")}`);
if (process.env.GITHUB_STEP_SUMMARY) {
  appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${table.join("\n")}\n`);
}
