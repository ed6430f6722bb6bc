import { describe, expect, it } from "vitest";
import { KitError } from "../../src/index.ts";
import { type Mock, startMock } from "../../src/mock.ts";

const CLOCK = "2026-01-31T12:00:00Z";

/** The error of a call that must change nothing. */
async function refusal(mock: Mock, call: () => unknown): Promise<string> {
  const before = mock.snapshot();
  const error = await (async () => call())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(KitError);
  expect(mock.snapshot()).toEqual(before);
  return (error as KitError).message;
}

describe("the inventory", () => {
  it("adds a row, replaces the one with its id, and removes it", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.inventory.list("qualys", "assets");
    const row = { agentId: "a", hostName: "one", platform: "Linux" };
    const added = await mock.inventory.put("qualys", "assets", row);
    expect(mock.inventory.list("qualys", "assets")).toEqual([...before, added]);
    const replaced = await mock.inventory.put("qualys", "assets", { ...row, hostName: "two" });
    expect(mock.inventory.list("qualys", "assets")).toEqual([...before, replaced]);
    expect(mock.inventory.remove("qualys", "assets", "a")).toBe(true);
    expect(mock.inventory.remove("qualys", "assets", "a")).toBe(false);
    expect(mock.inventory.list("qualys", "assets")).toEqual(before);
  });

  it("is one tenant's own, part of its snapshot, and gone after a reset", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const other = await mock.tenant();
    const [before, others] = [mock, other].map(({ inventory }) =>
      inventory.list("qualys", "assets"),
    );
    await mock.inventory.put("qualys", "assets", { agentId: "a", platform: "Linux" });
    const after = mock.inventory.list("qualys", "assets");
    const saved = mock.snapshot();
    expect(other.inventory.list("qualys", "assets")).toEqual(others);
    mock.reset();
    expect(mock.inventory.list("qualys", "assets")).toEqual(before);
    mock.restore(saved);
    expect(mock.inventory.list("qualys", "assets")).toEqual(after);
  });

  it("names the vendors and kinds there are", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const { inventory } = mock;
    const kinds = 'qualys has no inventory of "constructor"; it has: assets, events, incidents.';
    const nobody = 'There is no vendor "nobody"; there are: cortex, qualys.';
    expect(await refusal(mock, () => inventory.list("nobody", "events"))).toBe(nobody);
    expect(await refusal(mock, () => inventory.put("nobody", "events", {}))).toBe(nobody);
    expect(await refusal(mock, () => inventory.list("qualys", "constructor"))).toBe(kinds);
    expect(await refusal(mock, () => inventory.remove("qualys", "constructor", "a"))).toBe(kinds);
  });

  it.each([null, [], "row", 1])("refuses %j as a row", async (row) => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await refusal(mock, () => mock.inventory.put("qualys", "assets", row as never))).toBe(
      "A row of qualys assets must be an object.",
    );
  });

  it("refuses a row that the vendor's document does not allow, and says where", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const row = { agentId: "a", platform: "Linux", downloadPercent: "all" };
    expect(await refusal(mock, () => mock.inventory.put("qualys", "assets", row))).toBe(
      "qualys has no such assets: the body does not match the spec: /0/downloadPercent must be integer.",
    );
  });
});
