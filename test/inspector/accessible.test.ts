import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { openPage } from "../support/browser.ts";
import { cortexClient } from "../support/clients.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** The views, and what is there once they have all that they show. */
const VIEWS = {
  requests: "quarantineFiles",
  actions: "succeeded",
  lab: "fault-1",
  reference: "Replies",
};

it.each(["light", "dark"] as const)(
  "axe finds nothing in the four views, %s colours",
  async (scheme) => {
    await using mock = await startMock();
    const { quarantine } = cortexClient(mock);
    await quarantine(["facade00000000000000000000000001", "facade00000000000000000000000002"]);
    await quarantine(["facade00000000000000000000000402"]).catch(() => {});
    await fetch(`${mock.url}/public_api/v1/endpoints/isolate`, { method: "POST" });
    mock.faults.add({ fault: { kind: "delay", delayMs: 5 } });
    await using page = await openPage({ colorScheme: scheme });
    for (const [view, content] of Object.entries(VIEWS)) {
      await page.goto(`${mock.url}/__admin/#${view}`);
      await page.reload();
      await page.getByText(content).first().waitFor();
      if (view === "requests") await page.locator(".row").first().click();
      if (view === "reference") await page.getByText("Try it").click();
      // The page lets no foreign script in: axe comes from outside of it.
      await page.evaluate(readFileSync(AXE, "utf8"));
      const { violations } = (await page.evaluate("axe.run()")) as { violations: Found[] };
      const shown = violations.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html]);
      expect([view, shown]).toEqual([view, []]);
    }
  },
);
