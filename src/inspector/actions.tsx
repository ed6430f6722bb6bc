import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ActionView } from "../server/handles.ts";
import { counted } from "./ask.tsx";
import { ClockBar } from "./clock-bar.tsx";
import { Lifecycle } from "./lifecycle.tsx";
import { useOneAtATime } from "./one-at-a-time.ts";
import type { Page } from "./page.ts";
import { addressOf, replaceRoute } from "./route.ts";
import { useEverySecond } from "./ticks.ts";
import { dateOf, zoneName } from "./time.ts";

/** The limits of what is drawn; the rest is only counted. */
const MOST_TARGETS = 50;
const MOST_ACTIONS = 100;

type Owned = ActionView & { readonly tenant: string };

/** The Action Center: the actions of the chosen tenants, newest first, and the state of each target. */
export function Actions({ page }: { readonly page: Page }): JSX.Element {
  const { client, route, tenants, version, zone, fail } = page;
  const [actions, setActions] = useState<readonly Owned[]>();
  const chosen = tenants
    .map(({ name }) => name)
    .filter((name) => route.tenant === undefined || name === route.tenant);
  const [only] = chosen;
  const load = async (): Promise<void> => {
    const lists = await Promise.all(
      chosen.map(async (tenant) =>
        (await client.listActions(tenant)).actions.map((action): Owned => ({ tenant, ...action })),
      ),
    );
    setActions(
      lists
        .flat()
        .reverse()
        .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)),
    );
  };
  const act = (what: Promise<unknown>): void => void what.then(load).catch(fail);
  useOneAtATime(() => load().catch(fail), [client, route.tenant, tenants, version]);
  // Many tenants would be many calls.
  useEverySecond(() => void (chosen.length <= 5 && load().catch(() => {})));

  const wanted = route.q.trim().toLowerCase();
  const found = (actions ?? []).filter(({ id, kind, vendor, tenant, targets }) =>
    [id, kind, vendor, tenant, ...targets.map((target) => `${target.id} ${target.state}`)].some(
      (text) => text.toLowerCase().includes(wanted),
    ),
  );
  return (
    <main class="page">
      <div class="bar">
        <input
          id="filter"
          type="search"
          aria-label="Search actions by id"
          placeholder="Action or machine id, kind, state ( / )"
          value={route.q}
          onInput={({ currentTarget }) => replaceRoute({ ...route, q: currentTarget.value })}
        />
        <output>
          {found.length} of {actions?.length ?? 0}
        </output>
      </div>
      {chosen.length === 1 && only !== undefined ? (
        <ClockBar page={page} tenant={only} moved={() => act(Promise.resolve())} />
      ) : (
        <p class="quiet pad">Choose a tenant to advance its clock.</p>
      )}
      {actions !== undefined && found.length === 0 && (
        <p class="pad">
          {actions.length === 0
            ? "No actions. They appear when a client creates one."
            : "No action matches this search."}
        </p>
      )}
      {found.slice(0, MOST_ACTIONS).map((action) => (
        <section
          key={`${action.tenant} ${action.vendor} ${action.id}`}
          class="card"
          aria-label={`${action.kind} ${action.id}`}
        >
          <h2>
            {action.kind} <code>{action.id}</code>{" "}
            {chosen.length > 1 && <span class="tag">{action.tenant}</span>}
          </h2>
          <p class="quiet">
            {action.vendor}, created at {dateOf(action.at, zone)} {zoneName(action.at, zone)}, on{" "}
            {counted(action.targets.length, "machine")}.{" "}
            <a
              href={addressOf({
                ...route,
                view: "requests",
                path: [],
                q: `vendor:${action.vendor} ${action.id}`,
              })}
            >
              Its requests
            </a>
          </p>
          {action.targets.slice(0, MOST_TARGETS).map((target) => (
            <Lifecycle
              key={target.id}
              target={target}
              zone={zone}
              move={() => act(client.moveAction(action.tenant, action.id, { target: target.id }))}
            />
          ))}
          {action.targets.length > MOST_TARGETS && (
            <p class="quiet">and {action.targets.length - MOST_TARGETS} more</p>
          )}
        </section>
      ))}
      {found.length > MOST_ACTIONS && (
        <p class="quiet pad">and {found.length - MOST_ACTIONS} more; search by id to see one</p>
      )}
    </main>
  );
}
