import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
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

it.skipIf(pytest.skip)(`a suite in pytest starts a mock of its own${pytest.note}`, async () => {
  const command = `${process.execPath} ${built("cli.js")}`;
  const env = { ...variables, MOCK_COMMAND: command };
  const cwd = onDisk("examples/pytest");
  const { stdout } = await exec(pathOf("pytest"), PYTEST, { cwd, env });
  expect(stdout).toMatch(/^4 passed in /m);
});

it.skipIf(go.skip)(
  `a suite in Go has worlds on a mock that runs${go.note}`,
  { timeout: 180_000 },
  async () => {
    await using mock = await startMock();
    const cwd = emptyDirectory();
    cpSync(onDisk("examples/go"), cwd, { recursive: true });
    const env = { ...variables, FAUXDR_URL: mock.url, GOFLAGS: "-mod=mod" };
    const { stdout } = await exec("go", ["test", "-count=1", "./..."], { cwd, env });
    expect(stdout).toMatch(/^ok\s+fauxdr\.example\/fauxdr/m);
  },
);

it.skipIf(go.skip)(
  `a suite in Go says what to do where no mock is named${go.note}`,
  { timeout: 180_000 },
  async () => {
    const cwd = emptyDirectory();
    cpSync(onDisk("examples/go"), cwd, { recursive: true });
    const ran = exec("go", ["test", "-count=1", "./..."], { cwd, env: variables });
    await expect(ran).rejects.toMatchObject({
      stdout: expect.stringContaining("FAUXDR_URL is not set"),
    });
  },
);
