// Makes the pictures of the inspector in docs/images, from the built product and a fixed sequence of calls.
// Usage: npm run build && node scripts/screenshots.mjs (needs Chromium; CHROMIUM may name another binary)
// With a folder, it writes every view there, on a screen and on a phone, light and dark: look at them all.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startMock } from "../dist/index.js";
import { find } from "./programs.mjs";

const NOON = "2026-01-31T12:00:00Z";
const mock = await startMock({ clock: NOON });
const unused = await startMock({ clock: NOON });
const key = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
const post = (call, data, headers = key) =>
  fetch(`${mock.url}/public_api/v1/${call}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ request_data: data }),
  });
const quarantine = (ids, headers) =>
  post(
    "endpoints/quarantine",
    {
      filters: [{ field: "endpoint_id_list", operator: "in", value: ids }],
      file_path: "C:\\temp\\test_x64.msi",
      file_hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    headers,
  );
const reserved = (code) => `facade${String(code).padStart(26, "0")}`;

await post("endpoints/get_endpoints", {});
await quarantine([reserved(1), reserved(2), reserved(7)]);
mock.clock.advance(1200);
await post("actions/get_action_status", { group_action_id: 1001 });
await quarantine([reserved(4)]);
await post("quarantine/status", { files: [{ endpoint_id: reserved(1), hash: "9f86d081" }] });
await quarantine([reserved(1)], { ...key, authorization: "a-key-that-is-wrong" });
await post("distributions/get_versions", {});
const login = { username: "fauxdr", password: "fauxdr-password", token: "true" };
await fetch(`${mock.url}/auth`, { method: "POST", body: new URLSearchParams(login) });
await fetch(`${mock.url}/ioc/events`, { headers: { authorization: "Bearer fauxdr-token" } });
await quarantine([reserved(429)]);
await quarantine([reserved(429)]);
mock.clock.advance(300);
const file = { "/request_data/file_path": { contains: "temp" } };
const fault = { kind: "status", status: 503, retryAfterSeconds: 7 };
mock.faults.add({ operation: "quarantineFiles", where: file, times: 5, fault });
mock.faults.add({ operation: "getActionStatus", nth: 2, fault: { kind: "delay", delayMs: 5 } });
await quarantine([reserved(1)]);
await post("actions/get_action_status", { group_action_id: 1002 });

const browser = await chromium.launch({
  executablePath: find("Chromium"),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
});

/** Each view: where it is, and what is there when it has all that it shows. */
const VIEWS = {
  first: [unused, "requests", "The first call"],
  requests: [mock, "requests", "quarantineFiles"],
  request: [mock, "requests/6", "Use the id and key"],
  sample: [mock, "requests/5", "fields differ"],
  findings: [mock, "findings", "How to fix it"],
  actions: [mock, "actions", "succeeded"],
  lab: [mock, "lab", "fault-1"],
  calls: [mock, "reference", "/public_api/v1/healthcheck"],
  reference: [mock, "reference/cortex/quarantineFiles", "Replies"],
};

const SCREEN = { width: 1280, height: 720 };
const PHONE = { width: 380, height: 720 };

async function shoot(view, viewport, colorScheme, path) {
  const [{ url }, address, content] = VIEWS[view];
  const page = await browser.newPage({ viewport, colorScheme });
  page.on("pageerror", (error) => console.error(`${view}: ${error.message}`));
  await page.goto(`${url}/__admin/#/${address}`);
  await page.getByText("live", { exact: true }).waitFor();
  const shown = page.getByRole("main").getByText(content).first();
  await shown.waitFor();
  if (view === "sample") await shown.scrollIntoViewIfNeeded();
  const isTooWide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
  if (isTooWide) console.error(`${view} is wider than ${viewport.width} pixels`);
  await page.screenshot({ path });
  await page.close();
}

const [folder] = process.argv.slice(2);
const images = folder ?? fileURLToPath(new URL("../docs/images/", import.meta.url));
mkdirSync(images, { recursive: true });
if (folder !== undefined) {
  for (const view of Object.keys(VIEWS)) {
    for (const colours of ["light", "dark"]) {
      await shoot(view, SCREEN, colours, `${folder}/${view}-screen-${colours}.png`);
      await shoot(view, PHONE, colours, `${folder}/${view}-phone-${colours}.png`);
    }
  }
} else {
  await shoot("request", SCREEN, "light", `${images}/requests.png`);
  await shoot("findings", SCREEN, "dark", `${images}/findings.png`);
  await shoot("actions", SCREEN, "dark", `${images}/actions.png`);
  await shoot("lab", SCREEN, "light", `${images}/lab.png`);
  await shoot("reference", SCREEN, "light", `${images}/reference.png`);
  await shoot("requests", PHONE, "dark", `${images}/phone.png`);
}
await browser.close();
await mock.close();
await unused.close();
