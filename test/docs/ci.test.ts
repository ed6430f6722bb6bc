import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { startMock } from "../../src/mock.ts";
import { envOf } from "../../src/settings/names.ts";
import { SETTINGS } from "../../src/settings/table.ts";
import { emptyDirectory } from "../support/directory.ts";
import { environment } from "../support/environment.ts";
import { sampleProject } from "../support/packed.ts";
import { needs, pathOf } from "../support/programs.ts";
import { files, read } from "../support/repository.ts";

const exec = promisify(execFile);

type Env = Readonly<Record<string, string>>;

/** The command lines of a recipe, and the environment that it gives them. */
interface Recipe {
  readonly commands: readonly string[];
  readonly env: Env;
}

interface Step {
  readonly run?: string;
  readonly script?: string;
}

const lines = (steps: readonly (Step | string)[]): string[] =>
  steps.flatMap((step) => (typeof step === "string" ? [] : (step.run ?? step.script ?? [])));
const pairs = (list: readonly { readonly name: string; readonly value: string }[]): Env =>
  Object.fromEntries(list.map(({ name, value }) => [name, value]));
const yaml = (name: string) => parse(read(`docs/ci/${name}`));

const github = (name: string): Recipe => {
  const { steps, env = {} } = yaml(name).jobs.test;
  return { commands: lines(steps), env };
};

const RECIPES: Readonly<Record<string, () => Recipe>> = {
  "github-actions.yml": () => github("github-actions.yml"),
  "github-services.yml": () => github("github-services.yml"),
  "github-job.yml": () => github("github-job.yml"),
  "gitlab-ci.yml": () => {
    const { script, variables } = yaml("gitlab-ci.yml").test;
    return { commands: script, env: variables };
  },
  Jenkinsfile: () => ({
    commands: [...read("docs/ci/Jenkinsfile").matchAll(/^\s*sh '(.*)'$/gm)].map(
      ([, line = ""]) => line,
    ),
    env: {},
  }),
  "azure-pipelines.yml": () => ({ commands: lines(yaml("azure-pipelines.yml").steps), env: {} }),
  "circleci.yml": () => {
    const { docker, steps } = yaml("circleci.yml").jobs.test;
    return { commands: lines(steps), env: docker[0].environment };
  },
  "compose.yml": () => {
    const { command, environment } = yaml("compose.yml").services.tests;
    return { commands: [command], env: environment };
  },
  "kubernetes.yml": () => {
    const [{ command, env }] = yaml("kubernetes.yml").spec.template.spec.containers;
    return { commands: [command.at(-1)], env: pairs(env) };
  },
};

const jq = needs("bash", "jq");

it.skipIf(jq.skip).each(Object.keys(RECIPES))(
  `docs/ci/%s has command lines that work${jq.note}`,
  { timeout: 120_000 },
  async (name) => {
    const { commands, env } = RECIPES[name]?.() ?? { commands: [], env: {} };
    expect(commands.join("\n")).toMatch(/^(sh -c ")?npm ci/);
    await using mock = await startMock({ wire: "recorded" });
    const cwd = await sampleProject();
    const own = environment;
    // Where a recipe has a service, this mock stands in for it; the action tells the URL by itself.
    const given = Object.keys(env).length > 0 || name !== "github-job.yml" ? env : CREDENTIALS;
    const variables = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [
        key,
        value.replace(/^http:\/\/(localhost|fauxdr):4620/, mock.url),
      ]),
    );
    await exec(pathOf("bash"), ["-ec", commands.join("\n")], {
      cwd,
      env: { ...own, ...variables },
    });
    const ranItself = commands.some((line) => line.includes("fauxdr run"));
    expect(mock.journal.entries().length).toBe(ranItself ? 0 : 1);
  },
);

const CREDENTIALS: Env = {
  CORTEX_URL: "http://localhost:4620",
  CORTEX_API_KEY_ID: "1",
  CORTEX_API_KEY: "fauxdr-standard-key",
};

it("every recipe is run, and named in the table", () => {
  const names = files("docs/ci").map((file) => file.slice("docs/ci/".length));
  const recipes = names.filter((name) => !name.endsWith(".md"));
  expect(recipes.toSorted()).toEqual(Object.keys(RECIPES).toSorted());
  for (const name of names) {
    if (name !== "README.md") expect(read("docs/ci/README.md")).toContain(`](${name})`);
  }
});

it("every variable that a recipe sets is one of the product's", () => {
  const known = Object.keys(SETTINGS).map(envOf);
  const named = files("docs/ci").flatMap((file) => read(file).match(/\bFAUXDR_[A-Z_]+\b/g) ?? []);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

/** Parses a block, which calls packages and an engine that are not here; answers what is wrong with its form. */
const PARSERS: Readonly<Record<string, (code: string) => Promise<string>>> = {
  js: async (code) =>
    (await transform(code, { loader: "js" })).warnings.map(({ text }) => text).join(),
  python: (code) =>
    parsed(pathOf("Python"), ["-c", "import ast, sys; ast.parse(sys.argv[1])", code]),
  go: (code) => {
    const file = join(emptyDirectory(), "block.go");
    writeFileSync(file, `package block\n\nfunc run() {\n${code}}\n`);
    return parsed("gofmt", ["-e", file]);
  },
  java: async (code) => {
    const file = join(emptyDirectory(), "Block.java");
    writeFileSync(file, `class Block { void run() {\n${code}} }\n`);
    // Names that are not here are no mistake of form.
    const errors = (await parsed("javac", ["-proc:none", file])).match(/error: .*/g) ?? [];
    return errors.filter((error) => !/cannot find symbol/.test(error)).join();
  },
};

const parsed = (command: string, args: readonly string[]): Promise<string> =>
  exec(command, [...args]).then(
    () => "",
    ({ stderr }: { stderr: string }) => stderr,
  );

const go = needs("Go");
const java = needs("Java");
const blocks = [...read("docs/ci/testcontainers.md").matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(
  ([, language = "", code = ""]) => [language, code] as const,
);

it("Testcontainers are shown in four languages", () => {
  expect(blocks.map(([language]) => language)).toEqual(["js", "python", "java", "go"]);
});

it.skipIf(go.skip || java.skip).each(blocks)(
  `the block in %s has the form of its language${go.note}${java.note}`,
  async (language, code) => {
    expect(await PARSERS[language]?.(code)).toBe("");
  },
);

it("the job of the side-car is one that Kubernetes knows to order", () => {
  const { initContainers } = yaml("kubernetes.yml").spec.template.spec;
  expect(initContainers[0].restartPolicy).toBe("Always");
});
