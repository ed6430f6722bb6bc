import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { cortexClient } from "../support/clients.ts";
import { inspect } from "../support/inspector.ts";

const COMPLETES = "facade00000000000000000000000001";

it("groups the findings by rule, the worst first, with fix, source, basis and requests", async () => {
  await using mock = await startMock();
  const { quarantine, statuses } = cortexClient(mock);
  await statuses(await quarantine([COMPLETES]));
  const isolate = () => fetch(`${mock.url}/public_api/v1/endpoints/isolate`, { method: "POST" });
  await isolate();
  await isolate();
  await using opened = await inspect(mock, "findings");
  await opened.getByRole("heading", { name: /rules? broken/ }).waitFor();
  const groups = opened.getByRole("main").getByRole("region");
  const order = await groups.getByRole("heading").allInnerTexts();
  expect(order[0]).toMatch(/^must/);
  expect(order.at(-1)).not.toMatch(/^must/);
  const missing = opened.getByRole("region", { name: "auth.missing" });
  const text = await missing.innerText();
  expect(text).toContain("2 findings");
  expect(text).toContain("How to fix it: Send the headers that authenticate");
  expect(text).toMatch(/documented\s*The vendor's documents on authentication/);
  await opened.keyboard.press("n");
  await opened.waitForURL(/#\/findings\/\w/);
  const first = opened.url();
  await opened.keyboard.press("n");
  expect(opened.url()).not.toBe(first);
  await opened.keyboard.press("p");
  expect(opened.url()).toBe(first);
  await missing.getByRole("link", { name: "#4" }).click();
  await opened.getByRole("article", { name: "exchange 4" }).waitFor();
  await opened.goBack();
  await missing.getByRole("link", { name: "All requests that break it" }).click();
  await opened.getByText("2 of 4").waitFor();
  expect(opened.complaints).toEqual([]);
});

it("says that no rule is broken, and only what that means", async () => {
  await using mock = await startMock();
  await using opened = await inspect(mock, "findings");
  await opened.getByRole("heading", { name: "No findings" }).waitFor();
  await opened.getByText("A rule can only judge what was sent").waitFor();
});
