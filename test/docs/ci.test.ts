import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startMock } from "../../src/mock.ts";
import { envOf } from "../../src/settings/names.ts";
import { SETTINGS } from "../../src/settings/table.ts";
import { built } from "../support/built.ts";
import { emptyDirectory } from "../support/directory.ts";
import { environment } from "../support/environment.ts";
import { sampleProject } from "../support/packed.ts";
import { isAll, needs, pathOf } from "../support/programs.ts";
import { files, read } from "../support/repository.ts";

const exec = promisify(execFile);

type Env = Readonly<Record<string, string>>;

/** The command lines of a recipe, and the environment that it gives them. */
interface Recipe {
  readonly commands: readonly string[];
  readonly env: Env;
  /** Run even if the commands failed. */
  readonly always?: readonly string[];
  /** Those that make the image, in a job of their own or by hand. */
  readonly image?: readonly string[];
  /** The image that the recipe uses. */
  readonly uses?: string;
}

interface Step {
  readonly run?: string | { readonly command: string };
  readonly script?: string;
}

const lines = (steps: readonly (Step | string)[]): string[] =>
  steps.flatMap((step) => {
    if (typeof step === "string") return [];
    const { run, script } = step;
    return (typeof run === "object" ? run.command : run) ?? script ?? [];
  });
const pairs = (list: readonly { readonly name: string; readonly value: string }[]): Env =>
  Object.fromEntries(list.map(({ name, value }) => [name, value]));
const yaml = (name: string) => parse(read(`docs/ci/${name}`));

const github = (name: string): Recipe => {
  const { steps, env = {} } = yaml(name).jobs.test;
  return { commands: lines(steps), env };
};

const RECIPES: Readonly<Record<string, () => Recipe>> = {
  "github-actions.yml": () => github("github-actions.yml"),
  "github-services.yml": () => {
    const { jobs, env } = yaml("github-services.yml");
    const recipe = github("github-services.yml");
    return {
      ...recipe,
      env: { ...env, ...recipe.env },
      image: lines(jobs.image.steps),
      uses: jobs.test.services.fauxdr.image,
    };
  },
  "github-job.yml": () => ({ ...github("github-job.yml"), env: CREDENTIALS }),
  "gitlab-ci.yml": () => {
    const { variables, test, ...jobs } = yaml("gitlab-ci.yml");
    return {
      commands: test.script,
      env: { ...variables, ...test.variables },
      always: test.after_script,
      image: jobs["fauxdr-image"].script,
      uses: test.services[0].name,
    };
  },
  Jenkinsfile: () => ({
    commands: [...read("docs/ci/Jenkinsfile").matchAll(/^\s*sh '(.*)'$/gm)].map(
      ([, line = ""]) => line,
    ),
    env: {},
  }),
  "azure-pipelines.yml": () => ({ commands: lines(yaml("azure-pipelines.yml").steps), env: {} }),
  "circleci.yml": () => {
    const { environment, steps } = yaml("circleci.yml").jobs.test;
    const commands = lines(steps);
    const start = commands.find((line) => line.startsWith("docker run"));
    return {
      commands,
      env: environment,
      image: commands.filter((line) => line.startsWith("docker")),
      uses: start?.split(" ").at(-1) ?? "",
    };
  },
  "compose.yml": () => {
    const { command, environment } = yaml("compose.yml").services.tests;
    return { commands: [command.replaceAll("$$", "$")], env: environment };
  },
  "kubernetes.yml": () => {
    const { initContainers, containers } = yaml("kubernetes.yml").spec.template.spec;
    const [{ command, env }] = containers;
    return {
      commands: [command.at(-1)],
      env: pairs(env),
      image: commented("kubernetes.yml"),
      uses: initContainers[0].image,
    };
  },
};

/** Command lines that a recipe has in its head, to be run by hand. */
const commented = (name: string): string[] =>
  [...read(`docs/ci/${name}`).matchAll(/^# (docker .*)$/gm)].map(([, line = ""]) => line);

const CREDENTIALS: Env = {
  CORTEX_URL: "http://localhost:4620",
  CORTEX_API_KEY_ID: "1",
  CORTEX_API_KEY: "fauxdr-standard-key",
};

/** What the system puts in the place of its own expressions. */
const GIVEN: Env = {
  "${{ secrets.GITHUB_TOKEN }}": "token",
  "${{ github.actor }}": "somebody",
  "${{ github.repository }}": "owner/project",
};
const filled = (text: string): string =>
  Object.entries(GIVEN).reduce((all, [name, value]) => all.replaceAll(name, value), text);
const GITLAB: Env = {
  CI_REGISTRY: "registry.gitlab.example",
  CI_REGISTRY_IMAGE: "registry.gitlab.example/owner/project",
  CI_REGISTRY_USER: "somebody",
  CI_REGISTRY_PASSWORD: "token",
};

/** Programs that replace those that need an engine or a network. `docker` logs its arguments. */
const OUTSIDE: Env = {
  docker: 'echo "$*" >> docker.log',
  git: 'test "$1" = clone',
};
/** Programs that replace slow ones. */
const SLOW: Env = {
  npm: 'case "$1" in ci) ;; test) exec sh -ec "$TESTS" ;; *) exit 9 ;; esac',
  npx: 'test "$1 $2" = "--no-install fauxdr"; shift 2; exec "$NODE" "$CLI" "$@"',
};

/** A folder of programs to put before the others of PATH. */
function folderOf(programs: Env): string {
  const folder = emptyDirectory();
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh -e\n${text}\n`, { mode: 0o755 });
  }
  return folder;
}

const call = (key: string): string =>
  `curl -s -o calls.json -H "x-xdr-auth-id: 1" -H "authorization: ${key}" "$CORTEX_URL/public_api/v1/healthcheck"`;
/** What `npm test` of the project does. */
const TESTS = {
  "send a call that is right": call("$CORTEX_API_KEY"),
  "send a call that is wrong": call("nobody"),
  "send nothing": "true",
  "fail after a call that is right": `${call("$CORTEX_API_KEY")}; exit 1`,
};
type Tests = keyof typeof TESTS;

interface Job {
  readonly isGreen: boolean;
  readonly cwd: string;
  readonly output: string;
}

/** Runs command lines, and a recipe's last ones, as its system would. A mock stands in for the service of a recipe. */
async function job(
  { commands, always = [], env }: Recipe,
  tests: Tests,
  cwd: string = emptyDirectory(),
  programs: Env = { ...OUTSIDE, ...SLOW },
): Promise<Job> {
  await using mock = await startMock({ wire: "recorded" });
  const own = Object.entries(env).map(([key, value]) => [
    key,
    value.replace(/^http:\/\/(localhost|fauxdr):4620/, mock.url),
  ]);
  const variables = {
    ...environment,
    ...GITLAB,
    PATH: `${folderOf(programs)}:${process.env["PATH"]}`,
    NODE: process.execPath,
    CLI: built("cli.cjs"),
    TESTS: TESTS[tests],
    ...Object.fromEntries(own),
  };
  const bash = (script: readonly string[]): Promise<Omit<Job, "cwd">> =>
    exec(pathOf("bash"), ["-ec", filled(script.join("\n"))], { cwd, env: variables }).then(
      ({ stdout }) => ({ isGreen: true, output: stdout }),
      ({ stdout, stderr }) => ({ isGreen: false, output: stdout + stderr }),
    );
  const done = await bash(commands);
  await bash(always);
  return { ...done, cwd };
}

const curl = needs("bash", "curl");
const recipe = (name: string): Recipe => RECIPES[name]?.() ?? { commands: [], env: {} };
/** The action's second half judges, and no command line: test/action.test.ts. */
const judging = Object.keys(RECIPES).filter((name) => name !== "github-job.yml");

const done = new Map<string, Promise<Job>>();

/** Recipes with the same command lines run once. */
function jobOf(name: string, tests: Tests): Promise<Job> {
  const key = JSON.stringify([recipe(name), tests]);
  const known = done.get(key) ?? job(recipe(name), tests);
  done.set(key, known);
  return known;
}

describe.skipIf(curl.skip).each(judging)(`docs/ci/%s${curl.note}`, (name) => {
  it.each<[Tests, boolean, RegExp]>([
    ["send a call that is right", true, /"verdict":"passed"|: \d+ passed, 0 failed/],
    ["send a call that is wrong", false, /auth\.wrong/],
    ["send nothing", false, /nothing was sent to the mock/],
    ["fail after a call that is right", false, /^/],
  ])("where the tests %s: green is %s", async (tests, isGreen, says) => {
    const { isGreen: was, output } = await jobOf(name, tests);
    expect([was, output]).toEqual([isGreen, expect.stringMatching(says)]);
  });
});

it.skipIf(curl.skip)(
  `docs/ci/gitlab-ci.yml keeps the calls of tests that fail${curl.note}`,
  async () => {
    const { cwd } = await job(recipe("gitlab-ci.yml"), "fail after a call that is right");
    const { log } = JSON.parse(readFileSync(join(cwd, "calls.har"), "utf8"));
    expect(log.entries).toHaveLength(1);
  },
);

/** The others in the long form: their command lines are the same, but for what is around them. */
const real = isAll ? Object.keys(RECIPES) : ["github-actions.yml"];

it.skipIf(curl.skip).each(real)(`docs/ci/%s works with npm itself${curl.note}`, async (name) => {
  const done = await job(recipe(name), "send nothing", await sampleProject(), OUTSIDE);
  expect([done.isGreen, done.output]).toEqual([true, expect.stringMatching(/passed|pass 1/)]);
});

it.each(Object.keys(RECIPES).filter((name) => recipe(name).image))(
  "docs/ci/%s makes the image that it uses, of the repository's address",
  async (name) => {
    const { image = [], uses = "", env } = recipe(name);
    const { cwd } = await job({ commands: image, env }, "send nothing");
    const calls = readFileSync(join(cwd, "docker.log"), "utf8").split("\n");
    const tag = filled(uses.replace("$CI_REGISTRY_IMAGE", GITLAB["CI_REGISTRY_IMAGE"] ?? ""));
    expect(calls).toContain(`build --tag ${tag} https://git.example.com/fauxdr.git`);
    const isPulled = tag.includes("/");
    expect(calls.includes(`push ${tag}`)).toBe(isPulled);
  },
);

it("docs/how-to/install.md makes an image of the repository's address, and pushes it", async () => {
  const page = read("docs/how-to/install.md");
  const [, block = ""] = /```sh\n(docker[\s\S]*?)```/.exec(page) ?? [];
  const { cwd } = await job({ commands: [block], env: {} }, "send nothing");
  const { image } = yaml("kubernetes.yml").spec.template.spec.initContainers[0];
  expect(readFileSync(join(cwd, "docker.log"), "utf8")).toBe(
    `build --tag ${image} https://git.example.com/fauxdr.git\npush ${image}\n`,
  );
});

it("docs/ci/compose.yml makes its image of the repository's address", () => {
  const { build } = yaml("compose.yml").services.fauxdr;
  expect(build).toMatch(/^\$\{MOCK_SOURCE:-https:\/\/git\.example\.com\/fauxdr\.git\}$/);
});

it("no recipe takes a package or an image of fauxdr from where nobody has put it", () => {
  for (const file of files("docs/ci")) {
    const text = read(file);
    expect(text.match(/\bnpx (?!--no-install\b).*/g) ?? []).toEqual([]);
    const images = text.match(/\bimage: .*fauxdr.*/g) ?? [];
    for (const image of images) {
      expect(image).toMatch(
        /registry\.example\.com|\{\{ github\.repository \}\}|CI_REGISTRY_IMAGE/,
      );
    }
  }
});
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
