import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ClockView } from "../server/admin/tenants.ts";
import type { ClockMove } from "../server/handles.ts";
import type { Page } from "./page.ts";
import { useEverySecond } from "./ticks.ts";
import { dateOf, zoneName } from "./time.ts";

interface ClockBarProps {
  readonly page: Page;
  readonly tenant: string;
  /** Called when the clock was moved. */
  readonly moved: () => void;
}

const STEPS: readonly (readonly [says: string, seconds: number])[] = [
  ["+1 s", 1],
  ["+1 min", 60],
  ["+1 h", 3600],
  ["+1 day", 86_400],
];

/** The clock of a tenant, and buttons that advance or stop it. */
export function ClockBar({ page, tenant, moved }: ClockBarProps): JSX.Element {
  const { client, zone, fail } = page;
  const [clock, setClock] = useState<ClockView>();
  const load = async (): Promise<void> => setClock(await client.getClock(tenant));
  useEffect(() => void load().catch(fail), [client, tenant]);
  useEverySecond(() => void load().catch(() => {}));
  const move = (step: ClockMove): void =>
    void client.moveClock(tenant, step).then(setClock).then(moved).catch(fail);
  return (
    <div class="bar">
      <span class="clock">
        {clock && `${dateOf(clock.time, zone)} ${zoneName(clock.time, zone)}`}
        {clock?.frozen && " stands still"}
      </span>
      {STEPS.map(([says, seconds]) => (
        <button type="button" key={says} onClick={() => move({ advanceSeconds: seconds })}>
          {says}
        </button>
      ))}
      <button
        type="button"
        onClick={() => move(clock?.frozen ? { resume: true } : { freeze: true })}
      >
        {clock?.frozen ? "Run" : "Stop"}
      </button>
    </div>
  );
}
