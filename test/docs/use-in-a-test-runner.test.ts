import { transform } from "esbuild";
import { afterEach, expect, it, vi } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { cortexClient, type Endpoint } from "../support/clients.ts";
import { read } from "../support/repository.ts";

const COMPLETES = "facade00000000000000000000000001";
const [closing = "", polling = ""] = [
  ...read("docs/how-to/use-in-a-test-runner.md").matchAll(/^```ts\n([\s\S]*?)^```/gm),
].map(([, code = ""]) => code);

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

/** Runs a snippet with what it takes for given. */
async function run(snippet: string, given: Readonly<Record<string, unknown>>): Promise<void> {
  const { code } = await transform(snippet.replace(/^import .*$/m, ""), { loader: "ts" });
  await new AsyncFunction(...Object.keys(given), code)(...Object.values(given));
}

afterEach(() => void vi.useRealTimers());

it("docs/how-to/use-in-a-test-runner.md shows a mock that is closed", async () => {
  const mocks: Mock[] = [];
  const states: string[] = [];
  await run(closing, {
    startMock: async () => {
      const mock = await startMock();
      mocks.push(mock);
      return mock;
    },
    quarantine: async (endpoint: Endpoint) => {
      states.push(await cortexClient(endpoint).quarantine([COMPLETES]));
    },
  });
  expect(states).toHaveLength(1);
  await expect(fetch(mocks[0]?.url ?? "")).rejects.toThrow();
});

it("docs/how-to/use-in-a-test-runner.md shows how a polling client is tested with fake timers", async () => {
  await using mock = await startMock({ stepSeconds: 30 });
  const client = cortexClient(mock);
  const id = await client.quarantine([COMPLETES]);
  let polls = 0;
  const waitForAction = async (action: string): Promise<string | undefined> => {
    for (;;) {
      polls++;
      const [state] = Object.values(await client.statuses(action));
      if (state?.startsWith("COMPLETED")) return state;
      await new Promise((go) => setTimeout(go, 10_000));
    }
  };
  await run(polling, { vi, expect, id, waitForAction });
  expect(polls).toBeGreaterThan(1);
});

it("docs/how-to/use-in-a-test-runner.md has no other snippet", () => {
  expect(read("docs/how-to/use-in-a-test-runner.md").match(/^```\w/gm)).toHaveLength(2);
});
