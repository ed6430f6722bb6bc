import { describe, expect, it, onTestFinished, vi } from "vitest";
import { KitError, startMock } from "../src/index.ts";
import { cortexClient } from "./support/clients.ts";

const NOON = "2026-01-31T12:00:00Z";
const COMPLETES = "facade00000000000000000000000001";

describe("startMock", () => {
  it("takes a free port, so that two run side by side", async () => {
    await using first = await startMock();
    await using second = await startMock();
    expect(first.port).not.toBe(second.port);
    for (const { url } of [first, second])
      expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  });

  it("stops listening when its scope ends", async () => {
    let url = "";
    {
      await using mock = await startMock();
      url = mock.url;
    }
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("a watcher's mistake");
      },
    ],
    ["fails later", async () => await Promise.reject(new Error("a watcher's mistake"))],
  ])(
    "bears an onExchange that %s: its calls are answered, and a warning tells",
    async (_, fail) => {
      const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
      onTestFinished(() => warned.mockRestore());
      await using mock = await startMock({ onExchange: fail });
      await cortexClient(mock).quarantine([COMPLETES]);
      await cortexClient(mock).quarantine([COMPLETES]);
      await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(2));
      expect(mock.journal.entries()).toMatchObject([{ id: 1 }, { id: 2 }]);
      expect(mock.journal.entries().map(({ open }) => open)).toEqual([undefined, undefined]);
    },
  );

  it("shows what was asked, moves its clock, and shows what became of it", async () => {
    await using mock = await startMock({ clock: NOON });
    const client = cortexClient(mock);
    const id = await client.quarantine([COMPLETES]);
    expect(mock.actions.list()).toEqual([
      {
        vendor: "cortex",
        id,
        kind: "quarantine",
        at: "2026-01-31T12:00:00.000Z",
        targets: [
          {
            id: COMPLETES,
            state: "pending",
            lifecycle: [
              { state: "pending", at: "2026-01-31T12:00:00.000Z" },
              { state: "running", at: "2026-01-31T12:00:01.000Z" },
              { state: "succeeded", at: "2026-01-31T12:00:02.000Z" },
            ],
          },
        ],
      },
    ]);
    mock.clock.advance(2000);
    expect(await client.statuses(id)).toEqual({ [COMPLETES]: "COMPLETED_SUCCESSFULLY" });
    expect(mock.journal.entries().map(({ operation }) => operation)).toEqual([
      "quarantineFiles",
      "getActionStatus",
    ]);
  });

  it("sees 24 hours go by at once", async () => {
    await using mock = await startMock({ clock: NOON });
    const client = cortexClient(mock);
    const expiring = "facade00000000000000000000000006";
    const id = await client.quarantine([expiring]);
    mock.clock.advance(24 * 60 * 60 * 1000 - 1);
    expect(await client.statuses(id)).toEqual({ [expiring]: "PENDING" });
    mock.clock.advance(1);
    expect(await client.statuses(id)).toEqual({ [expiring]: "EXPIRED" });
  });

  it("moves an action by hand where progress is by hand", async () => {
    await using mock = await startMock({ clock: NOON, progress: "manual" });
    const client = cortexClient(mock);
    const id = await client.quarantine([COMPLETES]);
    mock.clock.advance(60_000);
    expect(await client.statuses(id)).toEqual({ [COMPLETES]: "PENDING" });
    mock.actions.move(id);
    expect(await client.statuses(id)).toEqual({ [COMPLETES]: "IN_PROGRESS" });
    mock.actions.move(id, { state: "partial" });
    expect(await client.statuses(id)).toEqual({ [COMPLETES]: "COMPLETED_PARTIAL" });
    expect(() => mock.actions.move(id, { state: "running", target: COMPLETES })).toThrow(
      `No target of action ${id} can become running: ${COMPLETES} is partial.`,
    );
    expect(() => mock.actions.move("7")).toThrow('Tenant "default" has no action 7.');
  });

  it("says which scenario it is in, also after a reset into another one", async () => {
    await using mock = await startMock();
    expect(mock.scenario).toBe("ordinary");
    mock.reset("maintenance");
    expect(mock.scenario).toBe("maintenance");
    mock.reset();
    expect(mock.scenario).toBe("ordinary");
  });

  it("refuses a setting that is unknown or does not fit, in one sentence", async () => {
    const unknown = { prot: 1 } as object;
    expect(() => startMock(unknown)).toThrow(KitError);
    expect(() => startMock(unknown)).toThrow(
      `"prot" in startMock's options is not a setting: did you mean "port"?`,
    );
    expect(() => startMock({ port: -1 })).toThrow(
      `"port" in startMock's options must be a whole number from 0 to 65535, not -1.`,
    );
  });

  it("refuses a port that is taken", async () => {
    await using mock = await startMock();
    await expect(startMock({ port: mock.port })).rejects.toThrow(/Port \d+ on 127.0.0.1 is taken/);
  });
});

it("keeps its tenants to itself: a store that others share is for the command", async () => {
  await expect(startMock({ store: "redis://127.0.0.1:6379/0" })).rejects.toThrow(
    "Only `fauxdr serve` can share a store: leave the setting store out here.",
  );
});
