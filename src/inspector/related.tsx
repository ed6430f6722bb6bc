import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Exchange } from "../core/journal/journal.ts";
import type { RelatedView } from "../server/admin/try.ts";
import { useOneAtATime } from "./one-at-a-time.ts";
import type { Page } from "./page.ts";
import { Status } from "./parts.tsx";
import { addressOf, pathOf } from "./route.ts";
import { timeOf } from "./time.ts";

interface RelatedProps {
  readonly page: Page;
  readonly exchange: Exchange;
}

/** The calls before and after this one that are listed. */
const AROUND = 5;

/** Earlier and later calls of the same action, and of the same caller. */
export function Related({ page, exchange }: RelatedProps): JSX.Element {
  const { client, feed, version, route } = page;
  const { tenant, id, vendor, principal } = exchange;
  const [related, setRelated] = useState<RelatedView>({ requests: [] });
  useOneAtATime(async () => {
    // The request may have been cleared in the meantime: then there is nothing to show.
    setRelated(await client.listRelated(tenant, String(id)).catch(() => ({ requests: [] })));
  }, [client, version]);
  const mine = feed.rows().filter((row) => row.exchange.tenant === tenant);
  const ofAction = mine.filter((row) => related.requests.includes(row.exchange.id));
  const ofCaller = mine.filter(
    ({ exchange: one }) =>
      principal !== undefined && one.principal === principal && one.vendor === vendor,
  );
  return (
    <>
      {related.action !== undefined && (
        <details open>
          <summary>Calls of action {related.action}</summary>
          <p>
            <a href={addressOf({ ...route, view: "actions", path: [], q: related.action })}>
              The state of this action
            </a>
          </p>
          <Timeline page={page} here={id} exchanges={ofAction.map((row) => row.exchange)} />
        </details>
      )}
      {ofCaller.length > 1 && (
        <details>
          <summary>Calls with the same credentials ({principal})</summary>
          <Timeline page={page} here={id} exchanges={ofCaller.map((row) => row.exchange)} />
        </details>
      )}
    </>
  );
}

interface TimelineProps {
  readonly page: Page;
  readonly here: number;
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
}

function Timeline({ page: { route, zone }, here, exchanges }: TimelineProps): JSX.Element {
  const at = exchanges.findIndex(({ id }) => id === here);
  const from = Math.max(0, at - AROUND);
  const shown = exchanges.slice(from, at + AROUND + 1);
  const later = exchanges.length - from - shown.length;
  return (
    <>
      {from > 0 && <p class="quiet">{from} earlier</p>}
      <ol class="timeline">
        {shown.map(({ tenant, id, operation, request, reply, at: time }) => (
          <li key={id}>
            <time>{timeOf(time, zone)}</time> <Status status={reply?.status} />{" "}
            <a
              href={addressOf({ ...route, path: pathOf({ tenant, id }) })}
              aria-current={id === here ? "true" : undefined}
            >
              #{id} {operation ?? request.url}
            </a>
          </li>
        ))}
      </ol>
      {later > 0 && <p class="quiet">{later} later</p>}
    </>
  );
}
