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
    expect(await functionClient(() => new Promise(() => {}))(TASK, 10)).toMatchObject({
      timedOut: true,
    });
  });
});

it("secrets are removed from a client's output, and its report can still be read", () => {
  const stdout = '{"outcome":"refused","reason":"key acme-standard-key, token eyJh.eyJz.sig"}';
  const ended = withoutSecrets(
    { exitCode: 1, timedOut: false, stdout, stderr: "acme-standard-key" },
    ["acme-standard-key"],
  );
  expect(ended.stdout + ended.stderr).not.toMatch(/standard-key|eyJh/);
  expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: "refused" });
});
