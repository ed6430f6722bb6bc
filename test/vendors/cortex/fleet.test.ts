import { describe, expect, it } from "vitest";
import { startMock, type TenantHandle } from "../../../src/index.ts";
import { type Endpoint, endpoints } from "../../../src/vendors/cortex/state.ts";
import { CLOCK, INVENTORY } from "../../support/cortex.ts";
import { cortexClient, named, SECOND } from "../../support/cortex-client.ts";

const made = ({ store }: TenantHandle): Endpoint[] => store.all(endpoints).slice(INVENTORY);

describe("a fleet", () => {
  it("comes after the inventory and does not change it", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 300 });
    await using plain = await startMock({ clock: CLOCK });
    expect(plain.store.all(endpoints)).toHaveLength(INVENTORY);
    expect(mock.store.all(endpoints)).toHaveLength(INVENTORY + 300);
    expect(mock.store.all(endpoints).slice(0, INVENTORY)).toEqual(plain.store.all(endpoints));
  });

  it("has an id, a name and addresses for each machine", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 1000 });
    const fleet = made(mock);
    expect(new Set(fleet.map(({ id }) => id)).size).toBe(1000);
    expect(new Set(fleet.map(({ name }) => name)).size).toBe(1000);
    for (const { id, name, ip, mac, users, domain, os, groups } of fleet) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(name).toMatch(/^ws-\S+-\d+$/);
      expect(ip).toEqual([expect.stringMatching(/^10(\.\d{1,3}){3}$/)]);
      expect(mac).toEqual([expect.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)]);
      expect(users).toEqual([expect.stringMatching(/^\S+$/)]);
      expect(domain).toBe(os === "WINDOWS" ? "CORP" : "");
      expect(groups).toHaveLength(1);
    }
  });

  it("has machines of every system and of every status", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 500 });
    const kinds = new Set(made(mock).flatMap(({ os, status, type }) => [os, status, type]));
    expect([...kinds].toSorted()).toEqual([
      "CONNECTED",
      "DISCONNECTED",
      "LINUX",
      "LOST",
      "MAC",
      "SERVER",
      "WINDOWS",
      "WORKSTATION",
    ]);
  });

  it("is the same for the same seed, and differs for another", async () => {
    const make = async (seed: string): Promise<Endpoint[]> => {
      await using mock = await startMock({ clock: CLOCK, fleet: 50, seed });
      return made(mock);
    };
    const first = await make("one");
    expect(await make("one")).toEqual(first);
    expect(await make("two")).not.toEqual(first);
  });

  it("does not depend on the date, and comes back with a reset", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 50 });
    await using later = await startMock({ clock: "2031-06-01T00:00:00Z", fleet: 50 });
    expect(made(later)).toEqual(made(mock));
    const before = made(mock);
    mock.reset();
    expect(made(mock)).toEqual(before);
  });

  it("is listed, filtered and acted on like every other endpoint", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 120 });
    const { act, endpoint, post, statuses } = cortexClient(mock);
    const { text } = await post("endpoints/get_endpoints", {});
    expect(JSON.parse(text).reply).toHaveLength(INVENTORY + 120);
    const one = made(mock).find(({ status }) => status === "CONNECTED");
    const id = one?.id ?? "";
    expect(await endpoint(id)).toMatchObject({ endpoint_id: id, endpoint_name: one?.name });
    const action = await act("endpoints/scan", { filters: named(id) });
    mock.clock.advance(2 * SECOND);
    expect(await statuses(action)).toEqual({ [id]: "COMPLETED_SUCCESSFULLY" });
  });

  it("belongs to its tenant alone", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const large = await mock.tenant({ name: "large", fleet: 40 });
    const other = await mock.tenant({ name: "other", fleet: 40 });
    expect(mock.store.all(endpoints)).toHaveLength(INVENTORY);
    const ids = new Set(made(large).map(({ id }) => id));
    expect(made(other).filter(({ id }) => ids.has(id))).toEqual([]);
  });
});
