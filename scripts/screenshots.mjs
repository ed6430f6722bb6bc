// Makes the README's pictures of the inspector, from the built product and a fixed sequence of calls.
// Usage: npm run build && node scripts/screenshots.mjs (needs Chromium; CHROMIUM may name another binary)
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startMock } from "../dist/index.js";
import { find } from "./programs.mjs";

const folder = fileURLToPath(new URL("../docs/images/", import.meta.url));
mkdirSync(folder, { recursive: true });

const mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
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
await quarantine([reserved(1)], { ...key, authorization: "a-key-that-is-wrong" });
const login = { username: "fauxdr", password: "fauxdr-password", token: "true" };
await fetch(`${mock.url}/auth`, { method: "POST", body: new URLSearchParams(login) });
await fetch(`${mock.url}/ioc/events`, { headers: { authorization: "Bearer fauxdr-token" } });
mock.clock.advance(300);
mock.faults.add({ operation: "getActionStatus", nth: 2, fault: { kind: "status", status: 503 } });
await post("actions/get_action_status", { group_action_id: 1002 });

const browser = await chromium.launch({
  executablePath: find("Chromium"),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
});
const shots = [
  ["requests", "light", (page) => page.locator(".row", { hasText: "auth.wrong" }).click()],
  ["actions", "dark", () => {}],
  ["lab", "light", () => {}],
  ["reference", "dark", (page) => page.getByText("Try it").click()],
];
for (const [view, colorScheme, prepare] of shots) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 560 }, colorScheme });
  await page.goto(`${mock.url}/__admin/#${view}`);
  await page.getByText("live", { exact: true }).waitFor();
  await page.locator(".row, .lifecycle, .credential, .operations button").first().waitFor();
  await prepare(page);
  await page.screenshot({ path: `${folder}${view}.png` });
}
await browser.close();
await mock.close();
