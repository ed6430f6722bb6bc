import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { cortexClient } from "../support/clients.ts";
import { inspect } from "../support/inspector.ts";
import { leaveToAll } from "../support/programs.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** The views, and what is there once they have all that they show. */
const VIEWS: Readonly<Record<string, string>> = {
  "requests?tenant=empty": "No requests yet",
  "requests?q=vendor:cortex": "quarantineFiles",
  "requests/2": "Reply",
  findings: "How to fix it",
  actions: "succeeded",
  lab: "fault-1",
  reference: "/public_api/v1/healthcheck",
  "reference/cortex/quarantineFiles": "Replies",
};

const SCREENS = [
  ["light", 1280],
  ["dark", 380],
  ["dark", 1280],
  ["light", 380],
] as const;

/** What axe finds, and whether the page is wider than the screen. */
async function faultsOf(opened: Page): Promise<unknown> {
  const { violations } = (await opened.evaluate("axe.run()")) as { violations: Found[] };
  const overflow = await opened.evaluate("document.documentElement.scrollWidth > innerWidth");
  return {
    axe: violations.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html]),
    overflow,
  };
}

it.each(SCREENS)("axe finds nothing in any view, %s, %i px wide", async (colorScheme, width) => {
  if ((colorScheme === "dark") === width > 800) leaveToAll("time for axe on every screen");
  await using mock = await startMock();
  await mock.tenant({ name: "empty" });
  const { quarantine } = cortexClient(mock);
  await quarantine(["facade00000000000000000000000001", "facade00000000000000000000000002"]);
  await quarantine(["facade00000000000000000000000402"]).catch(() => {});
  await fetch(`${mock.url}/public_api/v1/endpoints/isolate`, { method: "POST" });
  mock.faults.add({ fault: { kind: "delay", delayMs: 5 } });
  const viewport = { width, height: 760 };
  await using opened = await inspect(mock, "requests", { colorScheme, viewport });
  // The page lets no foreign script in: axe comes from outside of it.
  await opened.evaluate(readFileSync(AXE, "utf8"));
  for (const [address, content] of Object.entries(VIEWS)) {
    await opened.goto(`${mock.url}/__admin/#/${address}`);
    await opened.getByRole("main").getByText(content).first().waitFor();
    expect([address, await faultsOf(opened)]).toEqual([address, { axe: [], overflow: false }]);
  }
  await opened.getByRole("link", { name: "lab" }).click();
  await opened.getByRole("button", { name: "Reset default" }).click();
  await opened.getByRole("dialog").waitFor();
  expect(await faultsOf(opened)).toEqual({ axe: [], overflow: false });
});
