import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ControlClient } from "../client.ts";
import type { ScenarioView, TriggerView } from "../server/admin/faults.ts";
import type { TenantView } from "../server/admin/tenants.ts";
import { Faults } from "./faults.tsx";
import { Copy } from "./parts.tsx";

interface LabProps {
  readonly client: ControlClient;
  readonly tenant: TenantView;
  readonly operations: readonly string[];
  readonly version: number;
  readonly fail: (error: Error) => void;
  /** Selects a tenant and reloads it. */
  readonly enter: (tenant: string) => void;
  /** Called when a tenant starts over. */
  readonly startOver: (tenant: string) => void;
}

/** Faults, scenarios, tenants, credentials and reserved ids. */
export function Lab({
  client,
  tenant,
  operations,
  version,
  fail,
  enter,
  startOver,
}: LabProps): JSX.Element {
  const [scenarios, setScenarios] = useState<readonly ScenarioView[]>([]);
  const [triggers, setTriggers] = useState<readonly TriggerView[]>([]);
  useEffect(() => {
    void client.listScenarios().then(({ scenarios: all }) => setScenarios(all), fail);
    void client.listTriggers().then(({ triggers: all }) => setTriggers(all), fail);
  }, [client, fail]);
  const begin = (name: string): void =>
    void client.chooseScenario(tenant.name, { name }).then(() => {
      startOver(tenant.name);
      enter(tenant.name);
    }, fail);

  return (
    <main class="page">
      <Faults
        client={client}
        tenant={tenant.name}
        operations={operations}
        version={version}
        fail={fail}
      />
      <section class="card">
        <h2>Scenario</h2>
        <div class="bar">
          <label>
            start over as
            <select
              value={tenant.scenario}
              onChange={({ currentTarget }) => begin(currentTarget.value)}
            >
              {[...new Set(scenarios.map(({ name }) => name))].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </div>
        {scenarios
          .filter(({ name }) => name === tenant.scenario)
          .map(({ vendor = "", description }) => (
            <p class="quiet" key={vendor}>
              {vendor && `${vendor}: `}
              {description}
            </p>
          ))}
      </section>
      <NewTenant client={client} fail={fail} enter={enter} />
      <section class="card">
        <h2>Credentials of {tenant.name}</h2>
        <p class="quiet">
          wire form {tenant.settings.wire}, progress by {tenant.settings.progress}, seed{" "}
          {tenant.settings.seed}
        </p>
        <table>
          <tbody>
            {tenant.vendors.flatMap((vendor) =>
              vendor.credentials.map(({ purpose, values }) => (
                <tr key={`${vendor.name} ${purpose}`}>
                  <td>{vendor.name}</td>
                  <td>{purpose}</td>
                  {/* One cell, because credentials have one, two or three parts. */}
                  <td>
                    {Object.entries(values).map(([name, value]) => (
                      <span class="credential" key={name}>
                        {name} <code>{value}</code> <Copy text={value}>Copy</Copy>
                      </span>
                    ))}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
      <section class="card">
        <h2>Reserved ids</h2>
        <table>
          <tbody>
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
          </tbody>
        </table>
      </section>
    </main>
  );
}

const WIRE_FORMS = ["document", "recorded"] as const;
const MODES = ["time", "polls", "manual"] as const;

/** A tenant cannot change its settings: another wire form needs another tenant. */
function NewTenant({
  client,
  fail,
  enter,
}: Pick<LabProps, "client" | "fail" | "enter">): JSX.Element {
  const [wire, setWire] = useState<(typeof WIRE_FORMS)[number]>("recorded");
  const [progress, setProgress] = useState<(typeof MODES)[number]>("time");
  const make = async (): Promise<void> => {
    const { name } = await client.createTenant({ settings: { wire, progress } });
    enter(name);
  };
  return (
    <section class="card">
      <h2>New tenant</h2>
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          make().catch(fail);
        }}
      >
        <Choice label="wire" options={WIRE_FORMS} value={wire} choose={setWire} />
        <Choice label="actions advance by" options={MODES} value={progress} choose={setProgress} />
        <button type="submit">Create tenant</button>
      </form>
    </section>
  );
}

interface ChoiceProps<Option extends string> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: Option;
  readonly choose: (option: Option) => void;
}

function Choice<Option extends string>({
  label,
  options,
  value,
  choose,
}: ChoiceProps<Option>): JSX.Element {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as Option)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}
