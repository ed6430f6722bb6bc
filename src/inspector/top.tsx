import type { JSX } from "preact";
import type { TenantView } from "../server/admin/tenants.ts";
import { addressOf, type Route, VIEWS } from "./route.ts";
import { ThemeButton } from "./shell.tsx";
import type { Zone } from "./time.ts";

const ALL = "all tenants";

interface TopProps {
  readonly route: Route;
  readonly tenants: readonly TenantView[];
  readonly state: string;
  readonly zone: Zone;
  readonly change: (zone: Zone) => void;
}

/** The views, the tenant, and how times and colours are shown. */
export function Top({ route, tenants, state, zone, change }: TopProps): JSX.Element {
  const other = zone === "UTC" ? "local" : "UTC";
  const enter = (name: string): void => {
    const tenant = name === ALL ? undefined : name;
    location.hash = addressOf({ ...route, path: [], tenant });
  };
  return (
    <header class="top">
      <h1>fauxdr</h1>
      <nav aria-label="Views">
        {VIEWS.map((view, at) => (
          <a
            key={view}
            href={addressOf({ ...route, view, path: [], q: "" })}
            aria-current={view === route.view ? "page" : undefined}
          >
            {view} <kbd>{at + 1}</kbd>
          </a>
        ))}
      </nav>
      <label>
        <span>tenant</span>
        <select
          aria-label="tenant"
          value={route.tenant ?? ALL}
          onChange={({ currentTarget }) => enter(currentTarget.value)}
        >
          <option>{ALL}</option>
          {tenants.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <span class={`state ${state}`} role="status">
        {state}
      </span>
      <button
        type="button"
        aria-label={`Times are in ${zone}: show them in ${other}`}
        onClick={() => change(other)}
      >
        {zone}
      </button>
      <ThemeButton />
    </header>
  );
}
