import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ScenarioView, TriggerView } from "../server/admin/faults.ts";
import { Faults } from "./faults.tsx";
import { InventoryCard } from "./inventory.tsx";
import type { Page } from "./page.ts";
import { Copy } from "./parts.tsx";
import { startOver } from "./start-over.ts";
import { Table } from "./table.tsx";
import { TenantCards } from "./tenant-cards.tsx";

/** Faults, scenarios, inventory, tenants, credentials and reserved ids. */
export function Lab({ page }: { readonly page: Page }): JSX.Element {
  const { client, tenant, route, fail } = page;
  const [scenarios, setScenarios] = useState<readonly ScenarioView[]>([]);
  const [triggers, setTriggers] = useState<readonly TriggerView[]>([]);
  const [scenario, setScenario] = useState(tenant.scenario);
  useEffect(() => {
    client.listScenarios().then(({ scenarios: all }) => setScenarios(all), fail);
    client.listTriggers().then(({ triggers: all }) => setTriggers(all), fail);
  }, [client]);
  useEffect(() => setScenario(tenant.scenario), [tenant]);

  return (
    <main class="page">
      {route.tenant === undefined && page.tenants.length > 1 && (
        <p class="quiet">All of this is about tenant {tenant.name}. Choose another one above.</p>
      )}
      <Faults page={page} />
      <section class="card" aria-label="Scenario">
        <h2>Scenario of {tenant.name}</h2>
        <div class="bar">
          <label>
            <span>start over as</span>
            <select
              value={scenario}
              onChange={({ currentTarget }) => setScenario(currentTarget.value)}
            >
              {[...new Set(scenarios.map(({ name }) => name))].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => void startOver(page, scenario).catch(fail)}>
            Start over …
          </button>
          <span class="quiet">now: {tenant.scenario}</span>
        </div>
        {scenarios
          .filter(({ name }) => name === scenario)
          .map(({ vendor = "", description }) => (
            <p class="quiet" key={vendor}>
              {vendor && `${vendor}: `}
              {description}
            </p>
          ))}
      </section>
      <InventoryCard page={page} key={`inventory ${tenant.name}`} />
      <TenantCards page={page} />
      <section class="card">
        <h2>Credentials of {tenant.name}</h2>
        <Table label="Credentials">
          {tenant.vendors.flatMap((vendor) =>
            vendor.credentials.map(({ purpose, values }) => (
              <tr key={`${vendor.name} ${purpose}`}>
                <td>{vendor.name}</td>
                <td>{purpose}</td>
                {/* One cell, because credentials have one, two or three parts. */}
                <td>
                  {Object.entries(values).map(([name, value]) => (
                    <span class="credential" key={name}>
                      {name} <code>{value}</code>{" "}
                      <Copy text={value} label={`Copy ${name} of ${purpose}`}>
                        Copy
                      </Copy>
                    </span>
                  ))}
                </td>
              </tr>
            )),
          )}
        </Table>
      </section>
      <section class="card">
        <h2>Reserved ids</h2>
        <Table label="Reserved ids">
          {triggers.map(({ vendor, id, name, description }) => (
            <tr key={`${vendor} ${id}`}>
              <td>{vendor}</td>
              <td>
                <code>{id}</code>
              </td>
              <td>{name}</td>
              <td class="quiet">{description}</td>
            </tr>
          ))}
        </Table>
      </section>
    </main>
  );
}
