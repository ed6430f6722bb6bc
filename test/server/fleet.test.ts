import { describe, expect, it } from "vitest";
import { createTenant } from "../../src/core/tenant.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { fleetOf } from "../../src/server/fleet.ts";
import { vendors } from "../../src/vendors/index.ts";
import { CLOCK } from "../support/cortex.ts";
import { defaultSettings } from "../support/settings.ts";

const storeOf = ({ store }: Mock): unknown => JSON.parse(JSON.stringify(store.state()));

describe("a fleet", () => {
  it("is the same one after a reset, and at the next start", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 450 });
    const first = storeOf(mock);
    mock.reset();
    expect(storeOf(mock)).toEqual(first);
    await using other = await startMock({ clock: CLOCK, fleet: 450 });
    expect(storeOf(other)).toEqual(first);
  });

  it("is the same one where two are made at the same time", async () => {
    await using alone = await startMock({ clock: CLOCK, fleet: 450 });
    const [one, two] = await Promise.all([
      startMock({ clock: CLOCK, fleet: 450 }),
      startMock({ clock: CLOCK, fleet: 700, seed: "another" }),
    ]);
    expect(storeOf(one)).toEqual(storeOf(alone));
    expect(storeOf(two)).not.toEqual(storeOf(alone));
    await Promise.all([one.close(), two.close()]);
  });

  it("is generated in pieces of a few hundred machines, for each vendor", async () => {
    const settings = { ...defaultSettings, fleet: 2000 };
    const fleet = await fleetOf(settings);
    const tenant = createTenant({ name: "a", number: 1, settings, begin: () => [] });
    const [vendor] = vendors;
    if (!fleet || !vendor) throw new Error("no fleet");
    expect([...fleet(tenant, vendor)].length).toBeGreaterThanOrEqual(10);
  });
});
