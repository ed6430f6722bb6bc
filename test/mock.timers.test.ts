import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startMock } from "../src/index.ts";
import { built } from "./support/built.ts";
import { cortexClient } from "./support/clients.ts";
import { until } from "./support/watched.ts";

const COMPLETES = "facade00000000000000000000000001";
const MINUTE = 60_000;

afterEach(() => void vi.useRealTimers());

describe("under the fake timers of a test runner, a mock", () => {
  it("answers, closes, and leaves the next mock alone", async () => {
    const mock = await startMock();
    vi.useFakeTimers();
    expect((await fetch(`${mock.url}/public_api/v1/healthcheck`)).status).toBe(401);
    expect((await fetch(`${mock.url}/__admin/health`)).status).toBe(200);
    await mock.close();
    vi.useRealTimers();
    await using next = await startMock();
    expect((await fetch(`${next.url}/__admin/health`)).status).toBe(200);
  });

  it("starts", async () => {
    vi.useFakeTimers();
    await using mock = await startMock();
    expect((await fetch(`${mock.url}/__admin/health`)).status).toBe(200);
  });

  it("goes by the runner's date: an action ends when the test has let its time pass", async () => {
    vi.useFakeTimers();
    await using mock = await startMock({ stepSeconds: 30 });
    await cortexClient(mock).quarantine([COMPLETES]);
    const state = () => mock.actions.list()[0]?.targets[0]?.state;
    expect(state()).toBe("pending");
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(state()).toBe("succeeded");
  });

  it("sends a delayed reply when the test has let the delay pass", async () => {
    vi.useFakeTimers();
    await using mock = await startMock();
    mock.faults.add({ operation: "quarantineFiles", fault: { kind: "delay", delayMs: MINUTE } });
    const id = cortexClient(mock).quarantine([COMPLETES]);
    await until(() => mock.journal.entries()[0]?.fault !== undefined);
    expect(mock.journal.entries()[0]?.open).toBe(true);
    vi.setSystemTime(Date.now() + MINUTE);
    expect(await id).toEqual(expect.anything());
  });
});

it("answers under node:test with setImmediate mocked", async () => {
  const index = pathToFileURL(built("index.js")).href;
  const script = `
    import { test } from "node:test";
    import assert from "node:assert/strict";
    import { startMock } from "${index}";
    test("answers", async (t) => {
      const mock = await startMock();
      t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"] });
      assert.equal((await fetch(mock.url + "/__admin/health")).status, 200);
      await mock.close();
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    script,
  ]);
  expect(stdout).toMatch(/^(#|ℹ) pass 1$/m);
});
