import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";
import { type EndpointFilter, matching } from "../filters.ts";
import { speaks } from "../settings.ts";
import { endpoints } from "../state.ts";
import { shortView } from "../view.ts";

interface SearchRequest {
  readonly request_data?: {
    readonly filters?: readonly EndpointFilter[];
    readonly search_from?: number;
    readonly search_to?: number;
    readonly sort?: { readonly field?: string; readonly keyword?: string };
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
  const found = matching(filters, tenant).map(({ view }) => view);
  const field = sort?.field;
  if (field !== undefined) {
    const sign = sort?.keyword?.toUpperCase() === "DESC" ? -1 : 1;
    const rank = (view: Readonly<Record<string, unknown>>): string | number =>
      view[field] as string | number;
    found.sort((a, b) => (rank(a) < rank(b) ? -sign : rank(a) > rank(b) ? sign : 0));
  }
  const page = found.slice(from, to);
  // Clients meet a null sometimes; when is not known.
  const total_count =
    page.length === 0 && from > 0 && speaks("recorded", tenant) ? null : found.length;
  return json({
    reply: { total_count, result_count: page.length, endpoints: page },
  });
};
