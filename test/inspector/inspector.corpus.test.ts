import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { openPage } from "../support/browser.ts";
import { foundIn, plant, planted } from "../support/corpus-places.ts";
import { rows } from "../support/inspector.ts";
import { needs } from "../support/programs.ts";

const browser = needs("Chromium");

describe.skipIf(browser.skip)(`the inspector${browser.note}`, () => {
  it("neither gets nor shows a planted secret", async () => {
    await using mock = await startMock();
    await using page = await openPage();
    const received: Promise<string>[] = [];
    page.on("response", (reply) => {
      // A stream has no end, and what it tells is in the page. The page's own files are as they are.
      if (/\/__admin\/(?!requests\/stream).+/.test(reply.url()))
        received.push(reply.text().catch(() => ""));
    });
    await page.goto(`${mock.url}/__admin/#requests`);
    await page.getByText("live", { exact: true }).waitFor();
    await plant(mock);
    const found = rows(page);
    await found.first().waitFor();
    let shown = "";
    for (let row = 0; row < 4; row++) {
      await found.nth(row).click();
      await page.getByRole("article").waitFor();
      shown += await page.content();
    }
    // Loads everything anew, by calls instead of the stream.
    await page.reload();
    await found.first().waitFor();
    shown += await page.content();
    const got = (await Promise.all(received)).join("\n");
    expect(got.split('"durationMs"').length).toBeGreaterThan(planted.length);
    expect(foundIn({ page: shown, "calls of the page": got })).toEqual([]);
  }, 120_000);
});
