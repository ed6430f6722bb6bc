import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { bytesOf, cortexCall } from "../support/good-calls.ts";
import { exchange } from "../support/raw-socket.ts";
import { until } from "../support/watched.ts";

describe("bodies under way", () => {
  it("have a limit all together: one too many is refused as ours, and there is room again when they end", async () => {
    await using mock = await startMock({ openBodiesBytes: 2000 });
    const open = connect({ port: mock.port, host: "127.0.0.1" }).resume();
    open.on("error", () => {});
    const held = bytesOf(cortexCall, { body: "x".repeat(2000) });
    open.write(held.subarray(0, held.length - 100));
    await until(() => mock.journal.entries().length === 1);
    const [refused] = await exchange(mock.port, bytesOf(cortexCall));
    expect([refused?.status, refused?.headers["x-fauxdr-error"]]).toEqual([
      503,
      expect.stringContaining("--open-bodies-bytes"),
    ]);
    expect(mock.actions.list()).toEqual([]);
    expect(mock.journal.entries().at(-1)?.error).toContain("2000 bytes together");
    open.destroy();
    await until(() => mock.journal.entries()[0]?.open === undefined);
    const [taken] = await exchange(mock.port, bytesOf(cortexCall));
    expect(taken?.status).toBe(200);
  });
});

describe("tenants", () => {
  it("have a limit: one too many is refused, and nothing changes", async () => {
    await using mock = await startMock({ tenantLimit: 3 });
    const tenants = `${mock.url}/__admin/tenants`;
    const statuses = [];
    for (let made = 0; made < 4; made++) {
      statuses.push((await fetch(tenants, { method: "POST" })).status);
    }
    expect(statuses).toEqual([201, 201, 400, 400]);
    const reply = await fetch(tenants, { method: "POST" });
    expect(await reply.json()).toEqual({
      error: "There are 3 tenants already: delete one, or raise --tenant-limit.",
    });
    await fetch(`${tenants}/tenant-1`, { method: "DELETE" });
    expect((await fetch(tenants, { method: "POST" })).status).toBe(201);
  });
});

it("fault rules have a limit", async () => {
  await using mock = await startMock();
  for (let made = 0; made < 1000; made++) mock.faults.add({ fault: { kind: "html-page" } });
  expect(() => mock.faults.add({ fault: { kind: "html-page" } })).toThrow(/1000 fault rules/);
  expect(mock.faults.list()).toHaveLength(1000);
});

it("readers of the stream have a limit, and make room when they leave", async () => {
  await using mock = await startMock();
  const readers = Array.from({ length: 32 }, () => new AbortController());
  const read = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${mock.url}/__admin/requests/stream`, signal ? { signal } : {});
  for (const { signal } of readers) expect((await read(signal)).status).toBe(200);
  const refused = await read();
  expect([refused.status, await refused.json()]).toEqual([
    400,
    {
      error:
        "32 readers have the stream open, and no more can: close one, or read /__admin/requests.",
    },
  ]);
  for (const reader of readers) reader.abort();
  const again = new AbortController();
  while ((await read(again.signal)).status !== 200);
  again.abort();
});
