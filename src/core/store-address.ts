/** Where a shared store is. */
export interface StoreAddress {
  readonly kind: "single" | "cluster" | "sentinel";
  readonly isTls: boolean;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly user?: string;
  readonly password?: string;
  readonly database: number;
  /** What the Sentinels call the master. */
  readonly master: string;
  /** The address without its password, for messages. */
  readonly shown: string;
}

const NODE = "(?:\\[[0-9a-fA-F:.]+\\]|[^\\s/?#@,:\\[\\]]+)(?::\\d{1,5})?";
const ADDRESS = new RegExp(
  `^(rediss?)(-cluster|-sentinel)?://(?:([^\\s/?#@:]*)(?::([^\\s/?#@]*))?@)?(${NODE}(?:,${NODE})*)(/(\\d{0,4}))?(?:#([\\w.-]+))?$`,
);

/** Parses the address of a store. Undefined if it is invalid. */
export function readStoreAddress(text: string): StoreAddress | undefined {
  const found = ADDRESS.exec(text);
  if (!found) return undefined;
  const [, scheme, suffix, user = "", password, hosts = "", path = "", database, name] = found;
  const kind = suffix === "-cluster" ? "cluster" : suffix === "-sentinel" ? "sentinel" : "single";
  const nodes = hosts.split(",").map((node) => {
    const [, host = "", port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(node) ?? [];
    return { host, port: Number(port ?? (kind === "sentinel" ? 26_379 : 6379)) };
  });
  if (kind === "single" && (nodes.length > 1 || name !== undefined)) return undefined;
  if (kind !== "sentinel" && name !== undefined) return undefined;
  if (kind === "cluster" && Number(database ?? 0) > 0) return undefined;
  if (nodes.some(({ port }) => port < 1 || port > 65_535)) return undefined;
  try {
    return {
      kind,
      isTls: scheme === "rediss",
      nodes,
      ...(user !== "" && { user: decodeURIComponent(user) }),
      ...(password !== undefined && { password: decodeURIComponent(password) }),
      database: Number(database ?? 0),
      master: name ?? "mymaster",
      shown: `${scheme}${suffix ?? ""}://${hosts}${path}`,
    };
  } catch {
    return undefined;
  }
}
