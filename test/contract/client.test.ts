import { describe, expect, it } from "vitest";
import { commandClient, functionClient, withoutSecrets } from "../../src/contract/client.ts";

const TASK = {
  case: "acme.one",
  vendor: "acme",
  operation: "strike",
  input: { at: ["é"] },
  environment: { ACME_URL: "http://127.0.0.1:1" },
};

it("a command finds its task in the environment", async () => {
  const script =
    "const e = process.env; console.log([e.FAUXDR_CASE, e.FAUXDR_VENDOR, e.FAUXDR_OPERATION, e.FAUXDR_INPUT, e.ACME_URL].join(' '))";
  const { stdout } = await commandClient([process.execPath, "-e", script])(TASK, 30_000);
  expect(stdout).toBe('acme.one acme strike {"at":["é"]} http://127.0.0.1:1\n');
});

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

describe("a function", () => {
  it.each([
    ["completed", 0],
    ["accepted", 0],
    ["partial", 1],
    ["refused", 1],
    ["failed", 1],
  ] as const)(
    "that answers %s ends like a process with exit code %i",
    async (outcome, exitCode) => {
      const ended = await functionClient(async () => ({ outcome, status: 7 }))(TASK, 1000);
      expect(ended).toEqual({
        exitCode,
        timedOut: false,
        stdout: `{"outcome":"${outcome}","status":7}`,
        stderr: "",
      });
    },
  );

  it("is given its task", async () => {
    let given: unknown;
    await functionClient(async (task) => {
      given = task;
      return { outcome: "accepted" };
    })(TASK, 1000);
    expect(given).toEqual(TASK);
  });

  it("that throws has failed, with the reason", async () => {
    const ended = await functionClient(() => Promise.reject(new Error("broken")))(TASK, 1000);
    expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining("broken")]);
  });

  it("that never answers reaches its time limit", async () => {
    expect(await functionClient(() => new Promise(() => {}))(TASK, 10)).toEqual({
      exitCode: undefined,
      timedOut: true,
      stdout: "",
      stderr: "",
    });
  });

  it("that reports nothing has ended well, and said nothing", async () => {
    const silent = functionClient((async () => {}) as never);
    expect(await silent(TASK, 60_000)).toEqual({
      exitCode: 0,
      timedOut: false,
      stdout: "",
      stderr: "",
    });
  });

  const throwing = (thrown: unknown, secrets?: readonly string[]) =>
    functionClient(() => Promise.reject(thrown))(TASK, 60_000, secrets);

  it.each([
    [new TypeError("of null"), "TypeError: of null"],
    [new ReferenceError("x"), "ReferenceError: x"],
    [new RangeError("y"), "RangeError: y"],
  ])("that throws a mistake of its own, %s, has crashed", async (thrown, threw) => {
    expect(await throwing(thrown)).toEqual({
      exitCode: 1,
      timedOut: false,
      stdout: "",
      stderr: thrown.stack,
      threw,
    });
  });

  it.each([
    ["any other error", new Error("no")],
    [
      "the error of a broken connection",
      new TypeError("fetch failed", { cause: new Error("reset") }),
    ],
    ["no error at all", "text"],
  ])("that throws %s has not crashed", async (_, thrown) => {
    expect(await throwing(thrown)).not.toHaveProperty("threw");
  });

  it("shows what it threw, also where that has no stack", async () => {
    const bare = Object.assign(new Error("bare"), { stack: undefined });
    expect((await throwing(bare)).stderr).toBe("bare");
    expect((await throwing("text")).stderr).toBe("text");
  });

  it.each([
    ["a secret", "its key is acme-standard-key"],
    ["a signed token", `token ${JWT}`],
  ])("that reports or throws %s has leaked it", async (_, reason) => {
    const secrets = ["acme-standard-key"];
    const reporting = functionClient(async () => ({ outcome: "failed", reason }));
    expect((await reporting(TASK, 60_000, secrets)).leaks).toEqual(["stdout"]);
    expect((await throwing(new Error(reason), secrets)).leaks).toEqual(["stderr"]);
  });
});

it("a command that prints a secret or a signed token has leaked it", async () => {
  const script = `console.log("acme-standard-key"); console.error("${JWT}")`;
  const { leaks } = await commandClient([process.execPath, "-e", script])(TASK, 60_000, [
    "acme-standard-key",
  ]);
  expect(leaks?.toSorted()).toEqual(["stderr", "stdout"]);
});

it("secrets are removed from a client's output, and its report can still be read", () => {
  const stdout = '{"outcome":"refused","reason":"key acme-standard-key, token eyJh.eyJz.sig"}';
  const ended = withoutSecrets(
    {
      exitCode: 1,
      timedOut: false,
      stdout,
      stderr: "acme-standard-key",
      threw: "acme-standard-key",
    },
    ["acme-standard-key"],
  );
  expect(ended.stdout + ended.stderr + ended.threw).not.toMatch(/standard-key|eyJh/);
  expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: "refused" });
  const quiet = { exitCode: 0, timedOut: false, stdout: "", stderr: "" };
  expect(withoutSecrets(quiet, [])).toEqual(quiet);
});
