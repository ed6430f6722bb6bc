import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ControlClient } from "../client.ts";
import type { ClockView } from "../server/admin/tenants.ts";
import type { ActionView, TargetView } from "../server/handles.ts";
import { timeOf } from "./parts.tsx";
import { useEverySecond } from "./ticks.ts";

interface ActionsProps {
  readonly client: ControlClient;
  readonly tenant: string;
  /** Changes when the tenant has got a request. */
  readonly version: number;
  readonly fail: (error: Error) => void;
}

/** The limits of what is drawn; the rest is only counted. */
const MOST_TARGETS = 50;
const MOST_ACTIONS = 100;

/** The Action Center: the actions of a tenant, and the state of each target. */
export function Actions({ client, tenant, version, fail }: ActionsProps): JSX.Element {
  const [actions, setActions] = useState<readonly ActionView[]>([]);
  const [clock, setClock] = useState<ClockView>();
  const [search, setSearch] = useState("");
  const load = async (): Promise<void> => {
    setClock(await client.getClock(tenant));
    setActions((await client.listActions(tenant)).actions);
  };
  const act = (what: Promise<unknown>): void => void what.then(load).catch(fail);
  useEffect(() => void load().catch(fail), [client, tenant, version]);
  useEverySecond(() => void load().catch(() => {}));

  const wanted = search.trim().toLowerCase();
  const found = actions
    .filter(
      ({ id, kind, targets }) =>
        id.toLowerCase().includes(wanted) ||
        kind.includes(wanted) ||
        targets.some((target) => target.id.toLowerCase().includes(wanted)),
    )
    .reverse();

  return (
    <main class="page">
      <div class="bar">
        <input
          id="filter"
          type="search"
          aria-label="Search actions by id"
          placeholder="Action or machine id ( / )"
          value={search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <output>
          {found.length} of {actions.length}
        </output>
        <span class="quiet">{tenant}</span>
        <span class="clock">
          {clock?.time.replace("T", " ").replace("Z", "")} {clock?.frozen ? "stands still" : ""}
        </span>
        {[1, 60, 3600, 86_400].map((seconds) => (
          <button
            type="button"
            key={seconds}
            onClick={() => act(client.moveClock(tenant, { advanceSeconds: seconds }))}
          >
            +
            {seconds < 60
              ? `${seconds} s`
              : seconds < 3600
                ? "1 min"
                : seconds < 86_400
                  ? "1 h"
                  : "1 day"}
          </button>
        ))}
        <button
          type="button"
          onClick={() =>
            act(client.moveClock(tenant, clock?.frozen ? { resume: true } : { freeze: true }))
          }
        >
          {clock?.frozen ? "Run" : "Stop"}
        </button>
      </div>
      {found.length === 0 && (
        <p class="quiet pad">No actions. They appear when a client creates one.</p>
      )}
      {found.slice(0, MOST_ACTIONS).map((action) => (
        <section key={`${action.vendor} ${action.id}`} class="card">
          <h2>
            {action.kind} <code>{action.id}</code>
          </h2>
          <p class="quiet">
            {action.vendor}, created at {timeOf(action.at)}, on {action.targets.length}{" "}
            {action.targets.length === 1 ? "machine" : "machines"}
          </p>
          {action.targets.slice(0, MOST_TARGETS).map((target) => (
            <Lifecycle
              key={target.id}
              target={target}
              move={(state) =>
                act(client.moveAction(tenant, action.id, { target: target.id, ...state }))
              }
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

interface LifecycleProps {
  readonly target: TargetView;
  readonly move: (step: object) => void;
}

/** The states of one target from left to right, with the current one filled. */
function Lifecycle({ target: { id, state, lifecycle }, move }: LifecycleProps): JSX.Element {
  const at = lifecycle.findIndex((step) => step.state === state);
  const isOver = at === lifecycle.length - 1;
  return (
    <div class="lifecycle">
      <code>{id}</code>
      <ol aria-label={`${id} is ${state}`}>
        {lifecycle.map((step, index) => (
          <li
            key={step.state}
            class={index < at ? "past" : index === at ? `now ${step.state}` : "to-come"}
            aria-current={index === at ? "step" : undefined}
          >
            <b>{step.state}</b>
            <span>{step.at === undefined ? "" : timeOf(step.at).slice(0, 8)}</span>
          </li>
        ))}
      </ol>
      <button type="button" disabled={isOver} onClick={() => move({})} aria-label={`Move on ${id}`}>
        Move on
      </button>
    </div>
  );
}
