import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { killAll, runProcess } from "../../src/contract/process.ts";
import { emptyDirectory } from "../support/directory.ts";

const node = (script: string, rest: Partial<Parameters<typeof runProcess>[0]> = {}) =>
  runProcess({ command: [process.execPath, "-e", script], env: {}, limitMs: 30_000, ...rest });

it("answers the exit code and what was written", async () => {
  expect(await node("console.log('out'); console.error('err'); process.exitCode = 3")).toEqual({
    exitCode: 3,
    timedOut: false,
    stdout: "out\n",
    stderr: "err\n",
  });
});

it("gives variables besides those that there are", async () => {
  const { stdout } = await node("console.log(process.env.TOLD, !!process.env.PATH)", {
    env: { TOLD: "é 'x'" },
  });
  expect(stdout).toBe("é 'x' true\n");
});

it("gives nothing to read", async () => {
  const { stdout } = await node("process.stdin.on('end', () => console.log('end')).resume()");
  expect(stdout).toBe("end\n");
});

it("keeps the end of a long output, where the report is", async () => {
  const { stdout } = await node("console.log('x'.repeat(200000)); console.log('word')");
  expect([stdout.length, stdout.slice(-5)]).toEqual([64 * 1024, "word\n"]);
});

it("names the signal that ended a client", async () => {
  expect(await node("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)")).toEqual({
    exitCode: undefined,
    signal: "SIGTERM",
    timedOut: false,
    stdout: "",
    stderr: "",
  });
});

it("names the streams on which a secret was printed, and passes on what a client prints that shares them", async () => {
  const shown = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
  const script = `console.log("${jwt}"); console.error("it is acme-key")`;
  const secrets = ["acme-key"];
  const plain = await node(script, { secrets });
  expect([plain.leaks, shown.mock.calls]).toEqual([["stderr"], []]);
  const errors = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const shared = await node(script, { secrets, tokens: true, inherit: true });
  const passedOn = [shown, errors].map(({ mock }) => mock.calls.map(([text]) => text).join(""));
  shown.mockRestore();
  errors.mockRestore();
  expect(shared.leaks?.toSorted()).toEqual(["stderr", "stdout"]);
  expect(passedOn).toEqual([`${jwt}\n`, "it is acme-key\n"]);
});

it("says that a command cannot be started", async () => {
  const ended = await runProcess({ command: ["/nowhere/client"], env: {} });
  expect(ended).toEqual({
    exitCode: undefined,
    timedOut: false,
    notStarted: expect.stringMatching(/ENOENT/),
    stdout: "",
    stderr: "",
  });
});

it("ends a client that takes too long, with the processes that it started", async () => {
  const file = join(emptyDirectory(), "pid");
  const child = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" })`;
  const script = `require("fs").writeFileSync(${JSON.stringify(file)}, String(${child}.pid)); setInterval(() => {}, 1000)`;
  const ended = await node(script, { limitMs: 2000 });
  expect(ended).toMatchObject({ exitCode: undefined, timedOut: true });
  if (existsSync(file))
    await vi.waitFor(() => expect(isRunning(readFileSync(file, "utf8"))).toBe(false));
});

it("ends a client that ignores signals which ask it to end", async () => {
  const script = `for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(name, () => {}); setInterval(() => {}, 1000)`;
  const ended = await node(script, { limitMs: 1000 });
  expect(ended).toMatchObject({ signal: "SIGKILL", timedOut: true });
});

it("ends what a client has left behind in the background", async () => {
  const script = `const child = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
    child.unref(); console.log(child.pid); process.exit(0)`;
  const { stdout, exitCode, timedOut } = await node(script);
  expect([exitCode, timedOut]).toEqual([0, false]);
  await vi.waitFor(() => expect(isRunning(stdout)).toBe(false));
});

describe("ending all of them", () => {
  it("ends running clients, and does nothing without any", async () => {
    const running = node("setInterval(() => {}, 1000)");
    killAll();
    expect(await running).toMatchObject({ exitCode: undefined, timedOut: false });
    killAll();
  });
});

describe("on Windows, with programs that stand in for its own", () => {
  /** A folder first on PATH, with these programs of sh. */
  function programs(files: Readonly<Record<string, string>>): string {
    const folder = emptyDirectory();
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    return folder;
  }
  afterEach(() => vi.unstubAllEnvs());

  it("gives a batch file to cmd.exe, with its arguments quoted", async () => {
    const folder = programs({ "cmd.exe": 'printf "%s\n" "$@"' });
    const batch = join(folder, "npm.cmd");
    writeFileSync(batch, "");
    const env = { COMSPEC: join(folder, "cmd.exe") };
    const { stdout, exitCode } = await runProcess({ command: [batch, "test"], env }, "win32");
    expect([exitCode, stdout.split("\n").slice(0, 3)]).toEqual([0, ["/d", "/s", "/c"]]);
    expect(stdout).toMatch(/npm\.cmd\^" \^\^\^"test\^\^\^""\n$/);
  });

  it("runs a program by itself, and says that it cannot be started", async () => {
    const command = [process.execPath, "-p", "process.argv[1]", "a b"];
    expect(await runProcess({ command, env: {} }, "win32")).toMatchObject({ stdout: "a b\n" });
    const ended = await runProcess({ command: ["/nowhere/client"], env: {} }, "win32");
    expect(ended.notStarted).toMatch(/ENOENT/);
  });

  it("ends a client that takes too long by taskkill, with its descendants", async () => {
    const folder = programs({ taskkill: 'echo "$@" > "$0.log"; kill -9 "$2"' });
    const command = [process.execPath, "-e", "setInterval(() => {}, 1000)"];
    const ended = await runProcess({ command, env: {}, limitMs: 300 }, "win32");
    expect(ended).toMatchObject({ timedOut: true, signal: "SIGKILL" });
    expect(readFileSync(join(folder, "taskkill.log"), "utf8")).toMatch(/^\/pid \d+ \/T \/F\n$/);
  });

  it("ends nobody who has ended: the number may be another process's", async () => {
    const folder = programs({ taskkill: 'echo "$@" > "$0.log"' });
    await runProcess({ command: [process.execPath, "-e", ""], env: {} }, "win32");
    killAll("win32");
    expect(existsSync(join(folder, "taskkill.log"))).toBe(false);
  });
});

/** A process that has ended, and was not yet buried, is not running. */
function isRunning(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid.trim()}/status`, "utf8"));
  } catch {
    return false;
  }
}
