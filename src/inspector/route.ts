export const VIEWS = ["requests", "findings", "actions", "lab", "reference"] as const;

export type View = (typeof VIEWS)[number];

/** What the page shows. All of it is in the address, so that a reload, a link and the back button work. */
export interface Route {
  readonly view: View;
  /** What is open in the view, such as the id of a request. */
  readonly path: readonly string[];
  /** The search. */
  readonly q: string;
  /** Undefined for all tenants. */
  readonly tenant: string | undefined;
}

/** Reads an address such as `#/requests/24?q=status:4xx`. Anything else is the list of requests. */
export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name = "", ...rest] = path.split("/").filter(Boolean).map(decoded);
  const search = new URLSearchParams(query);
  return {
    view: VIEWS.find((view) => view === name) ?? "requests",
    path: rest,
    q: search.get("q") ?? "",
    tenant: search.get("tenant") ?? undefined,
  };
}

/** The address of a route. */
export function addressOf({ view, path, q, tenant }: Route): string {
  const search = new URLSearchParams({ ...(q && { q }), ...(tenant !== undefined && { tenant }) });
  const where = ["#", view, ...path.map(encodeURIComponent)].join("/");
  return search.size > 0 ? `${where}?${search}` : where;
}

/** Changes the address without a new entry in the history, as for each letter of a search. */
export function replaceRoute(route: Route): void {
  history.replaceState(undefined, "", addressOf(route));
  window.dispatchEvent(new Event("hashchange"));
}

/** The tenant without a name of its own in addresses. */
const USUAL = "default";

/** The path of a request. Ids are counted in each tenant. */
export const pathOf = ({
  tenant,
  id,
}: {
  readonly tenant: string;
  readonly id: number;
}): string[] => (tenant === USUAL ? [String(id)] : [tenant, String(id)]);

/** The key of the request with this path, as in the feed. */
export const keyOf = (path: readonly string[]): string | undefined =>
  path.length === 0 ? undefined : path.length === 1 ? `${USUAL} ${path[0]}` : path.join(" ");

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
