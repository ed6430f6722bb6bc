import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { INSTALL } from "../scripts/origin.mjs";
import { createClient } from "../src/client.ts";
import { type Mock, startMock, VerificationError } from "../src/index.ts";
import { built } from "./support/built.ts";
import { emptyDirectory } from "./support/directory.ts";
import { blocksIn, installed, PAGES } from "./support/pages.ts";
import { startServer } from "./support/process.ts";
import { pathOf } from "./support/programs.ts";
import { until } from "./support/watched.ts";

/** The pages whose commands and programs are run here, in the order in which they are read. */
const HERE = [
  "README.md",
  "docs/how-to/move-actions.md",
  "docs/how-to/make-calls-fail.md",
  "docs/how-to/see-what-was-sent.md",
  "docs/how-to/start-in-a-scenario.md",
  "docs/how-to/begin-with-events.md",
  "docs/how-to/steer-from-another-process.md",
  "docs/how-to/isolate-suites.md",
  "docs/how-to/serve-https.md",
  "docs/how-to/compare-a-server.md",
  "docs/reference/library.md",
];
const blocks = (language: string): string[] =>
  HERE.flatMap((page) => blocksIn(page, language)).map(({ code }) => code);
const [stream = "", ...curls] = blocks("sh")
  .filter((block) => block.startsWith("curl "))
  .toSorted((a, b) => Number(b.startsWith("curl -N")) - Number(a.startsWith("curl -N")));
const [answer = "", configuration = "", refusal = ""] = blocks("json");
const programs = blocks("ts");

const exec = promisify(execFile);

/** What is run by others: whole pages, and what no test can do to the folder that it runs in. */
const ELSEWHERE: Readonly<Record<string, (block: string) => boolean>> = {
  // scripts/bare-test.mjs installs and tests by the very line, and scripts/image-test.mjs builds and runs the image.
  "README.md": (block) =>
    /^npm ci && npm (start|test)\n$/.test(block) ||
    block.startsWith("$ npx --no-install fauxdr run"),
  "docs/how-to/compare-a-server.md": (block) => block.includes("fauxdr verify"),
  "docs/how-to/serve-https.md": (block) => block.startsWith("fauxdr --tls"),
  // They take a Redis: see test/server/shared/redis.replicas.test.ts and test/docs/share-tenants-between-servers.test.ts.
  "docs/how-to/share-tenants-between-servers.md": (block) =>
    block.startsWith("fauxdr --port 4620 --store") || /^(services|apiVersion):/.test(block),
  // test/cli/check.docs.test.ts and test/docs/check-your-client.test.ts; its JSON and its verdict are samples.
  "docs/how-to/check-your-client.md": () => true,
  // test/cli/check.docs.test.ts
  "docs/how-to/begin-with-events.md": (block) => block.startsWith("fauxdr check"),
  // test/docs/begin-with-incidents.test.ts and test/cli/check.docs.test.ts
  "docs/how-to/begin-with-incidents.md": () => true,
  // test/docs/serve-more-calls.test.ts
  "docs/how-to/serve-more-calls.md": () => true,
  "docs/how-to/stand-before-a-real-server.md": (block) => block.startsWith("fauxdr run --upstream"),
  // test/docs/use-in-a-test-runner.test.ts
  "docs/how-to/use-in-a-test-runner.md": () => true,
  // There is no container engine for these: they are read in test/docs/ci.test.ts.
  "docs/ci/testcontainers.md": () => true,
  // test/docs/ci.test.ts runs the commands of docker, test/docs/tutorial.test.ts installs a tarball, and
  // scripts/install-test.mjs installs from a git address.
  "docs/how-to/install.md": (block) =>
    block === `${INSTALL}\n` ||
    /^(docker build|npm install --save-dev git\+|npx|alias)/.test(block),
  // scripts/executable.mjs --test
  "docs/how-to/run-without-node.md": (block) => block.includes("scripts/executable.mjs"),
  // test/docs/tutorial.test.ts
  "docs/tutorial.md": () => true,
  // test/docs/troubleshooting.test.ts: they are messages.
  "docs/troubleshooting.md": () => true,
};

const against = (block: string, { url }: Mock): string =>
  block.replaceAll("http://127.0.0.1:4620", url).replaceAll("curl ", "curl -s ");

/** All of these call curl. */
const shell = (): string => {
  pathOf("curl");
  return pathOf("bash");
};

/** Runs a block of the README in bash, against a mock on a free port. */
const run = async (block: string, mock: Mock): Promise<string> =>
  (await exec(shell(), ["-ec", against(block, mock)])).stdout;

describe("README.md and docs", () => {
  it("has tables that are those of the product", async () => {
    await exec(process.execPath, ["scripts/docs.mjs", "--check"]);
  });

  it("shows a first call and the answer that it gets", async () => {
    await using mock = await startMock();
    expect(await run(curls[0] ?? "", mock)).toBe(answer.trim());
  });

  it.each(curls.slice(1))("has a call that works: %#", async (block) => {
    await using mock = await startMock();
    const body = JSON.parse(await run(block, mock));
    expect(body).not.toHaveProperty("error");
  });

  it("has a call that asks for a refusal, and the refusal", async () => {
    await using mock = await startMock();
    const prefer = curls.find((block) => block.includes("Prefer")) ?? "";
    expect(await run(prefer, mock)).toBe(refusal.trim());
  });

  it("has a call that shows what goes on", async () => {
    await using mock = await startMock();
    // -v prints to stderr when the stream has started.
    const child = spawn(shell(), ["-ec", `exec ${against(stream, mock).replace("-N", "-vN")}`]);
    onTestFinished(() => void child.kill());
    for await (const piece of child.stderr.setEncoding("utf8")) {
      if (piece.includes("text/event-stream")) break;
    }
    await run(curls[0] ?? "", mock);
    let seen = "";
    for await (const piece of child.stdout.setEncoding("utf8")) {
      seen += piece;
      if (seen.includes("event: closed")) break;
    }
    expect(seen).toContain('"operation":"quarantineFiles"');
  });

  it("compares a server with the documents, and finds nothing", async () => {
    await using mock = await startMock();
    const [block = ""] = blocks("sh").filter((one) => one.includes("fauxdr verify"));
    const script = `${installed()}${against(block, mock)}`;
    expect((await exec(pathOf("bash"), ["-ec", script])).stdout).toMatch(
      /^fauxdr: \d+ passed, 0 failed, 0 skipped, 0 inc/,
    );
  });

  it("shows what fauxdr says of a wrong client", async () => {
    const [block = ""] = blocks("console");
    const [command = "", ...report] = block.split("\n");
    const line = command.replace("$ ", "").replace("-- node", `-- "${process.execPath}"`);
    const ended = exec(pathOf("bash"), ["-c", `${installed()}${line} || true`]);
    // Rules come and go.
    const said = (text: string): string => text.replace(/\d+ passed/, "N passed");
    expect(said((await ended).stdout)).toBe(said(report.join("\n")));
  });

  it("has a command that serves https, and leaves the CA where it says", async () => {
    const [block = ""] = blocks("sh").filter((one) => one.startsWith("fauxdr --tls"));
    const cwd = emptyDirectory();
    const cli = `exec "${process.execPath}" "${built("cli.cjs")}"`;
    const command = `${block.trim().replace("fauxdr", cli)} --port 0 --tls-port 0`;
    const child = spawn("sh", ["-c", command], { cwd, stdio: "ignore" });
    onTestFinished(() => void child.kill());
    await until(() => existsSync(join(cwd, "ca.pem")));
  });

  it("has no block that is not run, here or elsewhere", () => {
    const run = [stream, ...curls, answer, configuration, refusal, ...programs, ...blocks("text")];
    const all = PAGES.flatMap((page) => blocksIn(page));
    const left = all.filter(({ file, code }) => !run.includes(code) && !ELSEWHERE[file]?.(code));
    expect(left).toEqual([]);
  });

  it("has a configuration file that the product takes", async () => {
    const file = join(emptyDirectory(), "fauxdr.json");
    writeFileSync(file, configuration);
    await using server = await startServer(["--config", file, "--port", "0"]);
    const { faults } = await createClient(server).listFaults("default");
    expect(faults).toMatchObject(JSON.parse(configuration).faults);
  });

  describe("has a program", () => {
    const folder = new URL("./generated/", import.meta.url);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs a program of the README, with a small client of ours. */
    async function execute(program: string, { url }: Mock): Promise<void> {
      const lines = program
        .replaceAll("http://127.0.0.1:4620", url)
        // A program that throws closes its mock, too.
        .replace("const mock = ", "await using mock = ")
        .split("\n");
      const imports = lines.filter((line) => line.startsWith("import"));
      const rest = lines.filter((line) => !line.startsWith("import"));
      mkdirSync(folder, { recursive: true });
      const file = new URL(`program-${programs.indexOf(program)}.ts`, folder);
      writeFileSync(
        file,
        `import { expect } from "vitest";
import { cortexClient } from "../support/clients.ts";
${imports
  .join("\n")
  .replace('"fauxdr"', '"../../src/index.ts"')
  .replace('"fauxdr/client"', '"../../src/client.ts"')}
const myClient = (url: string) => {
  const values = { "x-xdr-auth-id": "1", key: "fauxdr-standard-key" };
  const client = cortexClient({ url, credentials: { cortex: [{ values }] } });
  return {
    quarantine: (id: string) => client.quarantine([id]),
    status: async (id: string) =>
      Object.values(await client.statuses(id)).every((one) => one === "COMPLETED_SUCCESSFULLY") ? "done" : "not done",
  };
};
export async function program() {
${rest.join("\n")}
}
`,
      );
      const { program: main } = await import(/* @vite-ignore */ file.href);
      await main();
    }

    it.each(programs.filter((program) => !program.includes("mock.verify")))(
      "that runs: %#",
      async (program) => {
        await using mock = await startMock();
        await execute(program, mock);
      },
    );

    it("whose verification fails, and what it then says", async () => {
      await using mock = await startMock();
      const program = programs.find((one) => one.includes("mock.verify")) ?? "";
      const [message = ""] = blocks("text");
      await expect(execute(program, mock)).rejects.toThrow(new VerificationError(message.trim()));
    });
  });
});
