import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Operation } from "../../../core/vendor.ts";
import { type EndpointFilter, matching } from "../filters.ts";
import { speaks } from "../settings.ts";
import { type Endpoint, endpoints } from "../state.ts";
import { columnOf, fullView, shortView } from "../view.ts";

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
  const isPlain = filters.length === 0 && sort?.field === undefined;
  const found = isPlain ? [] : sorted(matching(filters, tenant), tenant, sort);
  const total = isPlain ? tenant.store.count(endpoints) : found.length;
  // A page of a large fleet must not list all of it.
  const listed = isPlain ? tenant.store.oldest(endpoints, to) : found.slice(0, to);
  const page = listed.slice(from).map((endpoint) => fullView(endpoint, tenant));
  // Clients meet a null sometimes; when is not known.
  const total_count = page.length === 0 && from > 0 && speaks("recorded", tenant) ? null : total;
  return json({
    reply: { total_count, result_count: page.length, endpoints: page },
  });
};

/** The same endpoints, in the order of a column if one is given. */
function sorted(
  found: readonly Endpoint[],
  tenant: Tenant,
  { field, keyword }: Sort = {},
): readonly Endpoint[] {
  if (field === undefined) return found;
  const sign = keyword?.toUpperCase() === "DESC" ? -1 : 1;
  return found
    .map((endpoint) => ({ endpoint, rank: columnOf(endpoint, tenant, field) as string | number }))
    .sort((a, b) => (a.rank < b.rank ? -sign : a.rank > b.rank ? sign : 0))
    .map(({ endpoint }) => endpoint);
}
