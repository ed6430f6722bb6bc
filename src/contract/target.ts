import type { ContractCase, GivenCredential } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { Expectation, Verdict } from "../core/journal/verify.ts";

/** What is wrong with the certificate of a server that poses as the vendor's. */
export type ImpostorKind = NonNullable<ContractCase["impostor"]>;

/** A server that a client must refuse. */
export interface Impostor {
  readonly url: string;
  /** Stops it, and returns how many connections and requests came. */
  close(): Promise<{ readonly connections: number; readonly requests: number }>;
}

/** What clients and cases run against: a running fauxdr, as its control API shows it. */
export interface Target {
  readonly url: string;
  /** What every client finds in its environment, whoever the vendor is. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Makes a tenant, and answers its credentials by vendor. It stays for as long as the target runs: a call that comes
   * late shall not be taken for somebody else's.
   */
  createTenant(
    name: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, readonly GivenCredential[]>>>;
  exchanges(tenant: string): Promise<readonly Exchange[]>;
  /** What came with credentials that no tenant has. */
  strays(): Promise<readonly Exchange[]>;
  verify(tenant: string, expectation: Expectation): Promise<Verdict>;
  /** Starts an impostor. Undefined where the target has no certificate that clients can check. */
  readonly impostor?: ((kind: ImpostorKind) => Promise<Impostor>) | undefined;
  /** How many exchanges of a tenant are gone because its journal was full. */
  dropped(tenant: string): Promise<number>;
}
