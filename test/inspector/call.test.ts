import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { cortexClient } from "../support/clients.ts";
import { copied, inspect } from "../support/inspector.ts";
import { needs, run } from "../support/programs.ts";

const COMPLETES = "facade00000000000000000000000001";
const shell = needs("bash", "curl");

it("compares the request with the documented sample, field by field", async () => {
  await using mock = await startMock();
  await cortexClient(mock).post("endpoints/quarantine", {
    filters: [{ field: "endpoint_id_list", operator: "in", value: [COMPLETES] }],
    file_path: 7,
    hash: "x",
  });
  await using opened = await inspect(mock, "requests/1");
  const fields = opened.getByRole("region", { name: "Fields" }).getByRole("row");
  const row = (name: string) => fields.filter({ hasText: name }).innerText();
  await fields.first().waitFor();
  expect(await row("/request_data/file_path")).toMatch(/other type\s+7/);
  expect(await row("/request_data/file_hash")).toMatch(/not sent\s+—/);
  expect(await row("/request_data/hash")).toMatch(/not in the sample\s+.*not shown.*\s—/);
  expect(await row("/request_data/filters/0/field")).toContain("same");
});

it("links the calls of one action, and the action's state", async () => {
  await using mock = await startMock();
  const { quarantine, statuses } = cortexClient(mock);
  const first = await quarantine([COMPLETES]);
  const second = await quarantine([COMPLETES]);
  await statuses(first);
  await using opened = await inspect(mock, "requests/1");
  const article = opened.getByRole("article");
  await article.getByText(`Calls of action ${first}`).waitFor();
  await article.getByRole("link", { name: "#3 getActionStatus" }).click();
  await opened.getByRole("article", { name: "exchange 3" }).waitFor();
  await opened.getByRole("link", { name: "The state of this action" }).click();
  await opened.getByText("1 of 2").waitFor();
  await opened.getByRole("region", { name: `quarantine ${first}` }).waitFor();
  expect(await opened.getByRole("region", { name: `quarantine ${second}` }).count()).toBe(0);
  await opened.getByRole("link", { name: "Its requests" }).click();
  await opened.getByText("2 of 3").waitFor();
});

it("leads from a finding to the other request that it is about, and to its rule", async () => {
  await using mock = await startMock();
  const { quarantine } = cortexClient(mock);
  await quarantine([COMPLETES]);
  await quarantine([COMPLETES]);
  await using opened = await inspect(mock, "requests/2");
  const article = opened.getByRole("article", { name: "exchange 2" });
  await article.getByRole("link", { name: "#1", exact: true }).first().click();
  await opened.getByRole("article", { name: "exchange 1" }).waitFor();
  const rule = opened.getByRole("link", { name: "destructive.twice", exact: true });
  await rule.click();
  await opened.getByRole("region", { name: "destructive.twice" }).waitFor();
  expect(opened.url()).toContain("#/findings/destructive.twice");
});

it("sends a call again with the credentials that it had, in its tenant", async () => {
  await using mock = await startMock();
  const suite = await mock.tenant({ name: "suite" });
  await cortexClient({ url: mock.url, credentials: suite.credentials }).quarantine([COMPLETES]);
  const body = new URLSearchParams({ username: "suite-viewer", password: "suite-viewer-password" });
  await fetch(`${mock.url}/auth`, { method: "POST", body });
  await using opened = await inspect(mock, "requests/suite/1");
  await opened.getByRole("button", { name: "Send again" }).click();
  await opened.getByRole("region", { name: "Sent again" }).getByText("200").waitFor();
  const again = suite.journal.entries().at(-1);
  expect(again?.operation).toBe("quarantineFiles");
  expect(again?.request.body.text).toBe(suite.journal.entries()[0]?.request.body.text);
  expect(suite.actions.list()).toHaveLength(2);
});

it("says what is missing for a call that cannot be sent again, and sends nothing", async () => {
  await using mock = await startMock();
  await fetch(`${mock.url}/nobodys/path`);
  await using opened = await inspect(mock, "requests/1");
  await opened.getByRole("button", { name: "Send again" }).click();
  await opened.getByRole("alert").getByText("No vendor owns this path").waitFor();
  expect(mock.journal.entries()).toHaveLength(1);
});

it.skipIf(shell.skip)(
  `copies a curl command that runs with the variables of fauxdr env${shell.note}`,
  async () => {
    await using mock = await startMock();
    await cortexClient(mock).quarantine([COMPLETES]);
    const login = { username: "fauxdr", password: "fauxdr-password", token: "true" };
    await fetch(`${mock.url}/auth`, { method: "POST", body: new URLSearchParams(login) });
    await fetch(`${mock.url}/ioc/events`, { headers: { authorization: "Bearer fauxdr-token" } });
    // What `eval "$(fauxdr env)"` sets.
    const variables = {
      CORTEX_API_KEY: "fauxdr-standard-key",
      QUALYS_PASSWORD: "fauxdr-password",
      QUALYS_TOKEN: "fauxdr-token",
    };
    await using opened = await inspect(mock, "requests/1");
    for (const [id, name] of [1, 2, 3].entries()) {
      await opened.goto(`${mock.url}/__admin/#/requests/${id + 1}`);
      await opened.getByRole("article", { name: `exchange ${name}` }).waitFor();
      const text = await copied(opened);
      await opened.getByRole("button", { name: "Copy as curl" }).click();
      const command = await text();
      for (const secret of Object.values(variables)) expect(command).not.toContain(secret);
      await run("bash", ["-ec", command], variables);
      await opened.keyboard.press("Tab");
    }
    const statuses = mock.journal
      .entries()
      .map(({ operation, reply }) => [operation, reply?.status]);
    expect(statuses.slice(3)).toEqual(statuses.slice(0, 3));
  },
);

it("copies a link that opens the same request, and one exchange as HAR", async () => {
  await using mock = await startMock();
  await cortexClient(mock).quarantine([COMPLETES]);
  await using opened = await inspect(mock, "requests/1");
  const text = await copied(opened);
  await opened.getByRole("button", { name: "Copy link" }).click();
  const link = await text();
  expect(link).toBe(`${mock.url}/__admin/#/requests/1`);
  await opened.keyboard.press("Tab");
  await opened.getByRole("button", { name: "Copy as HAR" }).click();
  expect(JSON.parse(await text()).log.entries).toHaveLength(1);
});
