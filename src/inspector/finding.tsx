import type { JSX } from "preact";
import type { Page } from "./page.ts";
import { Basis, Source } from "./parts.tsx";
import { addressOf, pathOf } from "./route.ts";
import type { Told } from "./use-findings.ts";

interface FindingProps {
  readonly page: Page;
  readonly finding: Told;
  /** The request under which it is shown. */
  readonly here: number;
}

/** A finding: what is wrong, how to fix it, the source, and the other requests that it is about. */
export function FindingView({ page, finding, here }: FindingProps): JSX.Element {
  const { route } = page;
  const { rule, severity, what, fix, source, basis, tenant } = finding;
  const others = finding.exchanges.filter((id) => id !== here);
  return (
    <section class={`finding ${severity}`}>
      <h3>
        {severity}{" "}
        <a href={addressOf({ ...route, view: "findings", path: [rule], q: "" })}>{rule}</a>
      </h3>
      <p>{what}</p>
      <p>{fix}</p>
      <p class="quiet">
        <Basis basis={basis} /> <Source text={source} />
      </p>
      {others.length > 0 && <Calls page={page} tenant={tenant} ids={others} says="See also" />}
    </section>
  );
}

/** More links than this help nobody. */
const MOST = 12;

interface CallsProps {
  readonly page: Page;
  readonly tenant: string;
  readonly ids: readonly number[];
  readonly says: string;
}

/** Links to requests. */
export function Calls({ page: { route }, tenant, ids, says }: CallsProps): JSX.Element {
  return (
    <p>
      {says}{" "}
      {ids.slice(0, MOST).map((id) => (
        <a
          key={id}
          class="call"
          href={addressOf({ ...route, view: "requests", path: pathOf({ tenant, id }) })}
        >
          #{id}
        </a>
      ))}
      {ids.length > MOST && ` and ${ids.length - MOST} more`}
    </p>
  );
}
