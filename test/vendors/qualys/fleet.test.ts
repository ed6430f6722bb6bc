import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { assets } from "../../../src/vendors/qualys/state.ts";
import { CLOCK } from "../../support/qualys.ts";
import { qualysClient, quarantine } from "../../support/qualys-client.ts";

interface Machine {
  readonly agentId: string;
  readonly platform: string;
  readonly edrFunctionalStatus: string;
}

interface Seen {
  readonly id: string;
  readonly asset: { readonly agentId: string };
}

const listed = async (seed: string, fleet: number): Promise<string> => {
  await using mock = await startMock({ clock: CLOCK, seed, fleet });
  return (await qualysClient(mock).get("/ioc/asset/all", { pageSize: 1000 })).text;
};

/** The machines of a fleet, without those that are always there. */
const madeUp = async (fleet: number): Promise<Machine[]> => {
  const [all, known]: Machine[][] = [await listed("a", fleet), await listed("a", 0)].map((text) =>
    JSON.parse(text),
  );
  const ids = known?.map(({ agentId }) => agentId);
  return all?.filter(({ agentId }) => !ids?.includes(agentId)) ?? [];
};

describe("a fleet", () => {
  it("is added to the inventory, each machine with a unique agentId", async () => {
    await using without = await startMock({ clock: CLOCK });
    await using withFleet = await startMock({ clock: CLOCK, fleet: 200 });
    const [few, many] = [without, withFleet].map(({ store }) => store.all(assets));
    expect(many?.length).toBe((few?.length ?? 0) + 200);
    expect(many).toEqual(expect.arrayContaining([...(few ?? [])]));
  });

  it("is the same for the same seed, byte for byte, and another for another one", async () => {
    expect(await listed("a", 20)).toBe(await listed("a", 20));
    expect(await listed("a", 20)).not.toBe(await listed("b", 20));
  });

  it("has agents on every platform, some of them offline", async () => {
    const machines = await madeUp(200);
    const kinds = machines.map((row) => `${row.platform} ${row.edrFunctionalStatus}`);
    expect([...new Set(kinds)].sort()).toEqual([
      "Linux Active",
      "Linux Inactive",
      "Mac Active",
      "Mac Inactive",
      "Windows Active",
      "Windows Inactive",
    ]);
  });

  it("can be quarantined, with every outcome that an agent can have", async () => {
    const machines = await madeUp(200);
    await using mock = await startMock({ clock: CLOCK, seed: "a", fleet: 200 });
    const ids = machines.map(({ agentId }) => agentId);
    await quarantine(qualysClient(mock), ids);
    mock.clock.advance(2000);
    const [action] = mock.actions.list();
    expect(action?.targets.map(({ id }) => id)).toEqual(ids);
    expect(new Set(action?.targets.map(({ state }) => state))).toEqual(
      new Set(["succeeded", "running", "pending"]),
    );
  });

  it("has reported an event each, the same ones for the same seed, over the last 30 days", async () => {
    const told = async (seed: string, fleet: number): Promise<Seen[]> => {
      await using mock = await startMock({ clock: CLOCK, seed, fleet });
      const query = { filter: "event.datetime: [now-30d .. now]", pageSize: 1000 };
      return JSON.parse((await qualysClient(mock).get("/ioc/events", query)).text);
    };
    const few = await told("a", 0);
    const many = await told("a", 200);
    expect(many).toHaveLength(few.length + 200);
    expect(new Set(many.map(({ id }) => id)).size).toBe(many.length);
    expect(many).toEqual(await told("a", 200));
    const known = new Set(few.map(({ asset }) => asset.agentId));
    const hosts = many.map(({ asset }) => asset.agentId).filter((id) => !known.has(id));
    expect(new Set(hosts).size).toBe(200);
  });
});
