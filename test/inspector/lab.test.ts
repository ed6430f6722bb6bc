import { describe, expect, it } from "vitest";
import { createClient } from "../../src/client.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { cortexClient } from "../support/clients.ts";
import { inspect, question } from "../support/inspector.ts";

const COMPLETES = "facade00000000000000000000000001";

describe("a scenario", () => {
  it("is entered only after a question that says what is lost, and Undo brings all but the requests back", async () => {
    await using mock = await startMock();
    await cortexClient(mock).quarantine([COMPLETES]);
    mock.faults.add({ id: "mine", times: 2, fault: { kind: "broken-json" } });
    await using opened = await inspect(mock, "lab");
    await opened.getByLabel("start over as").selectOption("empty-fleet");
    await opened.getByText("only the reserved endpoints exist", { exact: false }).first().waitFor();
    expect(mock.scenario).toBe("ordinary");
    await opened.getByRole("button", { name: "Start over" }).click();
    const losses = await question(opened).innerText();
    expect(losses).toMatch(/1 request,.*1 action\b.*1 fault rule/s);
    await question(opened).getByRole("button", { name: "Cancel" }).click();
    expect(mock.journal.entries()).toHaveLength(1);
    await opened.getByRole("button", { name: "Start over" }).click();
    await question(opened).getByRole("button", { name: "Start over" }).click();
    await opened.getByText("default has started over.").waitFor();
    expect([mock.scenario, mock.actions.list(), mock.faults.list()]).toEqual([
      "empty-fleet",
      [],
      [],
    ]);
    await opened.getByRole("button", { name: "Undo" }).click();
    await opened.getByText("now: ordinary").waitFor();
    expect(mock.actions.list()).toHaveLength(1);
    expect(mock.faults.list()).toMatchObject([{ id: "mine", times: 2 }]);
    expect(opened.complaints).toEqual([]);
  });
});

describe("the fault rules", () => {
  it("show what each does, to which calls, and how often it has", async () => {
    await using mock = await startMock();
    const { quarantine } = cortexClient(mock);
    mock.faults.add({
      operation: "quarantineFiles",
      where: { "/request_data/file_path": { contains: "temp" } },
      times: 5,
      fault: { kind: "delay", delayMs: 1 },
    });
    mock.faults.add({ nth: 3, fault: { kind: "status", status: 503 } });
    await quarantine([COMPLETES]);
    await quarantine([COMPLETES]);
    await using opened = await inspect(mock, "lab");
    const rule = (id: string) =>
      opened.getByRole("region", { name: "Fault rules" }).getByRole("row", { name: id });
    await rule("fault-1").getByText("2 of 5, 2 calls matched").waitFor();
    const text = await rule("fault-1").innerText();
    expect(text).toContain("delayMs 1");
    expect(text).toContain('/request_data/file_path {"contains":"temp"}');
    expect(text).toContain("5 times");
    expect(await rule("fault-2").innerText()).toMatch(
      /any call\s+from call 3 on, once\s+0 of 1, 2 calls/,
    );
  });

  it("are added by a form with a field for each member, and removed with a way back", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock, "lab");
    const faults = opened.getByRole("region", { name: "Faults" });
    await faults.getByLabel("operation").selectOption("healthcheck");
    await faults.getByLabel("kind").selectOption("status");
    await faults.getByRole("spinbutton", { name: "status" }).fill("503");
    await faults.getByLabel("retryAfterSeconds").fill("7");
    await faults.getByRole("button", { name: "Add fault" }).click();
    await faults.getByText("0 of 1, 0 calls matched").waitFor();
    const headers = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
    const ask = () => fetch(`${mock.url}/public_api/v1/healthcheck`, { headers });
    const [first, second] = [await ask(), await ask()];
    expect([first.status, first.headers.get("retry-after"), second.status]).toEqual([
      503,
      "7",
      200,
    ]);
    await faults.getByText("1 of 1, 2 calls matched").waitFor();
    await faults.getByRole("button", { name: "Remove fault-1" }).click();
    await faults.getByText("No active fault rules").waitFor();
    expect(mock.faults.list()).toEqual([]);
    await opened.getByRole("button", { name: "Undo" }).click();
    await faults.getByRole("button", { name: "Remove fault-1" }).waitFor();
    expect(mock.faults.list()).toMatchObject([{ id: "fault-1", fault: { status: 503 } }]);
  });

  it("say what is wrong with a field, and add nothing", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock, "lab");
    const wrong = [
      ["only where", '{"/a": ', /where is not JSON: .*line 1, column/],
      ["only where", '{"a": 1}', /"a" in "?where/],
      ["delayMs", "-1", /delayMs/],
    ] as const;
    const faults = opened.getByRole("region", { name: "Faults" });
    for (const [label, text, message] of wrong) {
      await faults.getByLabel(label).fill(text);
      await faults.getByRole("button", { name: "Add fault" }).click();
      await opened.getByRole("alert").getByText(message).waitFor();
      await opened.getByRole("button", { name: "Close" }).click();
      await faults.getByLabel(label).fill("");
    }
    expect(mock.faults.list()).toEqual([]);
  });
});

describe("the inventory", () => {
  it("takes a row of one's own, which the vendor's calls then show", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock, "lab");
    const inventory = opened.getByRole("region", { name: "Inventory" });
    await inventory.getByLabel("rows of").selectOption("cortex endpoints");
    const id = "c0ffee".padEnd(32, "0");
    await inventory
      .getByLabel("row", { exact: true })
      .fill(JSON.stringify({ endpoint_id: id, endpoint_name: "my-laptop" }));
    await inventory.getByRole("button", { name: "Put into default" }).click();
    await opened.getByText(/The endpoints of default now have \d+ rows/).waitFor();
    const { reply } = await cortexClient(mock).post("endpoints/get_endpoint", {
      filters: [{ field: "endpoint_id_list", operator: "in", value: [id] }],
    });
    expect(reply.endpoints[0].endpoint_name).toBe("my-laptop");
  });

  it("says what is wrong with a row, and takes none", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    const before = mock.inventory.list("cortex", "endpoints");
    await using opened = await inspect(mock, "lab");
    const inventory = opened.getByRole("region", { name: "Inventory" });
    await inventory.getByLabel("rows of").selectOption("cortex endpoints");
    await inventory.getByLabel("row", { exact: true }).fill('{"endpoint_id": }');
    await inventory.getByRole("button", { name: "Put into" }).click();
    await opened
      .getByRole("alert")
      .getByText(/The row is not JSON: .*column 17/)
      .waitFor();
    await inventory.getByLabel("row", { exact: true }).fill('{"os_type": "AGENT_OS_AMIGA"}');
    await inventory.getByRole("button", { name: "Put into" }).click();
    await opened.getByRole("alert").getByText("endpoint_id").waitFor();
    expect(mock.inventory.list("cortex", "endpoints")).toEqual(before);
  });
});

const names = async (mock: Mock): Promise<string[]> =>
  (await createClient(mock).listTenants()).tenants.map(({ name }) => name);

describe("a tenant", () => {
  it("is made in another wire form, chosen, and deleted after a question", async () => {
    await using mock = await startMock();
    await using opened = await inspect(mock, "lab");
    await opened.getByRole("button", { name: "Create tenant" }).click();
    await opened.getByRole("heading", { name: "Credentials of tenant-1" }).waitFor();
    const text = await opened.getByRole("main").innerText();
    expect(text).toContain("wire form recorded");
    expect(text).toContain("tenant-1-standard-key");
    expect(opened.url()).toContain("tenant=tenant-1");
    await opened.getByRole("button", { name: "Delete tenant-1" }).click();
    await question(opened).getByRole("button", { name: "Cancel" }).click();
    expect(await names(mock)).toContain("tenant-1");
    await opened.getByRole("button", { name: "Delete tenant-1" }).click();
    await question(opened).getByRole("button", { name: "Delete" }).click();
    await opened.getByText("Tenant tenant-1 is deleted.").waitFor();
    await opened.getByRole("heading", { name: "Credentials of default" }).waitFor();
    expect(await names(mock)).toEqual(["default"]);
  });
});
