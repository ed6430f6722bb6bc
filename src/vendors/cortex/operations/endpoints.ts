import { derived } from "../../../core/derived.ts";
import { VendorError } from "../../../core/errors.ts";
import { inOrder } from "../../../core/in-order.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { type EndpointFilter, matching } from "../filters.ts";
import { speaks } from "../settings.ts";
import { type Endpoint, endpoints } from "../state.ts";
import { columnOf, fullView, isSteady, shortView } from "../view.ts";

interface Sort {
  readonly field?: string;
  /** ASC or DESC, in any case. */
  readonly keyword?: string;
}

interface SearchRequest {
  readonly request_data?: {
    readonly filters?: readonly EndpointFilter[];
    readonly search_from?: number;
    readonly search_to?: number;
    readonly sort?: Sort;
  };
}

/** The limit of endpoints per reply. */
const PAGE = 100;

/** POST endpoints/get_endpoints: the whole inventory. The body is ignored. */
export const getEndpoints: Operation = ({ tenant }) =>
  json({ reply: tenant.store.all(endpoints).map((endpoint) => shortView(endpoint, tenant)) });

/** POST endpoints/get_endpoint: a page of the endpoints that match all filters. */
export const getEndpoint: Operation = ({ body, tenant }) => {
  const {
    filters = [],
    search_from: from = 0,
    sort,
    ...rest
  } = (body as SearchRequest | undefined)?.request_data ?? {};
  const to = rest.search_to ?? from + PAGE;
  const size = to - from;
  if (size < 1 || size > PAGE) {
    const what = `must be search_from plus 1 to ${PAGE}, and is search_from plus ${size}`;
    const problem = { where: "/request_data/search_to", what, kind: "page-size" } as const;
    throw new VendorError({ kind: "invalid", problem });
  }
  const found = matching(filters, tenant);
  const total = found.length;
  const page = pageOf(found, tenant, { from, size, ...sort }).map((one) => fullView(one, tenant));
  // Clients meet a null sometimes; when is not known.
  const total_count = page.length === 0 && from > 0 && speaks("recorded", tenant) ? null : total;
  return json({
    reply: { total_count, result_count: page.length, endpoints: page },
  });
};

interface Page extends Sort {
  readonly from: number;
  readonly size: number;
}

/** Some of these endpoints, in the order of a column if one is given. */
function pageOf(
  found: readonly Endpoint[],
  tenant: Tenant,
  { from, size, field, keyword }: Page,
): readonly Endpoint[] {
  if (field === undefined) return found.slice(from, from + size);
  const read = columnOf(field);
  const ranked = (): readonly Ranked[] =>
    found.map((endpoint, index) => {
      const rank = read(endpoint, tenant) as Ranked["rank"];
      return { endpoint, rank, index };
    });
  const rows = isSteady(field) ? derived(found, `ranked by ${field}`, ranked) : ranked();
  const order = keyword?.toUpperCase() === "DESC" ? downwards : upwards;
  return inOrder(rows, order, from, size).map(({ endpoint }) => endpoint);
}

interface Ranked {
  readonly endpoint: Endpoint;
  readonly rank: string | number;
  /** Endpoints of the same rank stay in inventory order. */
  readonly index: number;
}

const upwards = (a: Ranked, b: Ranked): number =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.index - b.index;
const downwards = (a: Ranked, b: Ranked): number =>
  a.rank < b.rank ? 1 : a.rank > b.rank ? -1 : a.index - b.index;
