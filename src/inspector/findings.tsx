import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { counted } from "./ask.tsx";
import { Calls } from "./finding.tsx";
import type { Page } from "./page.ts";
import { Basis, Source } from "./parts.tsx";
import { addressOf, replaceRoute } from "./route.ts";
import { isTyping, useKeys } from "./shell.tsx";
import { type Group, groupsOf } from "./use-findings.ts";

/** How many findings of a rule are listed. The requests of all of them are one click away. */
const MOST = 20;

/** All findings, by rule: what is wrong with the clients, the worst first, and how to fix it. */
export function FindingsView({ page }: { readonly page: Page }): JSX.Element {
  const { findings, route } = page;
  const groups = useMemo(
    () =>
      groupsOf(
        findings.all.filter(({ tenant }) => route.tenant === undefined || tenant === route.tenant),
      ),
    [findings, route.tenant],
  );
  const [chosen] = route.path;
  useKeys((key) => {
    const by = ({ n: 1, p: -1 } as const)[key];
    if (by === undefined) return false;
    const at = groups.findIndex(({ rule }) => rule === chosen);
    const next = groups[Math.max(0, Math.min(groups.length - 1, at + by))];
    if (next) {
      replaceRoute({ ...route, path: [next.rule] });
      document.getElementById(`rule ${next.rule}`)?.scrollIntoView({ block: "start" });
    }
    return true;
  }, isTyping);

  if (!findings.isRead) return <main class="page" />;
  return (
    <main class="page">
      <h2>
        {groups.length === 0
          ? "No findings"
          : `${counted(groups.length, "rule")} broken, ${counted(
              groups.reduce((sum, one) => sum + one.findings.length, 0),
              "finding",
            )}`}
      </h2>
      {groups.length === 0 ? (
        <p>
          No rule is broken by the requests in the journal. A rule can only judge what was sent:{" "}
          <code>fauxdr check</code> drives a client through every case.
        </p>
      ) : (
        <p class="quiet keys">
          The most severe first. <kbd>n</kbd> and <kbd>p</kbd> go to the next and the previous rule.
        </p>
      )}
      {groups.map((group) => (
        <GroupView key={group.rule} page={page} group={group} isChosen={group.rule === chosen} />
      ))}
    </main>
  );
}

interface GroupProps {
  readonly page: Page;
  readonly group: Group;
  readonly isChosen: boolean;
}

function GroupView({ page, group, isChosen }: GroupProps): JSX.Element {
  const { route } = page;
  const { rule, severity, findings } = group;
  const [first] = findings;
  return (
    <section
      id={`rule ${rule}`}
      class={`finding ${severity}`}
      aria-label={rule}
      aria-current={isChosen}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: "nearest" });
      }}
    >
      <h3>
        {severity} {rule} <span class="quiet">{counted(findings.length, "finding")}</span>
      </h3>
      {first && (
        <>
          <p>
            <b>How to fix it:</b> {first.fix}
          </p>
          <p class="quiet">
            <Basis basis={first.basis} /> <Source text={first.source} />
          </p>
        </>
      )}
      <ul>
        {findings.slice(0, MOST).map((finding) => (
          <li key={`${finding.tenant} ${finding.exchanges.join()} ${finding.what}`}>
            {finding.what}{" "}
            {finding.tenant !== "default" && <span class="tag">{finding.tenant}</span>}
            <Calls page={page} tenant={finding.tenant} ids={finding.exchanges} says="Requests" />
            {finding.fix !== first?.fix && <p>{finding.fix}</p>}
          </li>
        ))}
      </ul>
      <p>
        {findings.length > MOST && `And ${findings.length - MOST} more. `}
        <a href={addressOf({ ...route, view: "requests", path: [], q: `rule:${rule}` })}>
          All requests that break it
        </a>
      </p>
    </section>
  );
}
