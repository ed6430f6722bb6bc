import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { SEVERITIES } from "../core/basis.ts";
import { unservedCalls, unservedLine } from "../core/journal/unserved.ts";
import { counted } from "./ask.tsx";
import type { Row } from "./feed.ts";
import { addressOf, type Route } from "./route.ts";
import type { Findings } from "./use-findings.ts";

interface SummaryProps {
  /** Of the chosen tenants, whatever is searched for. */
  readonly rows: readonly Row[];
  readonly findings: Findings;
  readonly route: Route;
}

/** What is wrong, in one line. Each part filters the list. */
export function Summary({ rows, findings, route }: SummaryProps): JSX.Element {
  const exchanges = useMemo(() => rows.map(({ exchange }) => exchange), [rows]);
  const unserved = useMemo(() => unservedCalls(exchanges), [exchanges]);
  const missing = unserved.reduce((sum, { count }) => sum + count, 0);
  const assumed = exchanges.filter(({ reply }) => reply?.basis === "assumed").length;
  const told = findings.all.filter(
    ({ tenant }) => route.tenant === undefined || tenant === route.tenant,
  );
  const parts: readonly (readonly [text: string, q: string, tone?: string])[] = [
    [counted(rows.length, "call"), ""],
    ...SEVERITIES.flatMap((severity) => {
      const { length } = told.filter((one) => one.severity === severity);
      return length > 0
        ? [[`${length} ${severity}`, `severity:${severity}`, severity] as const]
        : [];
    }),
    ...(missing > 0 ? [[`${missing} not served`, "cause:not-served"] as const] : []),
    ...(assumed > 0 ? [[`${assumed} assumed`, "basis:assumed", "assumed"] as const] : []),
  ];
  return (
    <>
      <nav class="bar summary" aria-label="Summary">
        {parts.map(([text, q, tone = ""]) => (
          <a
            key={q}
            class={tone}
            href={addressOf({ ...route, view: "requests", path: [], q: q === route.q ? "" : q })}
            aria-current={q === route.q}
          >
            {text}
          </a>
        ))}
        {told.length > 0 ? (
          <a href={addressOf({ ...route, view: "findings", path: [], q: "" })}>how to fix it</a>
        ) : (
          findings.isRead && <span class="good">no findings</span>
        )}
      </nav>
      {missing > 0 && (
        <details class="pad">
          <summary>
            {counted(missing, "call")} that fauxdr does not serve: add them with --also
          </summary>
          <ul>
            {unserved.map((call) => (
              <li key={`${call.vendor} ${call.method} ${call.path}`}>{unservedLine(call)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
