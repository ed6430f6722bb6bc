import { execFile } from "node:child_process";
import { cpSync, existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { built } from "../support/built.ts";
import { emptyDirectory } from "../support/directory.ts";
import { environment } from "../support/environment.ts";
import { needs, pathOf } from "../support/programs.ts";
import { onDisk } from "../support/repository.ts";

const exec = promisify(execFile);
const pytest = needs("pytest");
const go = needs("Go");

const PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider"];
const variables = {
  ...environment,
  // Without an installation of fauxdr: a suite would find it.
  PATH: (environment["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !existsSync(join(folder, "fauxdr")))
    .join(delimiter),
  PYTHONDONTWRITEBYTECODE: "1",
};

it.skipIf(pytest.skip)(
  `a suite in pytest has worlds on a mock that runs${pytest.note}`,
  async () => {
    await using mock = await startMock();
    const env = { ...variables, FAUXDR_URL: mock.url };
    const cwd = onDisk("examples/pytest");
    const { stdout } = await exec(pathOf("pytest"), PYTEST, { cwd, env });
    expect(stdout).toMatch(/^4 passed in /m);
    const left = (await (await fetch(`${mock.url}/__admin/tenants`)).json()) as {
      tenants: unknown[];
    };
    expect(left.tenants).toHaveLength(1);
  },
);

it.skipIf(pytest.skip)(`a suite in pytest starts its own mock${pytest.note}`, async () => {
  const command = `${process.execPath} ${built("cli.cjs")}`;
  const env = { ...variables, MOCK_COMMAND: command };
  const cwd = onDisk("examples/pytest");
  const { stdout } = await exec(pathOf("pytest"), PYTEST, { cwd, env });
  expect(stdout).toMatch(/^4 passed in /m);
});

it.skipIf(go.skip)(`a suite in Go has worlds on a mock that runs${go.note}`, async () => {
  await using mock = await startMock();
  const cwd = emptyDirectory();
  cpSync(onDisk("examples/go"), cwd, { recursive: true });
  const env = { ...variables, FAUXDR_URL: mock.url, GOFLAGS: "-mod=mod" };
  const { stdout } = await exec("go", ["test", "-count=1", "./..."], { cwd, env });
  expect(stdout).toMatch(/^ok\s+fauxdr\.example\/fauxdr/m);
});

it.skipIf(pytest.skip)(
  `a suite in pytest starts the fauxdr on PATH, and says what to do where there is none${pytest.note}`,
  async () => {
    const cwd = onDisk("examples/pytest");
    const one = [...PYTEST, "-k", "test_it_is_sent_once"];
    const folder = emptyDirectory();
    const env = { ...variables, PATH: `${folder}:${variables.PATH}` };
    const ran = exec(pathOf("pytest"), one, { cwd, env });
    await expect(ran).rejects.toMatchObject({
      stdout: expect.stringContaining("set FAUXDR_URL or MOCK_COMMAND, or put fauxdr on PATH"),
    });
    putOnPath(folder);
    const { stdout } = await exec(pathOf("pytest"), one, { cwd, env });
    expect(stdout).toMatch(/^1 passed/m);
  },
);

/** A program that is called fauxdr, as an installation or the executable is. */
const putOnPath = (folder: string): void =>
  writeFileSync(
    join(folder, "fauxdr"),
    `#!/bin/sh\nexec "${process.execPath}" "${built("cli.cjs")}" "$@"\n`,
    { mode: 0o755 },
  );

it.skipIf(go.skip)(`a suite in Go starts the fauxdr on PATH, and ends it${go.note}`, async () => {
  const cwd = emptyDirectory();
  cpSync(onDisk("examples/go"), cwd, { recursive: true });
  const bin = emptyDirectory();
  putOnPath(bin);
  const env = { ...variables, PATH: `${bin}:${variables.PATH}` };
  // It waits for all processes with its output open, so the mock must have ended.
  const { stdout } = await exec("go", ["test", "-count=1", "./..."], { cwd, env });
  expect(stdout).toMatch(/^ok\s+fauxdr\.example\/fauxdr/m);
});

it.skipIf(go.skip)(`a suite in Go says what to do where no mock is named${go.note}`, async () => {
  const cwd = emptyDirectory();
  cpSync(onDisk("examples/go"), cwd, { recursive: true });
  const ran = exec("go", ["test", "-count=1", "./..."], { cwd, env: variables });
  await expect(ran).rejects.toMatchObject({
    stdout: expect.stringContaining("set FAUXDR_URL or MOCK_COMMAND, or put fauxdr on PATH"),
  });
});
