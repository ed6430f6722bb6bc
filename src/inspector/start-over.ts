import type { FaultRule } from "../core/faults/fault.ts";
import { counted } from "./ask.tsx";
import type { Page } from "./page.ts";

type StartOver = Pick<Page, "client" | "feed" | "tenant" | "ask" | "tell" | "reload">;

/**
 * Asks, then puts the tenant back into its first state or into another scenario. Undo brings back inventory, actions,
 * clock and fault rules; the requests are lost.
 */
export async function startOver(page: StartOver, scenario?: string): Promise<void> {
  const { client, feed, tenant, ask, tell, reload } = page;
  const { name } = tenant;
  const { faults } = await client.listFaults(name);
  const { actions } = await client.listActions(name);
  const requests = feed.rows().filter(({ exchange }) => exchange.tenant === name).length;
  const yes = await ask({
    title: scenario
      ? `Start ${name} over as ${scenario}?`
      : `Put ${name} back into its first state?`,
    losses: [
      `${counted(requests, "request")}, with the findings about them`,
      counted(actions.length, "action"),
      counted(faults.length, "fault rule"),
      "every change of the inventory and of the clock",
    ],
    note: "Undo brings back all but the requests. Save those as HAR first if you need them.",
    yes: "Start over",
  });
  if (!yes) return;
  const snapshot = await client.takeSnapshot(name);
  const before = tenant.scenario;
  const enter = async (wanted: string | undefined): Promise<void> => {
    if (wanted === undefined) await client.resetTenant(name);
    else await client.chooseScenario(name, { name: wanted });
    feed.forget(name);
  };
  await enter(scenario);
  await reload();
  tell(`${name} has started over.`, async () => {
    await enter(before);
    await client.clearFaults(name);
    await client.restoreSnapshot(name, snapshot);
    for (const { matched: _, applied: __, ...rule } of faults) {
      await client.addFault(name, rule as FaultRule);
    }
    await reload();
  });
}
