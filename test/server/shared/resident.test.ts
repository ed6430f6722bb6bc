import { describe, expect, it, onTestFinished, vi } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import type { Replica as Copy } from "../../../src/server/shared/replica.ts";
import { createResident, type Resident } from "../../../src/server/shared/resident.ts";
import { sharedHub } from "../../support/place.ts";
import { type Replica, startReplica } from "../../support/replicas.ts";

const COMPLETES = "facade00000000000000000000000001";
const IDS = [COMPLETES];

const actionsAt = async ({ control }: Replica): Promise<number> =>
  (await control.listActions("default")).actions.length;

/** A tenant without content. */
const EMPTY: Copy = {
  changes: () => [],
  whole: () => [["tenant", "{}"]],
  adopt: async () => {},
  renew: () => {},
  recording: () => 0,
  isWatched: () => false,
  confirm: () => {},
  revert: () => {},
  abandon: () => {},
};

async function residentOf(hub = sharedHub(), place = hub.place()): Promise<Resident> {
  const resident = createResident(place.tenant("default"), EMPTY, async () => undefined);
  expect(await resident.create()).toBe(true);
  return resident;
}

/** Counts the runs of work that nobody waits for. */
function counted(resident: Resident): () => number {
  let runs = 0;
  resident.runSoon(() => {
    runs++;
  });
  return () => runs;
}

describe("a transaction", () => {
  it("applies everything that arrived meanwhile, with one commit", async () => {
    const hub = sharedHub();
    const resident = await residentOf(hub);
    const works = Array.from({ length: 50 }, (_, number) => resident.run(() => number));
    expect(await Promise.all(works)).toHaveLength(50);
    // The content, and all works together.
    expect(hub.commits()).toBe(2);
  });

  it("that was lost runs again, and leaves nothing of the first time", async () => {
    const hub = sharedHub();
    const [one, other] = [await startReplica(hub), await startReplica(hub)];
    const first = await other.cortex.quarantine(IDS);
    one.trouble.late = 2;
    const second = await one.cortex.quarantine(IDS);
    expect(Number(second) - Number(first)).toBe(1);
    expect([await actionsAt(one), await actionsAt(other)]).toEqual([2, 2]);
    const { requests } = await other.control.listRequests();
    expect(requests.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("that is lost again and again is given up, with a sentence", async () => {
    const hub = sharedHub();
    const one = await startReplica(hub);
    one.trouble.late = 5;
    const reply = await fetch(`${one.mock.url}/__admin/tenants/default`);
    expect(reply.status).toBe(500);
    expect(await reply.json()).toEqual({
      error:
        "The store took this server's lock away 5 times in a row: the store, or this machine, is too slow.",
    });
    expect((await fetch(`${one.mock.url}/__admin/tenants/default`)).status).toBe(200);
  });

  it.each(["lock", "commit"] as const)(
    "that fails at its %s changes nothing, and the next one is right",
    async (where) => {
      const hub = sharedHub();
      const [one, other] = [await startReplica(hub), await startReplica(hub)];
      // Another server was there, so the next transaction takes the lock.
      await other.cortex.quarantine(IDS);
      one.trouble.late = 1;
      one.trouble[where] = new KitError("The store cannot be reached.");
      const { status, text } = await one.cortex
        .post("endpoints/quarantine", {})
        .catch((error: unknown) => ({ status: 0, text: String(error) }));
      expect([status, JSON.parse(text)]).toEqual([500, { error: "The store cannot be reached." }]);
      await one.cortex.quarantine(IDS);
      expect([await actionsAt(one), await actionsAt(other)]).toEqual([2, 2]);
    },
  );

  it("takes along what nobody waits for, or runs it alone a moment later", async () => {
    const hub = sharedHub();
    const resident = await residentOf(hub);
    const ended: string[] = [];
    resident.runSoon(() => void ended.push("along"));
    await resident.run(() => undefined);
    expect([ended, hub.commits()]).toEqual([["along"], 2]);
    await new Promise<void>((resolve) => {
      resident.runSoon(() => {
        ended.push("alone");
        resolve();
      });
    });
    await resident.settled();
    expect([ended, hub.commits()]).toEqual([["along", "alone"], 3]);
  });

  it("runs before its server stops, also if nobody waits for it", async () => {
    const hub = sharedHub();
    const resident = await residentOf(hub);
    let isDone = false;
    resident.runSoon(() => {
      isDone = true;
    });
    await resident.settled();
    expect([isDone, hub.commits()]).toEqual([true, 2]);
  });

  it("that was lost runs again what nobody waits for", async () => {
    const hub = sharedHub();
    const place = hub.place();
    const resident = await residentOf(hub, place);
    place.trouble.late = 1;
    const runs = counted(resident);
    await resident.run(() => undefined);
    await resident.settled();
    expect([runs(), resident.isIdle()]).toEqual([2, true]);
  });

  it("that cannot be stored warns the process of what nobody waits for, once", async () => {
    const hub = sharedHub();
    const place = hub.place();
    const resident = await residentOf(hub, place);
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    place.trouble.commit = new KitError("The store cannot be reached.");
    for (let times = 0; times < 3; times++) counted(resident);
    await expect(resident.run(() => undefined)).rejects.toThrow("cannot be reached");
    expect(warn.mock.calls).toEqual([[new KitError("The store cannot be reached.")]]);
    await resident.settled();
    expect(resident.isIdle()).toBe(true);
  });

  it("of a deleted tenant runs what nobody waits for all the same", async () => {
    const hub = sharedHub();
    const resident = await residentOf(hub);
    hub.wipe();
    resident.follow(1);
    const runs = counted(resident);
    await resident.settled();
    expect([runs(), resident.isIdle()]).toEqual([1, true]);
  });

  it("gives an error of the work to its caller only", async () => {
    const resident = await residentOf();
    const both = await Promise.allSettled([
      resident.run(() => {
        throw new Error("boom");
      }),
      resident.run(async () => "well"),
    ]);
    expect(both).toMatchObject([{ reason: { message: "boom" } }, { value: "well" }]);
  });
});

it("never lets two servers change tenants at the same time", async () => {
  const hub = sharedHub();
  const servers = [await startReplica(hub), await startReplica(hub), await startReplica(hub)];
  const calls = Array.from({ length: 90 }, (_, call) => servers[call % 3]?.cortex.quarantine(IDS));
  const ids = await Promise.all(calls);
  expect(new Set(ids).size).toBe(90);
  for (const server of servers) expect(await actionsAt(server)).toBe(90);
});
