import type { Change } from "../../core/replication/replicated.ts";

/** A state of a tenant in the store. The name of its last commit tells it from the same version of another history. */
export interface Version {
  readonly version: number;
  readonly commit: string;
}

/** The version of a tenant that is not in the store. */
export const NOTHING: Version = { version: 0, commit: "" };

/** What changed since a version. With `isAll` the changes are everything, because that version is not known any more. */
export interface News extends Version {
  readonly changes: readonly Change[];
  readonly isAll: boolean;
}

/**
 * One tenant where servers share it. A commit is stored only on top of the version that its server knows, so a server
 * that was away can change nothing. The lock only orders servers that want the same tenant at once. Everything rejects
 * with a KitError if the store cannot be reached or has lost a part of the tenant.
 */
export interface TenantPlace {
  /** The changes since a version, and the values at the paths in `again`. Undefined if the tenant is not there. */
  news(known: Version, again: readonly string[]): Promise<News | undefined>;
  /** The same, after it has waited for the lock. */
  lock(known: Version, again: readonly string[]): Promise<News | undefined>;
  /**
   * Stores all changes or none, and releases the lock. With `isWhole` they replace all that is there. Undefined if the
   * version is not the known one, or another server has the lock or waits for it.
   */
  commit(
    known: Version,
    changes: readonly Change[],
    isWhole: boolean,
  ): Promise<Version | undefined>;
  /** Calls `tell` with the version when another server has changed the tenant, or may have. */
  follow(tell: (version: number) => void): Promise<void>;
  unfollow(): Promise<void>;
  /** Removes what is stored. */
  erase(): Promise<void>;
}

/** A tenant in the list of all tenants. */
export interface Listed {
  readonly number: number;
  /** Whether its content has been stored. */
  readonly isReady: boolean;
}

/** The list of all tenants. */
export interface Directory {
  /** Names the world that is there now; another name means that the store was wiped. */
  join(): Promise<string>;
  /** The number of the next tenant. */
  next(): Promise<number>;
  /** Lists a tenant, with digests of the claims that its credentials make. Says why it cannot: `late` if another one has the claims. */
  reserve(
    name: string,
    number: number,
    claims: readonly string[],
    limit: number,
  ): Promise<"listed" | "taken" | "full" | "late">;
  /** The content has been stored. */
  ready(name: string, number: number): Promise<void>;
  find(name: string): Promise<Listed | undefined>;
  /** The tenant that a claim belongs to, if any, and the world as in \`join\`. */
  claimed(claim: string): Promise<{ readonly world: string; readonly name?: string }>;
  /** All tenants by name. */
  all(): Promise<ReadonlyMap<string, Listed>>;
  remove(name: string, claims: readonly string[]): Promise<void>;
}

/** Where servers keep the tenants that they share. */
export interface SharedPlace {
  /** Names this server. No other server has the name. */
  readonly server: string;
  readonly directory: Directory;
  /** Whether tenants that nobody calls are removed after some time. */
  readonly isForgetful: boolean;
  tenant(name: string): TenantPlace;
  /** The values at some paths of many tenants. Undefined for each that is not there. */
  peek(names: readonly string[], paths: readonly string[]): Promise<(readonly (string | null)[])[]>;
  close(): Promise<void>;
}
