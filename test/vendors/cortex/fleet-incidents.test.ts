import { expect, it } from "vitest";
import { startMock, type TenantHandle } from "../../../src/index.ts";
import { alerts } from "../../../src/vendors/cortex/alerts.ts";
import { type Incident, incidents } from "../../../src/vendors/cortex/incidents.ts";
import { endpoints } from "../../../src/vendors/cortex/state.ts";
import { CLOCK, NOW } from "../../support/cortex.ts";
import { cortexClient } from "../../support/cortex-client.ts";

const made = ({ store }: TenantHandle): Incident[] =>
  store.all(incidents).filter(({ id }) => Number(id) >= 10_000);

it("a fleet has an incident for every 50 machines, each with alerts on machines of the fleet", async () => {
  await using mock = await startMock({ clock: CLOCK, fleet: 1010 });
  const found = made(mock);
  expect(found.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 21 }, (_, index) => 10_000 + index),
  );
  const machines = new Set(mock.store.all(endpoints).map(({ id }) => id));
  for (const { id, created, modified, resolved, status } of found) {
    const own = mock.store.all(alerts).filter(({ incident }) => incident === id);
    expect(own.length).toBeGreaterThan(0);
    for (const { endpoint, at } of own) {
      expect(machines).toContain(endpoint);
      expect(at).toBeLessThan(created);
    }
    expect(created).toBeGreaterThan(NOW - 31 * 86_400_000);
    expect(modified).toBe(resolved ?? created);
    expect(status.startsWith("resolved_")).toBe(resolved !== undefined);
  }
});

it("a fleet's incidents are the same for the same seed, and after a reset", async () => {
  const make = async (seed: string): Promise<Incident[]> => {
    await using mock = await startMock({ clock: CLOCK, fleet: 300, seed });
    const before = made(mock);
    mock.reset();
    expect(made(mock)).toEqual(before);
    return before;
  };
  const first = await make("one");
  expect(await make("one")).toEqual(first);
  expect(await make("two")).not.toEqual(first);
});

it("a fleet's incidents are found by what their alerts have", async () => {
  await using mock = await startMock({ clock: CLOCK, fleet: 500 });
  const filters = [{ field: "severity", operator: "in", value: ["critical"] }];
  const { text } = await cortexClient(mock).post("incidents/get_incidents", { filters });
  const { incidents: rows } = JSON.parse(text).reply;
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row.critical_severity_alert_count).toBeGreaterThan(0);
});
