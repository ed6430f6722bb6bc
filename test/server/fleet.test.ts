import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/mock.ts";
import { CLOCK } from "../support/cortex.ts";

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

  it("lets others have their turn while it is made", async () => {
    let turns = 0;
    let isMade = false;
    const count = (): void => {
      turns++;
      if (!isMade) setImmediate(count);
    };
    setImmediate(count);
    await using _mock = await startMock({ fleet: 2000 });
    isMade = true;
    expect(turns).toBeGreaterThan(15);
  });
});
