import { KitError } from "../../core/errors.ts";
import { harEntry, toHar } from "../../core/journal/har.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { eventStream, json } from "../../core/reply.ts";
import type { Operation } from "../../core/vendor.ts";
import { checkNames } from "../names.ts";
import type { AdminHandles } from "./context.ts";
import { listReply } from "./list-reply.ts";
import type { OnTenant } from "./on-tenant.ts";
import { readInTurns } from "./read-journal.ts";

/** Selects exchanges. A missing member matches every exchange. */
export interface RequestFilter {
  readonly tenant?: string;
  readonly vendor?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly fault?: string;
  /** Only later ids than this. Only together with a tenant, because each tenant counts its own ids. */
  readonly after?: number;
  /** How many to return at most, the newest. */
  readonly limit?: number;
}

/** The server buffers what a reader has not read yet, so it limits their number. */
const MOST_READERS = 32;

/** The operations on the journals of all tenants. */
export function requestOperations(
  { vendors, tenants, version, watch }: AdminHandles,
  { onEach }: OnTenant,
): Record<string, Operation> {
  const filterOf = async (query: Readonly<Record<string, unknown>>): Promise<RequestFilter> => {
    const filter = query as RequestFilter;
    checkNames(filter, vendors);
    if (filter.tenant !== undefined) await onEach(filter.tenant, () => {});
    return filter;
  };
  /** How many exchanges the chosen journals have dropped, and those that the filter selects, oldest first. */
  const found = async (filter: RequestFilter) => {
    const { after = 0, limit = Number.POSITIVE_INFINITY, tenant } = filter;
    const names = tenant === undefined ? await tenants.names() : [tenant];
    let left = limit;
    let dropped = 0;
    const all: Exchange[][] = [];
    for (const name of names.toReversed()) {
      const own = await tenants.named(name, async ({ journal }) => {
        // Counted anew if the transaction runs again.
        let room = left;
        const isEnough = (exchange: Exchange): boolean => {
          if (room === 0 || exchange.id <= after) return true;
          if (fits(exchange, filter)) room--;
          return false;
        };
        const read = await readInTurns(journal, isEnough);
        const chosen = read.filter((exchange) => fits(exchange, filter));
        return { chosen, room, dropped: journal.dropped };
      });
      if (!own) continue;
      all.unshift(own.chosen);
      left = own.room;
      dropped += own.dropped;
    }
    return { dropped, requests: all.flat() };
  };
  let readers = 0;
  return {
    listRequests: async ({ query }) => {
      const { dropped, requests } = await found(await filterOf(query));
      return listReply({
        items: requests,
        body: (some) => ({ dropped, requests: some }),
        shown: (exchange) => exchange,
      });
    },
    clearRequests: async ({ query }) => {
      const { tenant } = await filterOf(query);
      const cleared = await onEach(tenant, ({ name, journal }) => {
        journal.clear();
        return name;
      });
      return json({ cleared });
    },
    exportHar: async ({ query }) => {
      const { requests } = await found(await filterOf(query));
      return listReply({
        items: requests,
        body: (some) => toHar(some, version),
        shown: harEntry,
      });
    },
    streamRequests: async ({ query }) => {
      const filter = await filterOf(query);
      if (readers >= MOST_READERS) {
        throw new KitError(
          `${MOST_READERS} readers have the stream open, and no more can: close one, or read /__admin/requests.`,
        );
      }
      return eventStream((send) => {
        readers++;
        const tell = (event: string) => (exchange: Exchange) => {
          if (fits(exchange, filter)) send(event, exchange);
        };
        const stop = watch({ began: tell("opened"), ended: tell("closed") });
        return () => {
          readers--;
          stop();
        };
      });
    },
  };
}

const fits = (exchange: Exchange, filter: RequestFilter): boolean =>
  is(filter.tenant, exchange.tenant) &&
  is(filter.vendor, exchange.vendor) &&
  is(filter.operation, exchange.operation) &&
  is(filter.status, exchange.reply?.status) &&
  is(filter.fault, exchange.fault?.kind) &&
  exchange.id > (filter.after ?? 0);

const is = <Value>(wanted: Value | undefined, found: Value | undefined): boolean =>
  wanted === undefined || wanted === found;
