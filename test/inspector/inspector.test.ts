import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { openPage } from "../support/browser.ts";
import { built } from "../support/built.ts";
import { cortexClient } from "../support/clients.ts";
import { inspect, rows } from "../support/inspector.ts";
import { needs, run } from "../support/programs.ts";

const NOON = "2026-01-31T12:00:00.000Z";
const COMPLETES = "facade00000000000000000000000001";
const curl = needs("curl");

it("takes no more than 30 kB of the network", () => {
  const files = ["index.html", "inspector.js", "style.css"];
  const sizes = files.map((file) => gzipSync(readFileSync(built(`inspector/${file}`))).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(30_720);
});

/** When the first row could be seen, in the page's own time. */
const PAINTED = `window.painted = new Promise((resolve) => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".row")) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, { childList: true, subtree: true });
})`;

/** How long a filter takes from the key to the screen. */
const FILTERED = `async (word) => {
  const input = document.getElementById("filter");
  const started = performance.now();
  input.value = word;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - started;
}`;

describe("requests", () => {
  it.skipIf(curl.skip)(`has what curl sends, without a reload${curl.note}`, async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock);
    await opened.getByText("No requests yet").waitFor();
    const flags = ["-s", `${mock.url}/public_api/v1/endpoints/get_endpoints`, "-X", "POST"];
    await run("curl", [...flags, "-H", "x-xdr-auth-id: 1", "-H", "authorization: nobodys-key"]);
    const row = rows(opened).filter({ hasText: /401.*getEndpoints.*auth\.wrong/ });
    await row.click();
    const detail = opened.getByRole("article");
    await detail.getByText("Use the id and key from the environment").waitFor();
    expect(await detail.innerText()).toMatch(/401\s+unauthenticated\s+documented/);
    expect(await opened.content()).not.toContain("nobodys-key");
    expect(opened.complaints).toEqual([]);
  });

  it("counts the calls that fauxdr does not serve, as a list of what to add", async () => {
    await using mock = await startMock();
    const { post } = cortexClient(mock);
    for (const name of ["get_versions", "get_versions", "get_status"]) {
      await post(`distributions/${name}`, {});
    }
    await using opened = await inspect(mock);
    await opened.getByText("3 calls that fauxdr does not serve: add them with --also").click();
    await opened
      .getByRole("listitem")
      .filter({ hasText: "2 × cortex POST /public_api/v1/distributions/get_versions (" })
      .waitFor();
    expect(await opened.getByRole("listitem").count()).toBeGreaterThanOrEqual(2);
    expect(opened.complaints).toEqual([]);
  });

  it("is filtered by any words, and gone through by keys alone", async () => {
    await using mock = await startMock();
    const { quarantine, statuses } = cortexClient(mock);
    const id = await quarantine([COMPLETES]);
    await statuses(id);
    await statuses(id);
    await using opened = await inspect(mock);
    await opened.getByText("3 of 3").waitFor();
    await opened.keyboard.press("/");
    await opened.keyboard.type("cortex 200 ACTIONSTATUS");
    await opened.getByText("2 of 3").waitFor();
    await opened.keyboard.press("Escape");
    await opened.keyboard.press("ArrowDown");
    await opened.keyboard.press("j");
    await opened.getByRole("article", { name: "exchange 2" }).waitFor();
    const current = opened
      .getByRole("list", { name: /^Requests/ })
      .getByRole("listitem")
      .filter({ has: opened.locator("[aria-current=true]") });
    expect(await current.getAttribute("aria-posinset")).toBe("2");
    await opened.keyboard.press("4");
    await opened.getByRole("heading", { name: "Faults" }).waitFor();
  });

  it("shows what a hostile client sent as text, and runs none of it", async () => {
    await using mock = await startMock({ journalShows: "all" });
    const evil = '<script>window.struck=1</script><img src=x onerror="window.struck=2">';
    await fetch(`${mock.url}/public_api/v1/${encodeURIComponent(evil)}?${evil}`, {
      method: "POST",
      headers: { "x-xdr-auth-id": evil, "x-evil": evil },
      body: evil,
    });
    await using opened = await inspect(mock);
    await rows(opened).first().click();
    await opened.getByText("headers").first().click();
    expect(await opened.getByRole("article").innerText()).toContain(evil);
    expect(await opened.evaluate("window.struck")).toBeUndefined();
    expect(opened.complaints).toEqual([]);
  });

  it("starts over with a tenant that does", async () => {
    await using mock = await startMock({ clock: NOON });
    await cortexClient(mock).quarantine([COMPLETES]);
    await cortexClient(mock).quarantine([COMPLETES]);
    await using opened = await inspect(mock);
    await opened.getByText("2 of 2").waitFor();
    mock.reset();
    mock.clock.advance(1000);
    await cortexClient(mock).quarantine([COMPLETES]);
    await opened.getByText("1 of 1").waitFor();
  });

  it("is quick with 10,000 exchanges of more than 10 MiB", async () => {
    await using mock = await startMock({ journalEntries: 10_000 });
    const { quarantine } = cortexClient(mock);
    await quarantine([COMPLETES]);
    const [exchange] = mock.journal.entries();
    if (!exchange) throw new Error("nothing was recorded");
    const text = `{"a":"${"<script>".repeat(140)}"}`;
    const request = { ...exchange.request, body: { text, bytes: text.length } };
    for (let count = 1; count < 10_000; count++) {
      mock.journal.open((id) => ({ ...exchange, id, operation: `op${count}`, request })).close();
    }
    await using opened = await openPage();
    await opened.addInitScript(PAINTED);
    // The best of ten: the machine has other things to do as well.
    const best = async (measure: (turn: number) => Promise<number>): Promise<number> => {
      let least = Number.POSITIVE_INFINITY;
      for (let turn = 0; turn < 10; turn++) least = Math.min(least, await measure(turn));
      return least;
    };
    const paint = await best(async () => {
      await opened.goto("about:blank");
      await opened.goto(`${mock.url}/__admin/`);
      return Number(await opened.evaluate("window.painted"));
    });
    expect(paint).toBeLessThan(1000);
    await opened.getByText("10000 of 10000").waitFor();
    const filter = await best((turn) =>
      opened.evaluate<number>(`(${FILTERED})(${JSON.stringify(`op${turn} 200`)})`),
    );
    expect(filter).toBeLessThan(100);
    expect(await rows(opened).count()).toBeLessThan(100);
  });
});

describe("actions", () => {
  it("of all tenants are there, the newest first", async () => {
    await using mock = await startMock({ clock: NOON });
    const suite = await mock.tenant({ name: "suite", clock: NOON });
    await cortexClient(mock).quarantine([COMPLETES]);
    suite.clock.advance(60_000);
    await cortexClient({ url: mock.url, credentials: suite.credentials }).quarantine([COMPLETES]);
    mock.clock.advance(120_000);
    await cortexClient(mock).quarantine([COMPLETES]);
    await using opened = await inspect(mock, "actions");
    await opened.getByText("3 of 3").waitFor();
    const heads = await opened.getByRole("heading", { level: 2 }).allInnerTexts();
    expect(heads).toEqual([
      "quarantine 1002 default",
      "quarantine 10001001 suite",
      "quarantine 1001 default",
    ]);
  });

  it("go to their end when the clock is advanced, or when they are moved by hand", async () => {
    await using mock = await startMock({ clock: NOON });
    const id = await cortexClient(mock).quarantine([COMPLETES]);
    await using opened = await inspect(mock, "actions");
    const lifecycle = opened.getByRole("list", { name: new RegExp(COMPLETES) });
    expect(await lifecycle.getAttribute("aria-label")).toBe(`${COMPLETES} is pending`);
    await opened.getByRole("button", { name: `Move on ${COMPLETES}` }).click();
    await opened.getByRole("list", { name: `${COMPLETES} is running` }).waitFor();
    expect(mock.actions.list()[0]?.targets[0]?.state).toBe("running");
    await cortexClient(mock).quarantine([COMPLETES]);
    await opened.getByRole("list", { name: `${COMPLETES} is pending` }).waitFor();
    await opened.getByRole("button", { name: "+1 min" }).click();
    await opened.getByRole("list", { name: `${COMPLETES} is succeeded` }).waitFor();
    await opened.keyboard.press("/");
    await opened.keyboard.type(id);
    await opened.getByText("1 of 2").waitFor();
  });
});

it("asks for the token of a closed control API, and shows nothing without it", async () => {
  await using mock = await startMock({ adminToken: "open-sesame" });
  await cortexClient(mock).quarantine([COMPLETES]);
  await using opened = await openPage();
  await opened.goto(`${mock.url}/__admin/`);
  const field = opened.getByLabel("This server needs a token");
  await field.fill("open-poppy");
  await opened.getByRole("button", { name: "Open" }).click();
  expect(await rows(opened).count()).toBe(0);
  await field.fill("open-sesame");
  await opened.getByRole("button", { name: "Open" }).click();
  await rows(opened).filter({ hasText: "quarantineFiles" }).waitFor();
});
