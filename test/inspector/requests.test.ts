import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { cortexClient } from "../support/clients.ts";
import { inspect, question, rows } from "../support/inspector.ts";

const COMPLETES = "facade00000000000000000000000001";
const NOBODY = "b".repeat(32);

describe("the first screen", () => {
  it("has for each vendor a call to copy and the variables of a client, and gives way to the first call", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock);
    const cortex = opened.getByRole("region", { name: "cortex", exact: true });
    expect(await cortex.innerText()).toContain(`curl ${mock.url}/public_api/v1/`);
    expect(await cortex.innerText()).toMatch(/CORTEX_API_KEY\s+fauxdr-standard-key/);
    expect(await opened.getByRole("main").innerText()).toContain("QUALYS_TOKEN");
    await cortexClient(mock).quarantine([COMPLETES]);
    await rows(opened).filter({ hasText: "quarantineFiles" }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it("has the base URL with the prefix under which the page was opened, and the chosen tenant's credentials", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock);
    await mock.tenant({ name: "suite" });
    await opened.goto(`${mock.url}/__admin/#/requests?tenant=suite`);
    await opened.reload();
    await opened.getByText("suite-standard-key").first().waitFor();
  });
});

describe("the summary", () => {
  it("counts calls, findings, unserved calls and assumed replies, and filters by each", async () => {
    await using mock = await startMock();
    const { post, quarantine } = cortexClient(mock);
    await quarantine([COMPLETES]);
    await fetch(`${mock.url}/public_api/v1/endpoints/isolate`, { method: "POST" });
    await post("distributions/get_versions", {});
    await using opened = await inspect(mock);
    const summary = opened.getByRole("navigation", { name: "Summary" });
    await summary.getByRole("link", { name: "3 calls" }).waitFor();
    await summary.getByRole("link", { name: "1 must" }).click();
    await opened.getByText("1 of 3").waitFor();
    expect(await rows(opened).innerText()).toContain("isolateEndpoints");
    await summary.getByRole("link", { name: "1 not served" }).click();
    await opened.getByText("1 of 3").waitFor();
    expect(await rows(opened).innerText()).toContain("get_versions");
    await opened.getByRole("button", { name: "Remove cause:not-served" }).click();
    await opened.getByText("3 of 3").waitFor();
  });
});

describe("the search", () => {
  it("finds rules, severities, bodies, ids and tenants", async () => {
    await using mock = await startMock();
    await mock.tenant({ name: "suite" });
    await cortexClient(mock).quarantine([COMPLETES]);
    await fetch(`${mock.url}/public_api/v1/endpoints/isolate`, { method: "POST" });
    await using opened = await inspect(mock);
    await opened.getByText("2 of 2").waitFor();
    const found: Record<string, number> = {
      "auth.missing": 1,
      must: 1,
      "rule:auth": 1,
      "severity:must status:4xx": 1,
      [COMPLETES]: 1,
      action_id: 1,
      "vendor:cortex": 2,
      "status:2xx vendor:cortex": 1,
      "tenant:default": 2,
      "tenant:suite": 0,
      "#2": 1,
      '"no such words"': 0,
    };
    for (const [words, count] of Object.entries(found)) {
      await opened.getByRole("searchbox").fill(words);
      await opened.getByText(`${count} of 2`, { exact: true }).waitFor();
    }
    await opened.getByText("No request matches this search.").waitFor();
    await opened.getByRole("link", { name: "Show all requests" }).click();
    await opened.getByText("2 of 2").waitFor();
  });
});

describe("an address", () => {
  it("keeps the open request and the search over a reload, back and forward", async () => {
    await using mock = await startMock();
    const { quarantine, statuses } = cortexClient(mock);
    await statuses(await quarantine([COMPLETES]));
    await using opened = await inspect(mock, "requests?q=operation:quarantine");
    await opened.getByText("1 of 2").waitFor();
    await rows(opened).click();
    await opened.getByRole("article", { name: "exchange 1" }).waitFor();
    expect(opened.url()).toContain("#/requests/1?q=operation%3Aquarantine");
    await opened.reload();
    await opened.getByRole("article", { name: "exchange 1" }).waitFor();
    await opened.getByText("1 of 2").waitFor();
    await opened.getByRole("link", { name: "findings" }).click();
    await opened.getByRole("heading", { name: /rules? broken|No findings/ }).waitFor();
    await opened.goBack();
    await opened.getByRole("article", { name: "exchange 1" }).waitFor();
    await opened.goBack();
    expect(await opened.getByRole("article").count()).toBe(0);
    await opened.goForward();
    await opened.getByRole("article", { name: "exchange 1" }).waitFor();
  });

  it("of a request that is not in the journal says so", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock, "requests/24");
    await opened.getByText("This request is not in the journal").waitFor();
  });

  it("of another tenant's request leads to that request", async () => {
    await using mock = await startMock();
    const suite = await mock.tenant({ name: "suite" });
    await cortexClient(mock).post("endpoints/get_endpoints", {});
    await cortexClient({ url: mock.url, credentials: suite.credentials }).quarantine([COMPLETES]);
    await using opened = await inspect(mock, "requests/suite/1");
    await opened.getByRole("article").getByText("quarantineFiles").first().waitFor();
  });
});

it("goes from problem to problem by n and p", async () => {
  await using mock = await startMock();
  const { quarantine } = cortexClient(mock);
  const isolate = () => fetch(`${mock.url}/public_api/v1/endpoints/isolate`, { method: "POST" });
  await isolate();
  await quarantine([COMPLETES]);
  await quarantine([NOBODY]).catch(() => {});
  await isolate();
  await using opened = await inspect(mock);
  await opened.getByText("4 of 4").waitFor();
  await opened.getByText("auth.missing").first().waitFor();
  await opened.keyboard.press("n");
  await opened.getByRole("article", { name: "exchange 4" }).waitFor();
  await opened.keyboard.press("j");
  await opened.getByRole("article", { name: "exchange 3" }).waitFor();
  await opened.keyboard.press("p");
  await opened.getByRole("article", { name: "exchange 4" }).waitFor();
});

it("shows its times in UTC or in the local zone, and says which", async () => {
  await using mock = await startMock({ clock: "2026-01-31T12:00:00.000Z" });
  await cortexClient(mock).quarantine([COMPLETES]);
  await using opened = await inspect(mock, "requests/1", { timezoneId: "Asia/Kolkata" });
  const article = opened.getByRole("article");
  await article.getByText("2026-01-31 12:00:00.000 UTC").waitFor();
  await opened.getByRole("button", { name: "Times are in UTC: show them in local" }).click();
  await article.getByText("2026-01-31 17:30:00.000 GMT+05:30").waitFor();
  await opened.reload();
  await article.getByText("2026-01-31 17:30:00.000 GMT+05:30").waitFor();
});

describe("clear", () => {
  it("deletes nothing before the question is answered, and says what is lost", async () => {
    await using mock = await startMock();
    await cortexClient(mock).quarantine([COMPLETES]);
    await using opened = await inspect(mock);
    await opened.getByText("1 of 1").waitFor();
    await opened.getByRole("button", { name: "Clear" }).click();
    expect(await question(opened).innerText()).toContain("1 request");
    await question(opened).getByRole("button", { name: "Cancel" }).click();
    await question(opened).waitFor({ state: "detached" });
    expect(mock.journal.entries()).toHaveLength(1);
    await opened.getByRole("button", { name: "Clear" }).click();
    await question(opened).waitFor();
    await opened.keyboard.press("Escape");
    await question(opened).waitFor({ state: "detached" });
    expect(mock.journal.entries()).toHaveLength(1);
    await opened.getByRole("button", { name: "Clear" }).click();
    await question(opened).getByRole("button", { name: "Clear" }).click();
    await opened.getByText("No requests yet").waitFor();
    expect(mock.journal.entries()).toEqual([]);
  });
});

it("saves the requests that were found as HAR", async () => {
  await using mock = await startMock();
  const { quarantine, statuses } = cortexClient(mock);
  await statuses(await quarantine([COMPLETES]));
  await using opened = await inspect(mock, "requests?q=operation:getActionStatus");
  await opened.getByText("1 of 2").waitFor();
  const [file] = await Promise.all([
    opened.waitForEvent("download"),
    opened.getByRole("button", { name: "HAR" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("fauxdr.har");
  const pieces: Buffer[] = [];
  for await (const piece of await file.createReadStream()) pieces.push(piece as Buffer);
  const { log } = JSON.parse(Buffer.concat(pieces).toString());
  expect(log.entries).toHaveLength(1);
  expect(log.entries[0].request.url).toContain("get_action_status");
});
