import type { JSX } from "preact";
import type { TargetView } from "../server/handles.ts";
import { timeOf, type Zone } from "./time.ts";

interface LifecycleProps {
  readonly target: TargetView;
  readonly zone: Zone;
  readonly move: () => void;
}

/** The states of one target from left to right, with the current one filled. */
export function Lifecycle({ target, zone, move }: LifecycleProps): JSX.Element {
  const { id, state, lifecycle } = target;
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
            <span>{step.at === undefined ? "" : timeOf(step.at, zone).slice(0, 8)}</span>
          </li>
        ))}
      </ol>
      <button type="button" disabled={isOver} onClick={move} aria-label={`Move on ${id}`}>
        Move on
      </button>
    </div>
  );
}
