import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { counted } from "./ask.tsx";
import type { Page } from "./page.ts";
import { addressOf } from "./route.ts";
import { startOver } from "./start-over.ts";

const WIRE_FORMS = ["document", "recorded"] as const;
const MODES = ["time", "polls", "manual"] as const;

/** The tenant that never goes away. */
const USUAL = "default";

/** The chosen tenant, and a form for another one. A tenant cannot change its settings. */
export function TenantCards({ page }: { readonly page: Page }): JSX.Element {
  const { client, tenant, route, feed, ask, tell, reload, fail } = page;
  const [wire, setWire] = useState<(typeof WIRE_FORMS)[number]>("recorded");
  const [progress, setProgress] = useState<(typeof MODES)[number]>("time");
  const make = async (): Promise<void> => {
    const { name } = await client.createTenant({ settings: { wire, progress } });
    await reload();
    location.hash = addressOf({ ...route, tenant: name });
    tell(`Tenant ${name} is ready. Its credentials are below.`);
  };
  const remove = async (): Promise<void> => {
    const { name } = tenant;
    const requests = feed.rows().filter(({ exchange }) => exchange.tenant === name).length;
    const yes = await ask({
      title: `Delete tenant ${name}?`,
      losses: [
        `${counted(requests, "request")}, with the findings about them`,
        "its inventory, actions and fault rules",
        "its credentials: calls with them are refused from then on",
      ],
      note: "This cannot be undone.",
      yes: "Delete",
    });
    if (!yes) return;
    await client.deleteTenant(name);
    feed.forget(name);
    location.hash = addressOf({ ...route, tenant: undefined });
    await reload();
    tell(`Tenant ${name} is deleted.`);
  };
  return (
    <section class="card" aria-label="Tenants">
      <h2>Tenant {tenant.name}</h2>
      <p class="quiet">
        wire form {tenant.settings.wire}, progress by {tenant.settings.progress}, seed{" "}
        {tenant.settings.seed}
      </p>
      <div class="bar">
        <button type="button" onClick={() => void startOver(page).catch(fail)}>
          Reset {tenant.name} …
        </button>
        {tenant.name !== USUAL && (
          <button type="button" onClick={() => void remove().catch(fail)}>
            Delete {tenant.name} …
          </button>
        )}
      </div>
      <h3>New tenant</h3>
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

/** A choice of one of some words. */
export function Choice<Option extends string>({
  label,
  options,
  value,
  choose,
}: ChoiceProps<Option>): JSX.Element {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as Option)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}
